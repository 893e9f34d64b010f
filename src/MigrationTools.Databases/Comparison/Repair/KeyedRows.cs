using System.Runtime.CompilerServices;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>One side's rows, asked for by their keys.</summary>
/// <param name="snapshot">The side.</param>
/// <param name="query">Its rows; the key's columns come first.</param>
/// <param name="key">Their names on that side.</param>
/// <param name="unique">Whether the side itself keeps the key unique.</param>
internal sealed class KeyedRows(IDatabaseSnapshot snapshot, RowQuery query, IReadOnlyList<string> key, bool unique)
{
    /// <summary>How many rows each key has; a key without one is not in it. Of a unique key it is not asked.</summary>
    public async Task<Func<KeyCells, long>> CountAsync(IReadOnlyCollection<KeyCells> keys, CancellationToken cancellationToken)
    {
        if (unique)
        {
            return _ => 1;
        }

        var counts = new Dictionary<KeyCells, long>(KeyCellsComparer.Instance);
        await foreach (var (_, _, found) in ReadAsync(query with { Columns = [.. query.Columns.Take(key.Count)] }, keys, cancellationToken).ConfigureAwait(false))
        {
            counts[found] = counts.GetValueOrDefault(found) + 1;
        }

        return cells => counts.GetValueOrDefault(cells);
    }

    /// <summary>The rows, in no order; the batch is valid until the next.</summary>
    public IAsyncEnumerable<(RowBatch Batch, int Row, KeyCells Key)> ReadAsync(IReadOnlyCollection<KeyCells> keys, CancellationToken cancellationToken) =>
        ReadAsync(query, keys, cancellationToken);

    private async IAsyncEnumerable<(RowBatch Batch, int Row, KeyCells Key)> ReadAsync(
        RowQuery rows, IReadOnlyCollection<KeyCells> keys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
        {
            yield break;
        }

        var asked = new RowBatch(key.Count);
        foreach (var cells in keys)
        {
            cells.AppendTo(asked);
        }

        var reader = await snapshot.ReadAsync(rows with { Keys = new KeyList(key, asked) }, cancellationToken).ConfigureAwait(false);
        await using var close = reader.ConfigureAwait(false);
        var batch = new RowBatch(rows.Columns.Count);
        while (await reader.ReadAsync(batch, cancellationToken).ConfigureAwait(false))
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                yield return (batch, row, KeyCells.Of(batch, row, key.Count));
            }
        }
    }
}
