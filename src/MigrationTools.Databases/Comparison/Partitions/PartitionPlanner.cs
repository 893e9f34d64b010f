using MigrationTools.Engine;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>Cuts a comparison into partitions of similar weight. Tables are split by their key, at keys that are there, where both sides order it alike; the others are one part each.</summary>
public sealed class PartitionPlanner(TimeProvider time)
{
    /// <summary>Plans.</summary>
    /// <param name="systems">Given one after the other, so that each may be closed before the next is opened.</param>
    /// <param name="origin">Where workers find the systems again.</param>
    /// <param name="written">The systems' endpoints as they were written.</param>
    /// <param name="sizes">How many partitions, or how large.</param>
    /// <param name="meaning">What will count as a difference.</param>
    /// <param name="observer">Told of each table that was measured.</param>
    /// <param name="cancellationToken">Ends it; nothing is left behind.</param>
    /// <exception cref="InvalidRequestException">Neither or both of the sizes are given, or one is out of range.</exception>
    /// <exception cref="MigrationTools.Engine.Databases.DatabaseException">A side can't be read.</exception>
    public async Task<ComparisonPlan> PlanAsync(
        IAsyncEnumerable<PlannableSystem> systems,
        PlanOrigin origin,
        IReadOnlyList<PlannedSystem> written,
        PartitionSizes sizes,
        ComparisonMeaning meaning,
        IOperationObserver observer,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(systems);
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(meaning);
        ArgumentNullException.ThrowIfNull(observer);
        Check(sizes);
        var tables = new List<MeasuredTable>();
        await foreach (var system in systems.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await MeasureAsync(system, sizes, meaning, tables, observer, cancellationToken).ConfigureAwait(false);
        }

        var partitions = PartitionBins.Fill(tables, Count(tables, sizes));
        return new ComparisonPlan
        {
            Version = ProductVersion.Text,
            CreatedAt = time.GetUtcNow(),
            Origin = origin,
            Systems = written,
            Meaning = meaning,
            Tables = [.. tables.Select(table => table.Table)],
            Partitions = partitions,
            Notes = [.. Notes(tables, partitions, sizes)],
        }.Sealed();
    }

    private static async Task MeasureAsync(
        PlannableSystem system, PartitionSizes sizes, ComparisonMeaning meaning, List<MeasuredTable> tables, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var sourceSnapshot = await system.Source.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var closeSource = sourceSnapshot.ConfigureAwait(false);
        var targetSnapshot = await system.Target.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var closeTarget = targetSnapshot.ConfigureAwait(false);
        var source = new KeySide(system.Source, sourceSnapshot, KeyLook.Values);
        var orders = new KeyOrders(source, new KeySide(system.Target, targetSnapshot, KeyLook.Values), meaning);
        for (var index = 0; index < system.Pairs.Count; index++)
        {
            var pair = system.Pairs[index];
            var order = await orders.FindAsync(pair, cancellationToken).ConfigureAwait(false);
            var ladder = await KeyLadder.MeasureAsync(pair, order, source, sizes, cancellationToken).ConfigureAwait(false);
            var table = new PlannedTable
            {
                System = system.Name,
                Source = pair.SourceName,
                Target = pair.TargetName,
                Shape = TableShape.Of(pair),
                EstimatedRows = ladder.Rows,
                Basis = ladder.Basis,
                SplitBy = order.Columns,
                WhyWhole = order.WhyWhole,
            };
            tables.Add(new MeasuredTable(table, ladder.Rungs));
            observer.Report(new Progress("measure tables", index + 1, system.Pairs.Count, "tables") { Completed = index + 1 == system.Pairs.Count });
        }
    }

    private static int Count(List<MeasuredTable> tables, PartitionSizes sizes)
    {
        if (sizes.Partitions is { } wanted)
        {
            return wanted;
        }

        var rows = tables.Sum(table => table.Rows);
        var count = Math.Max(1, (rows + sizes.RowsPerPartition!.Value - 1) / sizes.RowsPerPartition.Value);
        return count <= PartitionSizes.MostPartitions
            ? (int)count
            : throw new InvalidRequestException($"{rows} rows by {sizes.RowsPerPartition} are {count} partitions; the most are {PartitionSizes.MostPartitions}. Ask for larger ones.");
    }

    private static IEnumerable<string> Notes(List<MeasuredTable> tables, IReadOnlyList<PlannedPartition> partitions, PartitionSizes sizes)
    {
        foreach (var table in tables.Select(table => table.Table).Where(table => table.WhyWhole is not null))
        {
            yield return $"{(table.System is null ? "" : $"{table.System}: ")}{table.Target} is one part: {table.WhyWhole}";
        }

        if (partitions.Count < sizes.Partitions)
        {
            yield return $"{partitions.Count} of {sizes.Partitions} partitions: there is no more to split";
        }
    }

    private static void Check(PartitionSizes sizes)
    {
        if (sizes.Partitions is null == sizes.RowsPerPartition is null)
        {
            throw new InvalidRequestException("Say either how many partitions, or how many rows a partition.");
        }

        if (sizes.Partitions is < 1 or > PartitionSizes.MostPartitions)
        {
            throw new InvalidRequestException($"{sizes.Partitions} partitions: there can be 1 to {PartitionSizes.MostPartitions}.");
        }

        if (sizes.RowsPerPartition < 1)
        {
            throw new InvalidRequestException($"{sizes.RowsPerPartition} rows a partition: it must be at least 1.");
        }
    }
}
