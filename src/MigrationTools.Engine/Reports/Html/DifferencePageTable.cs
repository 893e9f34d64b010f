namespace MigrationTools.Engine.Reports.Html;

/// <summary>A table on a <see cref="DifferencePage"/>, with the exact number of rows that differ.</summary>
/// <param name="Source">The source's name for people.</param>
/// <param name="Target">The target's name for people.</param>
public sealed record DifferencePageTable(string Source, string Target)
{
    public long Missing { get; init; }

    public long Extra { get; init; }

    public long Changed { get; init; }

    /// <summary>Differences that the page shows.</summary>
    public long Listed { get; init; }

    /// <summary>Differences that there are; rows that are the same and on one side count as one.</summary>
    public long Differences { get; init; }
}
