using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MigrationTools.Databases.Comparison.Resuming;
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
    /// <param name="parallelism">Tables compared at the same time, and where there are fewer, parts of a large one; each reads both sides at once.</param>
    /// <param name="observer">Told of the progress of each table and of all.</param>
    /// <param name="cancellationToken">Ends the comparison; nothing is left behind.</param>
    /// <exception cref="DatabaseException">A side can't be opened.</exception>
    public static IAsyncEnumerable<TableComparison> CompareAsync(
        IDatabase source,
        IDatabase target,
        IReadOnlyList<TablePair> pairs,
        ComparisonOptions options,
        int parallelism,
        IOperationObserver observer,
        CancellationToken cancellationToken) => CompareAsync(source, target, pairs, options, parallelism, observer, TimeProvider.System, cancellationToken);

    internal static async IAsyncEnumerable<TableComparison> CompareAsync(
        IDatabase source,
        IDatabase target,
        IReadOnlyList<TablePair> pairs,
        ComparisonOptions options,
        int parallelism,
        IOperationObserver observer,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        options.Text.Require();
        var state = options.StateFile is null ? null : await ComparisonState.OpenAsync(source, target, pairs, options, observer.Logger, time, cancellationToken).ConfigureAwait(false);
        try
        {
            await foreach (var result in CompareAsync(source, target, pairs, options, parallelism, state, observer, time, cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
        finally
        {
            if (state is not null)
            {
                await state.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async IAsyncEnumerable<TableComparison> CompareAsync(
        IDatabase source,
        IDatabase target,
        IReadOnlyList<TablePair> pairs,
        ComparisonOptions options,
        int parallelism,
        ComparisonState? state,
        IOperationObserver observer,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timeout = options.Timeout is { } limit ? new CancellationTokenSource(limit, time) : new CancellationTokenSource();
        var sourceSnapshot = await source.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var closeSource = sourceSnapshot.ConfigureAwait(false);
        var targetSnapshot = await target.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var closeTarget = targetSnapshot.ConfigureAwait(false);

        // Whoever stops enumerating stops the work too, before the snapshots close.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var atOnce = Math.Min(parallelism, Math.Max(1, pairs.Count));
        var scope = new ComparisonScope
        {
            Options = options with { MemoryBytes = Math.Max(1, options.MemoryBytes / atOnce) },
            Observer = observer,
            Pace = new ComparisonPace(options, observer, time),
            Workers = Math.Max(1, parallelism / atOnce),
            State = state,
            Databases = (source, target),
            Time = time,
            Stopped = cancellationToken,
            Timeout = timeout.Token,
        };
        var results = Channel.CreateUnbounded<TableComparison>();
        var pending = new ConcurrentQueue<TablePair>(pairs);
        var work = Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(() => WorkAsync(sourceSnapshot, targetSnapshot, pending, scope, results.Writer, stop), CancellationToken.None)));
        var completion = work.ContinueWith(
            _ => results.Writer.TryComplete(),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        try
        {
            var done = 0L;
            var isOver = true;
            await foreach (var result in results.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                observer.Report(new Progress("compare tables", ++done, pairs.Count, "tables") { Completed = done == pairs.Count });
                isOver &= !IsToBeGoneOnWith(result.Verdict, scope);
                yield return result;
            }

            if (state is not null && isOver && done == pairs.Count)
            {
                await state.EndAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await completion.ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    // What escapes a table ends the comparison at once: the others are stopped, and whoever reads the results gets the first of what was thrown.
    private static async Task WorkAsync(
        IDatabaseSnapshot source, IDatabaseSnapshot target, ConcurrentQueue<TablePair> pending, ComparisonScope scope, ChannelWriter<TableComparison> results, CancellationTokenSource stop)
    {
        try
        {
            while (pending.TryDequeue(out var pair))
            {
                _ = results.TryWrite(scope.TimedOut && !scope.Stopped.IsCancellationRequested
                    ? NotBegun(pair)
                    : await TableComparer.CompareAsync(source, target, pair, scope, stop.Token).ConfigureAwait(false));
            }
        }
        catch (Exception error) when (error is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            _ = results.TryComplete(error);
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static bool IsToBeGoneOnWith(Verdict verdict, ComparisonScope scope) =>
        verdict is Verdict.Error or Verdict.NotRun || (verdict == Verdict.Inconclusive && scope.TimedOut);

    private static TableComparison NotBegun(TablePair pair) => new()
    {
        Source = pair.SourceName,
        Target = pair.TargetName,
        Verdict = Verdict.NotRun,
        Notes = ["the time was over before this table was begun"],
    };

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
