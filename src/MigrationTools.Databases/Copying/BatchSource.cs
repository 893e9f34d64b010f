using System.Collections.Concurrent;
using System.Threading.Channels;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Copying;

/// <summary>
/// Reads a table and translates its rows on a task of its own, a few batches ahead of the writer, so that source and target
/// work at the same time. Batches come back by <see cref="Recycle"/> and are used again.
/// </summary>
internal sealed class BatchSource(CopyOrder order, RowTranslation translation, int targetColumns)
{
    // Ahead of the writer: enough to read on while a chunk is committed.
    private const int Ahead = 16;

    private readonly ConcurrentBag<PreparedBatch> _idle = [];
    private readonly Channel<PreparedBatch> _filled = Channel.CreateBounded<PreparedBatch>(
        new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });

    /// <summary>Batches in the order of the rows; ends with the table, or with the reader's error.</summary>
    public ChannelReader<PreparedBatch> Batches => _filled.Reader;

    /// <summary>Gives a batch back whose rows are committed.</summary>
    public void Recycle(PreparedBatch batch) => _idle.Add(batch);

    /// <summary>Reads to the end; an error goes to whoever reads <see cref="Batches"/>.</summary>
    public async Task RunAsync(IDatabaseSnapshot source, RowQuery query, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAllAsync(source, query, cancellationToken).ConfigureAwait(false);
            _filled.Writer.Complete();
        }
        catch (Exception error) when (_filled.Writer.TryComplete(error))
        {
            // The writer throws it.
        }
    }

    private async Task ReadAllAsync(IDatabaseSnapshot source, RowQuery query, CancellationToken cancellationToken)
    {
        var raw = translation.IsNeeded ? new RowBatch(query.Columns.Count) : null;
        var reader = await source.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (true)
            {
                var batch = _idle.TryTake(out var idle) ? idle : new PreparedBatch(targetColumns, order.Key.Count);
                batch.Clear();
                var read = raw ?? batch.Rows;
                if (!await reader.ReadAsync(read, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }

                batch.TakeLastKey(read, order.Key);
                if (raw is not null)
                {
                    translation.Translate(raw, batch);
                }

                await _filled.Writer.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
