namespace MigrationTools.Hosting;

/// <summary>Files that a comparison writes when all tables are compared. Where there are several systems, each gets its own, with its name before the ending.</summary>
public sealed record ComparisonFiles
{
    /// <summary>Every difference, in the form that the ending says: .jsonl, .csv or .html. Null for none.</summary>
    public string? Differences { get; init; }

    /// <summary>SQL that would make the target equal, for a person to read and run. Null for none.</summary>
    public string? RepairScript { get; init; }

    internal static string? Named(string? path, string system) => path is null
        ? null
        : Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}.{string.Concat(system.Split(Path.GetInvalidFileNameChars()))}{Path.GetExtension(path)}");

    internal ComparisonFiles For(string system) => new() { Differences = Named(Differences, system), RepairScript = Named(RepairScript, system) };
}
