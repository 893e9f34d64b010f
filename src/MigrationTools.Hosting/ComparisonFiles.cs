using MigrationTools.Databases.Comparison.Files;
using MigrationTools.Engine;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Hosting;

/// <summary>Files that a comparison writes when all tables are compared. Where there are several systems, each gets its own, with its name before the ending.</summary>
public sealed record ComparisonFiles
{
    /// <summary>Every difference, in the form that the ending says: .jsonl, .csv or .html. Null for none.</summary>
    public string? Differences { get; init; }

    /// <summary>SQL that would make the target equal, for a person to read and run. Null for none.</summary>
    public string? RepairScript { get; init; }

    /// <summary>A file's path with a system's name before its ending; null for null.</summary>
    public static string? Named(string? path, string system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return path is null
            ? null
            : Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}.{string.Concat(system.Split(Path.GetInvalidFileNameChars()))}{Path.GetExtension(path)}");
    }

    /// <summary>The files of one of several systems.</summary>
    public ComparisonFiles For(string system) => new() { Differences = Named(Differences, system), RepairScript = Named(RepairScript, system) };

    /// <exception cref="InvalidRequestException">A repair script is asked for, and queries are compared.</exception>
    /// <exception cref="InvalidRequestException">A file would take the place of a database, of the spec, of another file, or of what is none.</exception>
    internal void RequireFor(DataSelection selection, string? stateFile, IReadOnlyList<DatabaseSystemSpec> systems, MigrationSpec? spec)
    {
        if (RepairScript is not null && selection.IsQuery)
        {
            throw new InvalidRequestException("A repair script changes tables: of a query it can't be made. Compare the tables themselves.");
        }

        var files = systems.SelectMany(system => systems.Count > 1 ? For(system.Name).All(Named(stateFile, system.Name)) : All(stateFile)).ToList();
        OutputFiles.RequireDistinct(spec?.Path is { } path && files.Count > 0 ? [new OutputFile("spec", path), .. files] : files);
        foreach (var system in systems)
        {
            OutputFiles.RequireNoneOf(files, "source", system.Source);
            OutputFiles.RequireNoneOf(files, "target", system.Target);
        }

        foreach (var file in files)
        {
            file.RequireReplaceable();
        }
    }

    private IEnumerable<OutputFile> All(string? stateFile)
    {
        if (stateFile is not null)
        {
            yield return new OutputFile("state file", stateFile);
        }

        if (RepairScript is not null)
        {
            yield return new OutputFile("repair script", RepairScript);
        }

        if (Differences is not null)
        {
            var differences = new OutputFile("differences file", Differences);
            yield return differences;
            yield return new OutputFile("differences file until it is whole", differences.Place + ".partial");
        }
    }
}
