namespace MigrationTools.Databases.Comparison.Spooling;

/// <summary>Several runs as one, by a heap of their first rows.</summary>
internal sealed class MergedRows : ISortedRows
{
    private readonly RunCursor[] _heap;
    private int _count;
    private bool _started;

    public MergedRows(IEnumerable<RunCursor> runs)
    {
        _heap = [.. runs.Where(run => run.Read())];
        _count = _heap.Length;
        for (var index = (_count / 2) - 1; index >= 0; index--)
        {
            Sink(index);
        }
    }

    public ReadOnlySpan<byte> Row => _heap[0].Row;

    public int KeyLength => _heap[0].KeyLength;

    public ReadOnlySpan<byte> Tail => _heap[0].Tail;

    public bool Read()
    {
        if (_count == 0)
        {
            return false;
        }

        if (!_started)
        {
            _started = true;
            return true;
        }

        if (!_heap[0].Read())
        {
            _heap[0] = _heap[--_count];
        }

        Sink(0);
        return _count > 0;
    }

    private void Sink(int index)
    {
        while (true)
        {
            var least = index;
            for (var child = (2 * index) + 1; child <= (2 * index) + 2 && child < _count; child++)
            {
                if (Compare(child, least) < 0)
                {
                    least = child;
                }
            }

            if (least == index)
            {
                return;
            }

            (_heap[index], _heap[least]) = (_heap[least], _heap[index]);
            index = least;
        }
    }

    private int Compare(int left, int right) => RowOrder.Compare(_heap[left].Row, _heap[left].KeyLength, _heap[right].Row, _heap[right].KeyLength);
}
