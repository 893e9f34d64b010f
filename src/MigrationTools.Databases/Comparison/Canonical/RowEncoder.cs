using System.Runtime.InteropServices;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>Writes the rows of one side in canonical form, the key's fields first. Not thread-safe.</summary>
internal sealed class RowEncoder
{
    private readonly FieldEncoder[] _fields;
    private readonly int _keyCount;
    private readonly CanonicalBuffer _buffer;
    private readonly ulong _seed;
    private readonly int _tailCount;
    private readonly List<byte> _tail = [];

    /// <param name="fields">In the order of the batches' columns.</param>
    /// <param name="keyCount">How many of them, from the first, are the key; 0 takes the whole row for it.</param>
    /// <param name="seed">Of all hashes.</param>
    /// <param name="longLength">Bytes of a value up to which it is written whole.</param>
    public RowEncoder(FieldEncoder[] fields, int keyCount, ulong seed, int longLength = CanonicalBuffer.LongLength)
    {
        _fields = fields;
        _keyCount = keyCount == 0 ? fields.Length : keyCount;
        _tailCount = keyCount;
        _seed = seed;
        _buffer = new CanonicalBuffer(seed, longLength);
    }

    /// <summary>Encoders of the columns, in the order of the batches'.</summary>
    public FieldEncoder[] Fields => _fields;

    /// <summary>The row encoded last; valid until the next.</summary>
    public ReadOnlySpan<byte> Row => _buffer.Bytes;

    /// <summary>How many of its bytes, from the first, are the key.</summary>
    public int KeyLength { get; private set; }

    public ReadOnlySpan<byte> Key => _buffer.Bytes[..KeyLength];

    /// <summary>The key's cells as the side gave them, where there is a key; valid until the next call.</summary>
    public ReadOnlySpan<byte> Tail(RowBatch batch, int row)
    {
        _tail.Clear();
        KeyCells.Write(batch, row, _tailCount, _tail);
        return CollectionsMarshal.AsSpan(_tail);
    }

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

    public UInt128 HashRow() => RowHash.Of(Row, _seed);
}
