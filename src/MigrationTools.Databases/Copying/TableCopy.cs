using Microsoft.Extensions.Logging;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Copying;

/// <summary>Copies one table from where its bookmark is, chunk by chunk; a table without a usable key in one transaction.</summary>
internal sealed class TableCopy
{
    // What is held until the server has accepted it.
    private const int ChunkBytes = 16 * 1024 * 1024;

    // Below this, counting takes less time than people would spend wondering.
    private const long CountBelow = 1_000_000;

    private readonly CopyContext _context;
    private readonly TablePair _pair;
    private readonly CopyOrder _order;
    private readonly IDatabaseSession _session;
    private readonly BookmarkTable _bookmarks;
    private readonly BatchSource _source;
    private readonly ChunkWriter _writer;
    private readonly RejectedFile _rejected;
    private readonly List<PreparedBatch> _unaccepted = [];
    private readonly CopyBookmark _start;
    private CopyBookmark _bookmark;
    private long _rowsRead;
    private long _rowsRejected;
    private bool _inTransaction;

    private TableCopy(CopyContext context, TablePair pair, CopyOrder order, IDatabaseSession session, CopyBookmark bookmark)
    {
        _context = context;
        _pair = pair;
        _order = order;
        _session = session;
        _start = bookmark;
        _bookmark = bookmark;
        _bookmarks = new BookmarkTable(session, context.Target.Dialect, context.Options.CopyId);
        _rejected = RejectedFile.Open(context.RejectedPaths[pair.TargetName], bookmark.RejectedLength, bookmark.Rejected);
        var rejections = new RejectedRowWriter(pair, order);
        _source = new BatchSource(order, new RowTranslation(pair, order, context.Source.Dialect, context.Target.Dialect, rejections), pair.Columns.Count);
        _writer = new ChunkWriter(session, context.Target, pair, rejections, Reject);
    }

    private string Activity => $"copy {_pair.TargetName}";

