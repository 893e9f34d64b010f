using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Copying;

/// <summary>
/// Writes batches in bulk inside the session's transaction. Where the server refuses rows, it goes back to the savepoint and halves what
/// was written until the offending rows stand alone; the others are kept. Batches are held until they are accepted.
/// </summary>
internal sealed class ChunkWriter(IDatabaseSession session, IDatabase target, TablePair pair, RejectedRowWriter rejections, Action<RejectedRow> reject)
{
    private const string Savepoint = "migrationtools_rows";

    private readonly IReadOnlyList<ColumnSchema> _columns = [.. pair.Columns.Select(column => column.Target)];
    private readonly List<RowRange> _held = [];
    private IRowWriter? _writer;

    /// <summary>Rows that the server took since the writer was made, in all chunks.</summary>
    public long Rows { get; private set; }

    public long Bytes { get; private set; }

    public async Task WriteAsync(RowBatch rows, CancellationToken cancellationToken)
    {
        if (rows.RowCount == 0)
        {
            return;
        }

        var range = new RowRange(rows, 0, rows.RowCount);
        _held.Add(range);
        Bytes += rows.ByteCount;
        try
        {
            _writer ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
            await _writer.WriteAsync(range.Rows, range.Start, range.Count, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.IsDataError)
        {
            await SettleAsync(error, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the bulk write; the batches written so far are no longer needed.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_writer is not null)
        {
            try
            {
                await CompleteAsync(_held.Sum(range => (long)range.Count), cancellationToken).ConfigureAwait(false);
            }
            catch (DatabaseException error) when (error.IsDataError)
            {
                await SettleAsync(error, cancellationToken).ConfigureAwait(false);
            }
        }

        _held.Clear();
    }

    /// <summary>Gives up a bulk write that is under way; the transaction is the caller's to roll back.</summary>
    public async Task AbandonAsync()
    {
        if (_writer is { } writer)
        {
            _writer = null;
            await writer.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<IRowWriter> OpenAsync(CancellationToken cancellationToken)
    {
        await session.SavepointAsync(Savepoint, cancellationToken).ConfigureAwait(false);
        return await session.WriteAsync(pair.Target.Name, _columns, cancellationToken).ConfigureAwait(false);
    }

    private async Task CompleteAsync(long sent, CancellationToken cancellationToken)
    {
        var taken = await _writer!.CompleteAsync(cancellationToken).ConfigureAwait(false);
        await AbandonAsync().ConfigureAwait(false);
        if (taken != sent)
        {
            throw new DatabaseException(
                ErrorIds.DatabaseError,
                $"Table '{pair.TargetName}' of {target.Endpoint} took {taken} of {sent} rows without an error: a trigger or a rule on it discards rows. Disable it for the copy.");
        }

        await ReleaseAsync(cancellationToken).ConfigureAwait(false);
        Rows += taken;
    }

    private async Task SettleAsync(DatabaseException error, CancellationToken cancellationToken)
    {
        await RollBackAsync(cancellationToken).ConfigureAwait(false);
        List<RowRange> held = [.. _held];
        _held.Clear();
        await IsolateAsync(held, error, cancellationToken).ConfigureAwait(false);
    }

    // The ranges together were refused with the error: alone they may not be.
    private async Task IsolateAsync(List<RowRange> refused, DatabaseException error, CancellationToken cancellationToken)
    {
        var rows = refused.Sum(range => (long)range.Count);
        if (rows == 1)
        {
            var row = refused[0];
            reject(rejections.Write(row.Rows, row.Start, error.Message, error.ServerCode));
            return;
        }

        var (first, second) = RowRange.Halve(refused, rows);
        await TryAsync(first, cancellationToken).ConfigureAwait(false);
        await TryAsync(second, cancellationToken).ConfigureAwait(false);
    }

    private async Task TryAsync(List<RowRange> ranges, CancellationToken cancellationToken)
    {
        try
        {
            _writer = await OpenAsync(cancellationToken).ConfigureAwait(false);
            foreach (var range in ranges)
            {
                await _writer.WriteAsync(range.Rows, range.Start, range.Count, cancellationToken).ConfigureAwait(false);
            }

            await CompleteAsync(ranges.Sum(range => (long)range.Count), cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.IsDataError)
        {
            await RollBackAsync(cancellationToken).ConfigureAwait(false);
            await IsolateAsync(ranges, error, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RollBackAsync(CancellationToken cancellationToken)
    {
        await AbandonAsync().ConfigureAwait(false);
        await session.RollbackToAsync(Savepoint, cancellationToken).ConfigureAwait(false);
        await ReleaseAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task ReleaseAsync(CancellationToken cancellationToken) =>
        session.ExecuteAsync($"RELEASE SAVEPOINT {target.Dialect.Quote(Savepoint)}", [], cancellationToken);
}
