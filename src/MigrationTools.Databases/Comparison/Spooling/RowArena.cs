namespace MigrationTools.Databases.Comparison.Spooling;

/// <summary>Rows in memory that can be put in order.</summary>
internal sealed class RowArena : ISortedRows
{
    private readonly record struct Entry(UInt128 Prefix, int Offset, int Length, int KeyLength);

    private const int EntryLength = 32;

    private byte[] _bytes = new byte[4096];
    private Entry[] _entries = new Entry[64];
    private int _byteCount;
    private int _next;

    public int Count { get; private set; }

    /// <summary>Memory that the rows take, their order included.</summary>
    public long Size => _byteCount + ((long)Count * EntryLength);

    public ReadOnlySpan<byte> Row => Bytes(_entries[_next - 1]);

    public int KeyLength => _entries[_next - 1].KeyLength;

    public static long SizeOf(int rowLength) => rowLength + EntryLength;

    public void Add(ReadOnlySpan<byte> row, int keyLength)
    {
        if (row.Length > _bytes.Length - _byteCount)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, (long)_byteCount + row.Length)));
        }

        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        row.CopyTo(_bytes.AsSpan(_byteCount));
        _entries[Count++] = new Entry(RowOrder.Prefix(row[..keyLength]), _byteCount, row.Length, keyLength);
        _byteCount += row.Length;
    }

    public void Sort()
    {
        _entries.AsSpan(0, Count).Sort(Compare);
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

    public void Clear()
    {
        (Count, _byteCount, _next) = (0, 0, 0);
    }

    private ReadOnlySpan<byte> Bytes(Entry entry) => _bytes.AsSpan(entry.Offset, entry.Length);

    private int Compare(Entry left, Entry right)
    {
        var order = left.Prefix.CompareTo(right.Prefix);
        return order != 0 ? order : RowOrder.Compare(Bytes(left), left.KeyLength, Bytes(right), right.KeyLength);
    }
}
