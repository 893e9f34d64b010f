using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>Writes the rows of one side in canonical form, the key's fields first. Not thread-safe.</summary>
internal sealed class RowEncoder
{
    private readonly FieldEncoder[] _fields;
    private readonly int _keyCount;
    private readonly CanonicalBuffer _buffer;
    private readonly ulong _seed;

    /// <param name="fields">In the order of the batches' columns.</param>
    /// <param name="keyCount">How many of them, from the first, are the key; 0 takes the whole row for it.</param>
    /// <param name="seed">Of all hashes.</param>
    public RowEncoder(FieldEncoder[] fields, int keyCount, ulong seed)
    {
        _fields = fields;
        _keyCount = keyCount == 0 ? fields.Length : keyCount;
        _seed = seed;
        _buffer = new CanonicalBuffer(seed);
    }

    /// <summary>The row encoded last; valid until the next.</summary>
    public ReadOnlySpan<byte> Row => _buffer.Bytes;

    /// <summary>How many of its bytes, from the first, are the key.</summary>
    public int KeyLength { get; private set; }

    public ReadOnlySpan<byte> Key => _buffer.Bytes[..KeyLength];

    public void Encode(RowBatch batch, int row)
    {
        _buffer.Clear();
        for (var column = 0; column < _keyCount; column++)
        {
            _fields[column].Encode(batch.KindAt(row, column), batch.BytesAt(row, column), _buffer);
        }

        KeyLength = _buffer.Length;
        for (var column = _keyCount; column < _fields.Length; column++)
        {
            _fields[column].Encode(batch.KindAt(row, column), batch.BytesAt(row, column), _buffer);
        }
    }

    public UInt128 HashKey() => RowHash.Of(Key, _seed);

    public UInt128 HashRow() => RowHash.Of(Row, _seed);
}