    /// <summary>Copies what is left of a table.</summary>
    /// <param name="context">Of the copy.</param>
    /// <param name="pair">The table.</param>
    /// <param name="order">How it is read.</param>
    /// <param name="session">Without an open transaction; and without one again afterwards.</param>
    /// <param name="bookmark">Where an earlier attempt left it.</param>
    /// <param name="cancellationToken">Rolls the open chunk back.</param>
    public static async Task<TableCopyResult> RunAsync(
        CopyContext context, TablePair pair, CopyOrder order, IDatabaseSession session, CopyBookmark bookmark, CancellationToken cancellationToken)
    {
        var began = context.Time.GetTimestamp();
        if (!bookmark.Finished)
        {
            var copy = new TableCopy(context, pair, order, session, bookmark);
            using (copy._rejected)
            {
                await copy.RunAsync(cancellationToken).ConfigureAwait(false);
            }

            return copy.Result(began);
        }

        return Result(context, pair, bookmark, bookmark, began);
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var log = _context.Observer.Logger;
        log.LogInformation("Copying {Source} to {Target}, after {Rows} rows copied before", _pair.SourceName, _pair.TargetName, _start.Rows);
        var total = await TotalAsync(cancellationToken).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = _source.RunAsync(_context.Snapshot, _order.Query with { After = _start.LastKey }, stop.Token);
        try
        {
            await WriteAllAsync(total, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await RollBackAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            await reading.ConfigureAwait(false);
        }

        Report(total, completed: true);
        log.LogInformation("Copied {Target}: {Rows} rows, {Rejected} rejected", _pair.TargetName, _bookmark.Rows, _bookmark.Rejected);
    }

    private async Task WriteAllAsync(long? total, CancellationToken cancellationToken)
    {
        var chunkRows = _context.Throttle.LimitChunk(_context.Options.ChunkRows);
        var (rows, bytes) = (0, 0L);
        await foreach (var batch in _source.Batches.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await _context.Throttle.TakeAsync(batch.RowsRead, cancellationToken).ConfigureAwait(false);
            await BeginAsync(cancellationToken).ConfigureAwait(false);
            batch.Refused.ForEach(Reject);
            await _writer.WriteAsync(batch.Rows, cancellationToken).ConfigureAwait(false);
            _unaccepted.Add(batch);
            _rowsRead += batch.RowsRead;
            Report(total, completed: false);

            rows += batch.RowsRead;
            bytes += batch.Rows.ByteCount;
            if (rows >= chunkRows || bytes >= ChunkBytes)
            {
                await EndChunkAsync(cancellationToken).ConfigureAwait(false);
                (rows, bytes) = (0, 0);
            }
        }

        await FinishAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (_inTransaction)
        {
            return;
        }

        await _session.BeginAsync(cancellationToken).ConfigureAwait(false);
        _inTransaction = true;
        if (TargetHabits.Of(_context.Target.Dialect).OnBegin is { } sql)
        {
            await _session.ExecuteAsync(sql, [], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EndChunkAsync(CancellationToken cancellationToken)
    {
        await _writer.EndAsync(cancellationToken).ConfigureAwait(false);
        if (!_order.IsWhole)
        {
            await CommitAsync(_unaccepted[^1].LastKey, finished: false, cancellationToken).ConfigureAwait(false);
        }

        _unaccepted.ForEach(_source.Recycle);
        _unaccepted.Clear();
    }

    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        await _writer.EndAsync(cancellationToken).ConfigureAwait(false);
        await CommitAsync(lastKey: null, finished: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task CommitAsync(RowBatch? lastKey, bool finished, CancellationToken cancellationToken)
    {
        _rejected.Flush();
        var next = _bookmark with
        {
            Chunk = _bookmark.Chunk + 1,
            LastKey = lastKey,
            Rows = _start.Rows + _writer.Rows,
            Bytes = _start.Bytes + _writer.Bytes,
            Rejected = _start.Rejected + _rowsRejected,
            RejectedLength = _rejected.Length,
            Finished = finished,
        };
        await _bookmarks.MoveAsync(next, cancellationToken).ConfigureAwait(false);
        await _session.CommitAsync(cancellationToken).ConfigureAwait(false);
        _inTransaction = false;
        _bookmark = next;
    }

    private void Reject(RejectedRow row)
    {
        _rejected.Append(row.Line);
        _rowsRejected++;
        _context.Budget.Add(_pair.TargetName, row.Reason);
    }

    // What went wrong is already on its way to the caller; a server that is gone rolls back by itself.
    private async Task RollBackAsync()
    {
        try
        {
            _rejected.Flush();
            await _writer.AbandonAsync().ConfigureAwait(false);
            await _session.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (DatabaseException error)
        {
            _context.Observer.Logger.LogDebug(error, "Rolling back the chunk of {Target} failed", _pair.TargetName);
        }
    }

    private async Task<long?> TotalAsync(CancellationToken cancellationToken)
    {
        if (_pair.Source is not { } source)
        {
            return null;
        }

        if (source.EstimatedRows is { } estimate && estimate >= CountBelow)
        {
            return _pair.Where is null ? estimate : null;
        }

        return await _context.Snapshot.CountAsync(_pair.SourceQuery(), cancellationToken).ConfigureAwait(false);
    }

    private void Report(long? total, bool completed)
    {
        var done = _start.Rows + _start.Rejected + _rowsRead;
        _context.Observer.Report(new Progress(Activity, done, total < done ? null : total, "rows") { Parent = DatabaseCopier.Activity, Completed = completed });
    }

    private TableCopyResult Result(long began) => Result(_context, _pair, _start, _bookmark, began);

    private static TableCopyResult Result(CopyContext context, TablePair pair, CopyBookmark start, CopyBookmark end, long began) => new()
    {
        Source = pair.SourceName,
        Target = pair.TargetName,
        Rows = end.Rows,
        ResumedRows = start.Rows,
        Rejected = end.Rejected,
        RejectedFile = end.Rejected > 0 ? context.RejectedPaths[pair.TargetName] : null,
        Bytes = end.Bytes,
        Duration = context.Time.GetElapsedTime(began),
    };
}
