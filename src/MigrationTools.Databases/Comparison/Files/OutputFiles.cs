using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Comparison.Files;

/// <summary>Files that are to be written, held against each other and against what they must not be.</summary>
public static class OutputFiles
{
    /// <exception cref="InvalidRequestException">Two are one and the same.</exception>
    public static void RequireDistinct(IReadOnlyList<OutputFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var seen = new Dictionary<string, OutputFile>(RealPath.Comparer);
        foreach (var file in files)
        {
            if (!seen.TryAdd(file.Place, file))
            {
                throw new InvalidRequestException($"The {seen[file.Place].What} and the {file.What} are one and the same file, '{file.Name}'. Name a file for each.");
            }
        }
    }

    /// <summary>None may be a file of a database: a SQLite file, or what SQLite keeps beside it.</summary>
    /// <exception cref="InvalidRequestException">One is.</exception>
    public static void RequireNoneOf(IReadOnlyList<OutputFile> files, string side, Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(endpoint);
        if (files.Count == 0 || endpoint.Scheme != "sqlite")
        {
            return;
        }

        // SQLite names its journals after the path without links.
        var path = SqliteLocation.PathOf(endpoint);
        var taken = new[] { path, RealPath.Of(path) }.SelectMany(name => new[] { "", "-wal", "-shm", "-journal" }.Select(ending => RealPath.Of(name + ending))).ToHashSet(RealPath.Comparer);
        if (files.FirstOrDefault(file => taken.Contains(file.Place)) is { } file)
        {
            var whose = RealPath.Comparer.Equals(file.Place, RealPath.Of(path)) ? $"is the {side} database" : $"is a file of the {side} database";
            throw new InvalidRequestException($"The {file.What} '{file.Name}' {whose} {endpoint}, which would be lost. Name another file.");
        }
    }
}
