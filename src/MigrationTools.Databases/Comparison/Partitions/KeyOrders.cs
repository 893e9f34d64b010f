using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>Finds by which columns of its key a table may be split: those in which two rows that are equal always lie in the same part on both sides.</summary>
internal sealed class KeyOrders(KeySide source, KeySide target, ComparisonMeaning meaning)
{
    public async Task<KeyOrder> FindAsync(TablePair pair, CancellationToken cancellationToken)
    {
        if (pair.Key.Count == 0)
        {
            return KeyOrder.None("it has no key");
        }

        if (pair.Source is not { } sourceTable || pair.SourceSql is not null || pair.TargetSql is not null)
        {
            return KeyOrder.None("it is compared by a query, whose order is not known");
        }

        var columns = new List<string>();
        foreach (var name in pair.Key)
        {
            if (await WhyNotAsync(pair, sourceTable, name, cancellationToken).ConfigureAwait(false) is { } why)
            {
                return columns.Count > 0 ? new KeyOrder(columns, null) : KeyOrder.None($"column {name} of its key {why}");
            }

            columns.Add(name);
        }

        return new KeyOrder(columns, null);
    }

    private async Task<string?> WhyNotAsync(TablePair pair, TableSchema sourceTable, string name, CancellationToken cancellationToken)
    {
        if (pair.Columns.FirstOrDefault(candidate => candidate.Target.Name == name) is not { } columns)
        {
            return "is not compared";
        }

        if (columns.Source.Expression is not null || columns.Source.AsText || sourceTable.FindColumn(columns.Source.Name) is not { } sourceColumn)
        {
            return "is an expression in the source";
        }

        if (WhyDifferent(sourceColumn.Type, columns.Target.Type) is { } why)
        {
            return why;
        }

        return await source.WhyNotAsync(sourceTable, sourceColumn, cancellationToken).ConfigureAwait(false) is { } inSource
            ? $"{inSource} in the source"
            : await target.WhyNotAsync(pair.Target, columns.Target, cancellationToken).ConfigureAwait(false) is { } inTarget ? $"{inTarget} in the target" : null;
    }

    private string? WhyDifferent(LogicalType from, LogicalType to)
    {
        static bool IsWhole(LogicalKind kind) => kind is LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64;
        if (IsWhole(from.Kind) && IsWhole(to.Kind))
        {
            return null;
        }

        if (from.Kind != to.Kind)
        {
            return $"is {from.Kind} in the source and {to.Kind} in the target";
        }

        return from.Kind switch
        {
            LogicalKind.Text => meaning.Text.Exact ? null : "is text, and the comparison leaves something of texts out",
            LogicalKind.Blob => null,
            LogicalKind.Uuid or LogicalKind.Date => IsPostgresOnly ? null : $"is {from.Kind}, which the two engines order differently",
            // Instants that are equal at the coarser precision may lie on two sides of a boundary.
            LogicalKind.Timestamp or LogicalKind.TimestampTz when (from.Precision ?? 6) != (to.Precision ?? 6) => "has another precision in the target",
            LogicalKind.Timestamp or LogicalKind.TimestampTz => IsPostgresOnly ? null : $"is {from.Kind}, which the two engines order differently",
            _ => $"is {from.Kind}, which is not split by",
        };
    }

    private bool IsPostgresOnly => source.IsPostgres && target.IsPostgres;
}
