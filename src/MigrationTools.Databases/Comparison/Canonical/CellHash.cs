using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>
/// The hash of a row's cells, as they come or in canonical form, cell by cell, so that many rows can also be hashed column by column: the blocks of MurmurHash3_x64_128 (see
/// <see cref="RowHash"/>). A cell's first block is its first 8 bytes, with zeros after fewer, and its kind and length; its other bytes follow in blocks of 16, the
/// last filled with zeros. Length and kind tell how many blocks belong to a cell, so no two rows of as many cells have the same blocks.
/// A field in canonical form is a cell of the kind that its tag is named after: where a cell is in that form as it comes, its hash is the same.
/// </summary>
internal struct CellHash(ulong seed) : IFieldTarget
{
    private ulong _h1 = seed;
    private ulong _h2 = seed;

    /// <summary>The hash of the cells added.</summary>
    public readonly UInt128 Value => RowHash.Finish(_h1, _h2);

    /// <summary>What tells cells of a kind and a length from all others.</summary>
    public static ulong Mark(CellKind kind, int length) => RowHash.Mix2(((ulong)(uint)length << 8) | (byte)kind);

    /// <summary>Adds a cell of up to 8 bytes.</summary>
    /// <param name="bytes">Its bytes, the first the lowest.</param>
    /// <param name="mark">Its <see cref="Mark"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong bytes, ulong mark) => RowHash.Mix(ref _h1, ref _h2, RowHash.Mix1(bytes), mark);

    public void AddNull() => Add(0, Mark(CellKind.Null, 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(CellKind kind, ReadOnlySpan<byte> bytes)
    {
        Add(RowHash.ReadTail(bytes), Mark(kind, bytes.Length));
        if (bytes.Length > 8)
        {
            AddRest(bytes[8..]);
        }
    }

    public void WriteNull() => AddNull();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteByte(CanonicalTag tag, byte value) => Add(value, Mark(KindOf(tag), sizeof(byte)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt32(CanonicalTag tag, int value) => Add((uint)value, Mark(KindOf(tag), sizeof(int)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt64(CanonicalTag tag, long value) => Add((ulong)value, Mark(KindOf(tag), sizeof(long)));

    public void WriteFloat32(float value) => WriteInt32(CanonicalTag.Float32, CanonicalBuffer.BitsOf(value));

    public void WriteFloat64(double value) => WriteInt64(CanonicalTag.Float64, CanonicalBuffer.BitsOf(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteFixed(CanonicalTag tag, ReadOnlySpan<byte> payload) => Add(KindOf(tag), payload);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteVariable(CanonicalTag tag, ReadOnlySpan<byte> payload) => Add(KindOf(tag), payload);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteVariable(CanonicalTag tag, ulong head, ReadOnlySpan<byte> rest)
    {
        Add(head, Mark(KindOf(tag), sizeof(ulong) + rest.Length));
        if (!rest.IsEmpty)
        {
            AddRest(rest);
        }
    }

    // A tag is always named where it is given, so the compiler, which sees it, leaves the one kind.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CellKind KindOf(CanonicalTag tag) => tag switch
    {
        CanonicalTag.Boolean => CellKind.Boolean,
        CanonicalTag.Integer => CellKind.Int64,
        CanonicalTag.Decimal => CellKind.Decimal,
        CanonicalTag.Float64 => CellKind.Float64,
        CanonicalTag.Float32 => CellKind.Float32,
        CanonicalTag.Text => CellKind.Text,
        CanonicalTag.Blob => CellKind.Blob,
        CanonicalTag.Date => CellKind.Date,
        CanonicalTag.Time => CellKind.Time,
        CanonicalTag.Timestamp => CellKind.Timestamp,
        CanonicalTag.TimestampTz => CellKind.TimestampTz,
        CanonicalTag.Interval => CellKind.Interval,
        CanonicalTag.Uuid => CellKind.Uuid,
        CanonicalTag.Json => CellKind.Json,
        CanonicalTag.Opaque => CellKind.Opaque,
        _ => throw new ArgumentOutOfRangeException(nameof(tag), tag, "No kind of cell has this tag."),
    };

    private void AddRest(ReadOnlySpan<byte> rest)
    {
        var (h1, h2) = (_h1, _h2);
        while (rest.Length >= 16)
        {
            RowHash.Mix(ref h1, ref h2, RowHash.Mix1(BinaryPrimitives.ReadUInt64LittleEndian(rest)), RowHash.Mix2(BinaryPrimitives.ReadUInt64LittleEndian(rest[8..])));
            rest = rest[16..];
        }

        if (!rest.IsEmpty)
        {
            RowHash.Mix(ref h1, ref h2, RowHash.Mix1(RowHash.ReadTail(rest)), RowHash.Mix2(rest.Length > 8 ? RowHash.ReadTail(rest[8..]) : 0));
        }

        (_h1, _h2) = (h1, h2);
    }
}
