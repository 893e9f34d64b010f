namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>A table with what is known of its rows and its order.</summary>
internal sealed record MeasuredTable(PlannedTable Table, IReadOnlyList<KeyRung> Rungs)
{
    public long Rows => Table.EstimatedRows;
}
