using MigrationTools.Engine;

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
    internal void RequireFor(DataSelection selection)
    {
        if (RepairScript is not null && selection.IsQuery)
        {
            throw new InvalidRequestException("A repair script changes tables: of a query it can't be made. Compare the tables themselves.");
        }
    }
}
