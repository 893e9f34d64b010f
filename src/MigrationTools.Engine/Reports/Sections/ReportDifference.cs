namespace MigrationTools.Engine.Reports.Sections;

/// <summary>A row that differs.</summary>
public sealed record ReportDifference
{
    /// <summary>Missing (in the source only), Extra (in the target only) or Changed.</summary>
    public required string Kind { get; init; }

    /// <summary>Key columns and values; null is NULL.</summary>
    public required IReadOnlyDictionary<string, string?> Key { get; init; }

    public required IReadOnlyList<ReportColumnDifference> Columns { get; init; }

    /// <summary>How many key columns and differing columns are not listed here.</summary>
    public int ColumnsNotListed { get; init; }

    /// <summary>How many more such rows one side has (tables without a key); otherwise 1.</summary>
    public long Count { get; init; } = 1;
}
