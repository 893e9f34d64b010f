using System.Buffers.Binary;
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
    private UInt128 _key;
    private long _leading;

    /// <summary>Whether all keys marked so far have one form only: no two that are equal in canonical form had another hash.</summary>
    public bool KeysAreExact { get; private set; } = true;

    /// <summary>The segment; the hash with it.</summary>
    public int Mark(RowBatch batch, int row, out UInt128 hash)
    {
        _encoded = false;
        if (rawSeed is { } seed)
        {
            return MarkRaw(batch, row, seed, out hash);
        }

        encoder.Encode(batch, row);
        _encoded = true;
        hash = encoder.HashRow();
        return segmentation is KeyStretches stretches ? stretches.Of(_leading = LeadingKey(encoder)) : ((KeyBuckets)segmentation).Of(encoder.HashKey());
    }

    /// <summary>
    /// What the key of the row marked last is told by, its segments being stretches: no key has two of them, though two keys may share one. That of a key of one column is in
    /// the order of the keys.
    /// </summary>
    public ulong KeyMark() => keyCount == 1 ? (ulong)(_leading ^ long.MinValue) : (ulong)(rawSeed is null ? encoder.HashKey() : _key);

    /// <summary>The row marked last, in canonical form.</summary>
    public RowEncoder EncodeMarked(RowBatch batch, int row) => _encoded ? encoder : Encode(batch, row);

    /// <summary>Any row in canonical form.</summary>
    public RowEncoder Encode(RowBatch batch, int row)
    {
        _encoded = false;
        encoder.Encode(batch, row);
        return encoder;
    }

    /// <summary>The first field of an encoded row's key, which is a whole number.</summary>
    /// <exception cref="StrayKeyException">It is none.</exception>
    public static long LeadingKey(RowEncoder encoder)
    {
        var row = encoder.Row;
        return row[0] == (byte)CanonicalTag.Integer ? BinaryPrimitives.ReadInt64BigEndian(row[1..]) ^ long.MinValue : throw new StrayKeyException();
    }

    // As a digest of whole columns does it (RawDigest).
    private int MarkRaw(RowBatch batch, int row, ulong seed, out UInt128 hash)
    {
        var cells = new CellHash(seed);
        for (var column = 0; column < batch.ColumnCount; column++)
        {
            cells.Add(batch.KindAt(row, column), batch.BytesAt(row, column));
            if (column < keyCount)
            {
                KeysAreExact &= IsExact(batch.KindAt(row, column));
                _key = column + 1 == keyCount ? cells.Value : _key;
            }
        }

        hash = cells.Value;
        return segmentation is KeyStretches stretches
            ? stretches.Of(_leading = batch.KindAt(row, 0) == CellKind.Int64 ? batch.Int64At(row, 0) : throw new StrayKeyException())
            : ((KeyBuckets)segmentation).Of(keyCount == 0 ? hash : _key);
    }

    private static bool IsExact(CellKind kind) => kind is CellKind.Int64 or CellKind.Text or CellKind.Blob or CellKind.Uuid or CellKind.Boolean or CellKind.Date;
}
