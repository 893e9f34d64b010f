using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Comparison;

/// <summary>Compares the tables of two databases, each read from one consistent snapshot.</summary>
public static class DatabaseComparer
{
    /// <summary>
    /// Compares tables and gives each result as soon as it is there, in no order. A table that can't be read is a result
    /// with <see cref="Verdict.Error"/> and does not stop the others.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The target.</param>
    /// <param name="pairs">What to compare with what.</param>
    /// <param name="options">Their memory is shared by the tables that are compared at the same time.</param>
    /// <param name="parallelism">Tables compared at the same time; each reads both sides at once.</param>
    /// <param name="observer">Told of the progress of each table and of all.</param>
    /// <param name="cancellationToken">Ends the comparison; nothing is left behind.</param>
    /// <exception cref="DatabaseException">A side can't be opened.</exception>
    public static async IAsyncEnumerable<TableComparison> CompareAsync(
        IDatabase source,
        IDatabase target,
        IReadOnlyList<TablePair> pairs,
        ComparisonOptions options,
        int parallelism,
        IOperationObserver observer,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        var sourceSnapshot = await source.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var closeSource = sourceSnapshot.ConfigureAwait(false);
        var targetSnapshot = await target.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var closeTarget = targetSnapshot.ConfigureAwait(false);

        // Whoever stops enumerating stops the work too, before the snapshots close.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var shared = options with { MemoryBytes = Math.Max(1, options.MemoryBytes / Math.Min(parallelism, Math.Max(1, pairs.Count))) };
        var results = Channel.CreateUnbounded<TableComparison>();
        var work = Parallel.ForEachAsync(
            pairs,
            new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = stop.Token },
            async (pair, token) => results.Writer.TryWrite(
                await TableComparer.CompareAsync(sourceSnapshot, targetSnapshot, pair, shared, observer, token).ConfigureAwait(false)));
        var completion = work.ContinueWith(
            done => results.Writer.Complete(done.Exception?.GetBaseException()),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        try
        {
            var done = 0L;
            await foreach (var result in results.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                observer.Report(new Progress("compare tables", ++done, pairs.Count, "tables") { Completed = done == pairs.Count });
                yield return result;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await completion.ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The results of tables as the result of two databases: the verdicts combined, in order of target table.</summary>
    public static DatabaseComparison Combine(IDatabase source, IDatabase target, IEnumerable<TableComparison> tables)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(tables);
        var ordered = tables.OrderBy(table => table.Target, StringComparer.Ordinal).ThenBy(table => table.Source, StringComparer.Ordinal).ToList();
        return new DatabaseComparison(Verdicts.Combine(ordered.Select(table => table.Verdict)), source.Endpoint.ToString(), target.Endpoint.ToString(), ordered);
    }
}
