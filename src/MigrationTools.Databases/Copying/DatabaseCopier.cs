using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Copying;

/// <summary>
/// Copies tables from one database to another in the engines' bulk forms: several tables at once, each read and written at the
/// same time, in chunks that are committed together with a bookmark. Every row arrives exactly once, whatever stops the
/// copy; calling again with the same <see cref="CopyOptions.CopyId"/> goes on after the last chunk committed.
/// </summary>
/// <remarks>
/// <para>A table is read in the order of its primary key, and goes on after the last key. A table without one, and a query, is copied in
/// one transaction, and begun again if that does not end.</para>
/// <para>All tables are read from one snapshot. A resumed copy takes a new one: what was written to the source meanwhile below the
/// last key is not seen, so keep writers off the source or compare afterwards.</para>
/// <para>Rows that the target's types can't hold, or that the server refuses, are kept in a file with their reason, up to
/// <see cref="CopyOptions.MaxRejected"/>. Foreign keys of a PostgreSQL target are enforced as they stand, and tables go in their order; a SQLite
/// target's are not enforced while copying. See <see cref="Schema.ConstraintSuspension"/> for faster loading and the check after it.</para>
/// </remarks>
public sealed class DatabaseCopier(TimeProvider? time = null)
{
    /// <summary>The activity that the tables' activities are part of.</summary>
    public const string Activity = "copy";

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Copies what is not copied yet; gives a table's result when all of it is committed.</summary>
    /// <exception cref="InvalidRequestException">The options or pairs don't fit, or the copy was begun with other ones.</exception>
    /// <exception cref="TooManyRejectedException">More rows were rejected than accepted; the open chunks are rolled back.</exception>
    /// <exception cref="DatabaseException">A server failed; the open chunks are rolled back, and the copy can be resumed.</exception>
    public async IAsyncEnumerable<TableCopyResult> CopyAsync(
        IDatabase source,
        IDatabase target,
        IReadOnlyList<TablePair> pairs,
        CopyOptions options,
        IOperationObserver observer,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        Validate(pairs, options);

        var orders = pairs.ToDictionary(pair => pair.TargetName, pair => CopyOrder.Of(pair, source.Dialect));
        var snapshot = await source.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using (snapshot.ConfigureAwait(false))
        {
            var bookmarks = await BeginAsync(target, pairs, orders, options, cancellationToken).ConfigureAwait(false);
            var context = new CopyContext
            {
                Source = source,
                Target = target,
                Snapshot = snapshot,
                Options = options,
                Observer = observer,
                Throttle = new RowThrottle(options.MaxRowsPerSecond, _time),
                Budget = new RejectionBudget(options.MaxRejected, bookmarks.Values.Sum(bookmark => bookmark.Rejected), options.RejectedDirectory),
                Time = _time,
                RejectedPaths = RejectedFileNames.Of(pairs, options.RejectedDirectory),
            };
            var schedule = new CopySchedule(pairs, await target.ReadSchemaAsync(cancellationToken).ConfigureAwait(false));

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var results = Channel.CreateUnbounded<TableCopyResult>();
            var work = RunWorkersAsync(context, pairs.Count, schedule, orders, bookmarks, results.Writer, stop);
            try
            {
                var copied = 0L;
                await foreach (var result in results.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                {
                    copied++;
                    observer.Report(new Progress(Activity, copied, pairs.Count, "tables") { Completed = copied == pairs.Count });
                    yield return result;
                }
            }
            finally
            {
                // A caller that stops enumerating stops the copy; every chunk under way is rolled back before this returns.
                await stop.CancelAsync().ConfigureAwait(false);
                await work.ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Sets what numbers the identity columns of the target's tables past the largest value copied; idempotent. Answers the columns, each as
    /// <c>table.column</c>, for which the server has something to set.
    /// </summary>
    /// <exception cref="DatabaseException">The server failed.</exception>
    public static async Task<IReadOnlyList<string>> AdvanceIdentitiesAsync(IDatabase target, IReadOnlyList<TablePair> pairs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(pairs);
        var advanced = new List<string>();
        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            foreach (var table in pairs.Select(pair => pair.Target))
            {
                foreach (var column in table.Columns.Where(column => column.Identity))
                {
                    if (target.Dialect.AdvanceIdentity(table.Name, column.Name) is { } sql)
                    {
                        await session.ExecuteAsync(sql, [], cancellationToken).ConfigureAwait(false);
                        advanced.Add($"{table.Name}.{column.Name}");
                    }
                }
            }
        }

        return advanced;
    }

    private static void Validate(IReadOnlyList<TablePair> pairs, CopyOptions options)
    {
        if (options.Parallelism < 1 || options.ChunkRows < 1 || options.MaxRejected < 0 || options.MaxRowsPerSecond < 1)
        {
            throw new InvalidRequestException("Parallelism, ChunkRows and MaxRowsPerSecond are at least 1, MaxRejected at least 0.");
        }

        if (pairs.GroupBy(pair => pair.TargetName, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InvalidRequestException($"The target's table '{twice.Key}' is filled from {twice.Count()} sources. Map one source to it, or a query that joins them.");
        }
    }

    private static async Task<IReadOnlyDictionary<string, CopyBookmark>> BeginAsync(
        IDatabase target, IReadOnlyList<TablePair> pairs, Dictionary<string, CopyOrder> orders, CopyOptions options, CancellationToken cancellationToken)
    {
        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await session.BeginAsync(cancellationToken).ConfigureAwait(false);
            var table = new BookmarkTable(session, target.Dialect, options.CopyId);
            await table.CreateAsync(cancellationToken).ConfigureAwait(false);
            var found = (await table.ReadAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(bookmark => bookmark.Table, StringComparer.Ordinal);
            var bookmarks = new Dictionary<string, CopyBookmark>(StringComparer.Ordinal);
            foreach (var pair in pairs)
            {
                var shape = CopyShape.Of(pair, orders[pair.TargetName]);
                if (!found.TryGetValue(pair.TargetName, out var bookmark))
                {
                    bookmark = new CopyBookmark(pair.TargetName, shape);
                    await table.AddAsync(bookmark, cancellationToken).ConfigureAwait(false);
                }
                else if (bookmark.Shape != shape)
                {
                    throw new InvalidRequestException(
                        $"The copy '{options.CopyId}' of table '{pair.TargetName}' was begun with another mapping or another key. Resume it with the one that it was begun with, or start anew under another id.");
                }

                bookmarks.Add(pair.TargetName, bookmark);
            }

            await session.CommitAsync(cancellationToken).ConfigureAwait(false);
            return bookmarks;
        }
    }

    // Completes the results with the first error; the other workers are stopped by it.
    private static async Task RunWorkersAsync(
        CopyContext context,
        int tables,
        CopySchedule schedule,
        Dictionary<string, CopyOrder> orders,
        IReadOnlyDictionary<string, CopyBookmark> bookmarks,
        ChannelWriter<TableCopyResult> results,
        CancellationTokenSource stop)
    {
        var count = TargetHabits.Of(context.Target.Dialect).OneWriter ? 1 : Math.Min(context.Options.Parallelism, tables);
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => RunWorkerAsync())).ConfigureAwait(false);
        results.TryComplete();

        async Task RunWorkerAsync()
        {
            try
            {
                await CopyReadyTablesAsync(context, schedule, orders, bookmarks, results, stop.Token).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                // Whatever it is, it goes to the caller through the results; a second one only says that the copy was stopped.
                results.TryComplete(error);
                await stop.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task CopyReadyTablesAsync(
        CopyContext context,
        CopySchedule schedule,
        Dictionary<string, CopyOrder> orders,
        IReadOnlyDictionary<string, CopyBookmark> bookmarks,
        ChannelWriter<TableCopyResult> results,
        CancellationToken cancellationToken)
    {
        var session = await context.Target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            if (TargetHabits.Of(context.Target.Dialect).OnOpen is { } sql)
            {
                await session.ExecuteAsync(sql, [], cancellationToken).ConfigureAwait(false);
            }

            await foreach (var pair in schedule.ReadyAsync(cancellationToken).ConfigureAwait(false))
            {
                var result = await TableCopy.RunAsync(context, pair, orders[pair.TargetName], session, bookmarks[pair.TargetName], cancellationToken).ConfigureAwait(false);
                schedule.Done(pair);
                results.TryWrite(result);
            }
        }
    }
}
