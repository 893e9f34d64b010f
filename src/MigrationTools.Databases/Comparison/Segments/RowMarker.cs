using System.Buffers.Binary;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Segments;

/// <summary>
/// Tells a row's segment and hash. Where both sides are of one engine and a column's types are the same, the cells as they come are hashed: rows that are equal so
/// are equal in canonical form too, and rows that are not are compared in it. Otherwise their canonical form is, without being written. Not thread-safe.
/// </summary>
/// <param name="encoder">Brings rows into canonical form.</param>
/// <param name="segmentation">Tells a row's segment.</param>
/// <param name="keyCount">How many columns, from the first, are the key.</param>
/// <param name="seed">Of all hashes.</param>
/// <param name="raw">Whether cells are hashed as they come.</param>
internal sealed class RowMarker(RowEncoder encoder, Segmentation segmentation, int keyCount, ulong seed, bool raw)
{
    private UInt128 _key;
    private long _leading;

    /// <summary>Whether all keys marked so far have one form only: no two that are equal in canonical form had another hash.</summary>
    public bool KeysAreExact { get; private set; } = true;

    /// <summary>The segment; the hash with it. As <see cref="CellDigest"/> does it.</summary>
    public int Mark(RowBatch batch, int row, out UInt128 hash)
    {
        var cells = new CellHash(seed);
        for (var column = 0; column < batch.ColumnCount; column++)
        {
            var kind = batch.KindAt(row, column);
            if (raw)
            {
                cells.Add(kind, batch.BytesAt(row, column));
            }
            else
            {
                encoder.Fields[column].Hash(kind, batch.BytesAt(row, column), ref cells);
            }

            if (column < keyCount)
            {
                KeysAreExact &= !raw || IsExact(kind);
                _key = column + 1 == keyCount ? cells.Value : _key;
            }
        }

        hash = cells.Value;
        return segmentation is KeyStretches stretches
            ? stretches.Of(_leading = LeadingKey(batch, row))
            : ((KeyBuckets)segmentation).Of(keyCount == 0 ? hash : _key);
    }

    /// <summary>
    /// What the key of the row marked last is told by, its segments being stretches: no key has two of them, though two keys may share one. That of a key of one column is in
    /// the order of the keys.
    /// </summary>
    public ulong KeyMark() => keyCount == 1 ? (ulong)(_leading ^ long.MinValue) : (ulong)_key;

    /// <summary>Any row in canonical form.</summary>
    public RowEncoder Encode(RowBatch batch, int row)
    {
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

    private long LeadingKey(RowBatch batch, int row) =>
        raw && batch.KindAt(row, 0) == CellKind.Int64 ? batch.Int64At(row, 0)
        : !raw && encoder.Fields[0].TryWholeNumber(batch.KindAt(row, 0), batch.BytesAt(row, 0), out var number) ? number
        : throw new StrayKeyException();

    private static bool IsExact(CellKind kind) => kind is CellKind.Int64 or CellKind.Text or CellKind.Blob or CellKind.Uuid or CellKind.Boolean or CellKind.Date;
}
