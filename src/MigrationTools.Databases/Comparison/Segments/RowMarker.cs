using System.Buffers.Binary;
using System.Numerics;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Segments;

/// <summary>
/// Tells a row's segment and hash. Where both sides are of one engine and a column's types are the same, the cells as they come are hashed: rows that are equal so
/// are equal in canonical form too, and rows that are not are compared in it. Otherwise the canonical form is. Not thread-safe.
/// </summary>
internal sealed class RowMarker(RowEncoder encoder, Segmentation segmentation, int keyCount, ulong? rawSeed)
{
    private bool _encoded;

    /// <summary>The segment; the hash with it.</summary>
    public int Mark(RowBatch batch, int row, out UInt128 hash)
    {
        _encoded = false;
        if (rawSeed is { } seed)
        {
            hash = HashRaw(batch, row, batch.ColumnCount, seed);
            return segmentation is KeyStretches raw
                ? raw.Of(batch.KindAt(row, 0) == CellKind.Int64 ? batch.Int64At(row, 0) : throw new StrayKeyException())
                : ((KeyBuckets)segmentation).Of(keyCount == 0 ? hash : HashRaw(batch, row, keyCount, seed));
        }

        encoder.Encode(batch, row);
        _encoded = true;
        hash = encoder.HashRow();
        return segmentation is KeyStretches stretches ? stretches.Of(LeadingKey(encoder)) : ((KeyBuckets)segmentation).Of(encoder.HashKey());
    }

    /// <summary>The row marked last, in canonical form.</summary>
    public RowEncoder Encode(RowBatch batch, int row)
    {
        if (!_encoded)
        {
            encoder.Encode(batch, row);
        }

        return encoder;
    }

    /// <summary>The first field of an encoded row's key, which is a whole number.</summary>
    /// <exception cref="StrayKeyException">It is none.</exception>
    public static long LeadingKey(RowEncoder encoder)
    {
        var row = encoder.Row;
        return row[0] == (byte)CanonicalTag.Integer ? BinaryPrimitives.ReadInt64BigEndian(row[1..]) ^ long.MinValue : throw new StrayKeyException();
    }

    // What cells are and how long goes into the seed; their bytes lie one after the other.
    private static UInt128 HashRaw(RowBatch batch, int row, int columns, ulong seed)
    {
        for (var column = 0; column < columns; column++)
        {
            seed = (BitOperations.RotateLeft(seed, 23) ^ (((ulong)(uint)batch.LengthAt(row, column) << 8) | (byte)batch.KindAt(row, column))) * 0x9E3779B97F4A7C15;
        }

        return RowHash.Of(batch.BytesAt(row, 0, columns), seed ^ (seed >> 29));
    }
}
