namespace MigrationTools.Databases.Comparison.Spooling;

/// <summary>Rows in memory that can be put in order. Memory is taken in blocks that are kept and used again, so nothing is copied to grow.</summary>
internal sealed class RowArena : ISortedRows
{
    private readonly record struct Entry(UInt128 Prefix, int Block, int Offset, int Length, int KeyLength, int TailLength);

    private const int EntryLength = 48;
    private const int BlockLength = 256 * 1024;

    private readonly List<byte[]> _blocks = [];
    private Entry[] _entries = new Entry[64];
    private int _block;
    private int _blockUsed;
    private long _byteCount;
    private int _next;

    public int Count { get; private set; }

    /// <summary>Memory that the rows take, their order included.</summary>
    public long Size => _byteCount + ((long)Count * EntryLength);

    public ReadOnlySpan<byte> Row => Bytes(_entries[_next - 1]);

    public int KeyLength => _entries[_next - 1].KeyLength;

    public ReadOnlySpan<byte> Tail
    {
        get
        {
            var entry = _entries[_next - 1];
            return _blocks[entry.Block].AsSpan(entry.Offset + entry.Length, entry.TailLength);
        }
    }

    public static long SizeOf(int rowLength) => rowLength + EntryLength;

    public void Add(ReadOnlySpan<byte> row, int keyLength, ReadOnlySpan<byte> tail = default)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        var length = row.Length + tail.Length;
        MakeRoom(length);
        row.CopyTo(_blocks[_block].AsSpan(_blockUsed));
        tail.CopyTo(_blocks[_block].AsSpan(_blockUsed + row.Length));
        _entries[Count++] = new Entry(RowOrder.Prefix(row[..keyLength]), _block, _blockUsed, row.Length, keyLength, tail.Length);
        _blockUsed += length;
        _byteCount += length;
    }

    public void Sort()
    {
        // A segment read through an index is in order already.
        if (!IsSorted())
        {
            _entries.AsSpan(0, Count).Sort(Compare);
        }

        _next = 0;
    }

    public bool Read()
    {
        if (_next == Count)
        {
            return false;
        }

        _next++;
        return true;
    }

    /// <summary>Forgets the rows and keeps the memory, but for blocks made for one huge row.</summary>
    public void Clear()
    {
        (Count, _byteCount, _next, _block, _blockUsed) = (0, 0, 0, 0, 0);
        _blocks.RemoveAll(block => block.Length > BlockLength);
    }

    private bool IsSorted()
    {
        for (var index = 1; index < Count; index++)
        {
            if (Compare(_entries[index - 1], _entries[index]) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private void MakeRoom(int length)
    {
        while (_block < _blocks.Count && length > _blocks[_block].Length - _blockUsed)
        {
            _block++;
            _blockUsed = 0;
        }

        if (_block == _blocks.Count)
        {
            _blocks.Add(new byte[Math.Max(BlockLength, length)]);
        }
    }

    private ReadOnlySpan<byte> Bytes(Entry entry) => _blocks[entry.Block].AsSpan(entry.Offset, entry.Length);

    private int Compare(Entry left, Entry right)
    {
        var order = left.Prefix.CompareTo(right.Prefix);
        return order != 0 ? order : RowOrder.Compare(Bytes(left), left.KeyLength, Bytes(right), right.KeyLength);
    }
}
