namespace MigrationTools.Databases.Comparison.Spooling;

/// <summary>Rows in order with a look at the one after the current, which tells whether a key comes once.</summary>
internal sealed class PeekingRows
{
    private readonly ISortedRows _rows;
    private byte[] _current = new byte[256];
    private int _length;
    private int _tailLength;
    private int _keyLength;
    private bool _hasNext;

    public PeekingRows(ISortedRows rows)
    {
        _rows = rows;
        _hasNext = rows.Read();
        Advance();
    }

    /// <summary>Whether there is a current row.</summary>
    public bool Any { get; private set; }

    public ReadOnlySpan<byte> Row => _current.AsSpan(0, _length);

    public ReadOnlySpan<byte> Tail => _current.AsSpan(_length, _tailLength);

    public ReadOnlySpan<byte> Key => _current.AsSpan(0, _keyLength);

    public bool NextHasSameKey => _hasNext && _rows.Row[.._rows.KeyLength].SequenceEqual(Key);

    public void Advance()
    {
        Any = _hasNext;
        if (!_hasNext)
        {
            return;
        }

        var row = _rows.Row;
        var tail = _rows.Tail;
        if (row.Length + tail.Length > _current.Length)
        {
            _current = new byte[Math.Max(row.Length + tail.Length, _current.Length * 2)];
        }

        row.CopyTo(_current);
        tail.CopyTo(_current.AsSpan(row.Length));
        (_length, _keyLength, _tailLength) = (row.Length, _rows.KeyLength, tail.Length);
        _hasNext = _rows.Read();
    }

    /// <summary>Goes past all rows equal to one and answers how many there were.</summary>
    public long SkipEqual(ReadOnlySpan<byte> row)
    {
        var count = 0L;
        while (Any && Row.SequenceEqual(row))
        {
            count++;
            Advance();
        }

        return count;
    }
}
