namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>What a script says of the comparison that it was made from.</summary>
/// <param name="ComparedAt">When the comparison was done.</param>
public sealed record RepairHeader(DateTimeOffset ComparedAt)
{
    /// <summary>The comparison's results: what could not be compared is named as not covered.</summary>
    public IReadOnlyList<TableComparison> Tables { get; init; } = [];

    /// <summary>The share of the rows that was compared; null for all.</summary>
    public double? Sample { get; init; }

    /// <summary>More that a reader must know, a line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
