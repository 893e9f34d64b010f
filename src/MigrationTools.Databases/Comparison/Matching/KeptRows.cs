using System.Runtime.InteropServices;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Databases.Comparison.Spooling;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Matching;

/// <summary>
/// Rows of one side, kept as they came until it is known which of them the other side has too. What does not fit in memory goes to the sorter at once, and then
/// all others follow. Not thread-safe.
/// </summary>
/// <param name="marker">Hashes rows, and brings those that go on into canonical form.</param>
/// <param name="sorter">Takes the rows that are to be compared by their bytes.</param>
/// <param name="memoryBytes">Rows held at once; a single batch is held all the same.</param>
internal sealed class KeptRows(RowMarker marker, RowSorter sorter, long memoryBytes)
{
    /// <summary>What a kept row takes beside its bytes, and a cell of it.</summary>
    private const int RowBytes = 40;

    private const int CellBytes = 12;

    private readonly List<RowBatch> _batches = [];
    private readonly List<KeptRow> _rows = [];
    private readonly Stack<RowBatch> _free = [];
    private long _bytes;

    /// <summary>Whether rows can be told apart by what is kept of them: all are here, and no key has two forms.</summary>
    public bool CanMatch { get; private set; } = true;

    /// <summary>Whether they came in the order of their keys' marks, none twice.</summary>
    public bool IsAscending { get; private set; } = true;

    public ReadOnlySpan<KeptRow> Rows => CollectionsMarshal.AsSpan(_rows);

    /// <summary>Bytes that the rows of the last group took, whether they were kept or not.</summary>
    public long Bytes => _bytes;

    /// <summary>Takes over a batch that was read, and answers one to fill next.</summary>
    /// <param name="batch">Its rows.</param>
    /// <param name="wanted">Whether rows are kept, by segment.</param>
    /// <param name="again">Takes what was kept.</param>
    public RowBatch Take(RowBatch batch, bool[] wanted, SegmentDigest again)
    {
        for (var row = 0; row < batch.RowCount; row++)
        {
            var segment = marker.Mark(batch, row, out var hash);
            if (!wanted[segment])
            {
                continue;
            }

            again.Add(segment, hash);
            if (CanMatch)
            {
                var key = marker.KeyMark();
                IsAscending &= _rows.Count == 0 || key > _rows[^1].Key;
                _rows.Add(new KeptRow(key, hash, _batches.Count, row));
            }
            else
            {
                Add(marker.Encode(batch, row), batch, row);
            }
        }

        _bytes += batch.ByteCount + ((long)batch.RowCount * (RowBytes + (CellBytes * batch.ColumnCount)));
        if (!CanMatch)
        {
            return batch;
        }

        _batches.Add(batch);
        if (!marker.KeysAreExact || _bytes > memoryBytes)
        {
            ReleaseAll();
        }

        return _free.TryPop(out var free) ? free : new RowBatch(batch.ColumnCount);
    }

    /// <summary>Hands a row on to the sorter.</summary>
    public void Release(KeptRow row)
    {
        var batch = _batches[row.Batch];
        Add(marker.Encode(batch, row.Row), batch, row.Row);
    }

    /// <summary>Hands all rows on to the sorter, and all that will come.</summary>
    public void ReleaseAll()
    {
        CanMatch = false;
        _rows.ForEach(Release);
        Forget();
    }

    /// <summary>Forgets all rows and keeps the memory.</summary>
    public void Clear()
    {
        Forget();
        _bytes = 0;
        CanMatch = true;
        IsAscending = true;
    }

    private void Forget()
    {
        foreach (var batch in _batches)
        {
            batch.Clear();
            _free.Push(batch);
        }

        _batches.Clear();
        _rows.Clear();
    }

    private void Add(RowEncoder encoded, RowBatch batch, int row) => sorter.Add(encoded.Row, encoded.KeyLength, encoded.Tail(batch, row));
}
