using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>
/// The hash of a row's cells as they come, cell by cell, so that many rows can also be hashed column by column: the blocks of MurmurHash3_x64_128 (see
/// <see cref="RowHash"/>). A cell's first block is its first 8 bytes, with zeros after fewer, and its kind and length; its other bytes follow in blocks of 16, the
/// last filled with zeros. Length and kind tell how many blocks belong to a cell, so no two rows of as many cells have the same blocks.
/// </summary>
internal struct CellHash(ulong seed)
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
