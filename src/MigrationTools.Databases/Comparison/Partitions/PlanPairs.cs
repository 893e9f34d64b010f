using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Planning;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>Finds the parts of a partition in the databases as they are now, and refuses where they are no longer what was planned.</summary>
internal static class PlanPairs
{
    /// <param name="plan">The plan.</param>
    /// <param name="parts">Of one system.</param>
    /// <param name="system">That system.</param>
    /// <param name="source">Asked again how it orders the keys by which tables are split.</param>
    /// <param name="target">Likewise.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PlanException">A table is gone, has other columns, or can't be split as planned any more.</exception>
    public static async Task<IReadOnlyList<TablePair>> ResolveAsync(
        ComparisonPlan plan, IReadOnlyList<PlannedPart> parts, PlannableSystem system, IDatabaseSnapshot source, IDatabaseSnapshot target, CancellationToken cancellationToken)
    {
        var orders = new KeyOrders(new KeySide(system.Source, source, KeyLook.Schema), new KeySide(system.Target, target, KeyLook.Schema), plan.Meaning);
        var pairs = new List<TablePair>();
        foreach (var part in parts)
        {
            var table = plan.Tables.First(table => table.System == part.System && table.Target == part.Table);
            var pair = system.Pairs.FirstOrDefault(pair => pair.TargetName == table.Target && pair.SourceName == table.Source)
                ?? throw Changed(table, "it is not there any more");
            if (TableShape.Of(pair) != table.Shape)
            {
                throw Changed(table, "its columns, key or conditions are not what they were");
            }

            pairs.Add(part.IsWhole ? pair : pair with { Part = await RangeAsync(orders, table, part, pair, cancellationToken).ConfigureAwait(false) });
        }

        return pairs;
    }

    private static async Task<KeyRange> RangeAsync(KeyOrders orders, PlannedTable table, PlannedPart part, TablePair pair, CancellationToken cancellationToken)
    {
        var order = await orders.FindAsync(pair, cancellationToken).ConfigureAwait(false);
        if (!order.Columns.Take(table.SplitBy.Count).SequenceEqual(table.SplitBy, StringComparer.Ordinal))
        {
            throw Changed(table, $"it can't be split by {string.Join(", ", table.SplitBy)} any more{(order.WhyWhole is null ? "" : $": {order.WhyWhole}")}");
        }

        return new KeyRange(table.SplitBy)
        {
            After = part.After is { } after ? KeyCell.Row(after) : null,
            UpTo = part.UpTo is { } upTo ? KeyCell.Row(upTo) : null,
        };
    }

    private static PlanException Changed(PlannedTable table, string what) => new(
        ErrorIds.PlanChanged,
        $"{(table.System is null ? "" : $"{table.System}: ")}{table.Source} and {table.Target}: since the plan was made {what}. Nothing was compared. Make the plan again, and run all of its partitions.");
}
