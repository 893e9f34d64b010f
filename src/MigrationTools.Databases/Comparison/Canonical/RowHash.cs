using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>
/// MurmurHash3_x64_128 by Austin Appleby (public domain, smhasher's MurmurHash3.cpp): 128 bits, not cryptographic. The seed is widened to
/// 64 bits; seeds below 2^32 give the published values. A comparison draws its seed at random, so that what collides can't be known before.
/// </summary>
internal static class RowHash
{
    private const ulong C1 = 0x87c37b91114253d5;
    private const ulong C2 = 0x4cf5ad432745937f;

    public static UInt128 Of(ReadOnlySpan<byte> data, ulong seed)
    {
        var (h1, h2) = (seed, seed);
        var rest = data;
        while (rest.Length >= 16)
        {
            Mix(ref h1, ref h2, Mix1(BinaryPrimitives.ReadUInt64LittleEndian(rest)), Mix2(BinaryPrimitives.ReadUInt64LittleEndian(rest[8..])));
            rest = rest[16..];
        }

        if (rest.Length > 8)
        {
            h2 ^= Mix2(ReadTail(rest[8..]));
        }

        if (rest.Length > 0)
        {
            h1 ^= Mix1(ReadTail(rest.Length > 8 ? rest[..8] : rest));
        }

        return Finish(h1 ^ (ulong)data.Length, h2 ^ (ulong)data.Length);
    }

    /// <summary>The hash of all blocks that were mixed into two halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static UInt128 Finish(ulong h1, ulong h2)
    {
        h1 += h2;
        h2 += h1;
        h1 = Finish(h1);
        h2 = Finish(h2);
        h1 += h2;
        h2 += h1;
        return new UInt128(h2, h1);
    }

    /// <summary>The first half of a block, made ready to be mixed in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mix1(ulong k) => BitOperations.RotateLeft(k * C1, 31) * C2;

    /// <summary>The second half of a block, likewise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mix2(ulong k) => BitOperations.RotateLeft(k * C2, 33) * C1;

    /// <summary>Mixes in a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Mix(ref ulong h1, ref ulong h2, ulong mixed1, ulong mixed2)
    {
        h1 ^= mixed1;
        h1 = ((BitOperations.RotateLeft(h1, 27) + h2) * 5) + 0x52dce729;
        h2 ^= mixed2;
        h2 = ((BitOperations.RotateLeft(h2, 31) + h1) * 5) + 0x38495ab5;
    }

    /// <summary>0 to 8 bytes, little-endian. Pieces may overlap, for what they share is the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong ReadTail(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        >= 8 => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        >= 4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) << (8 * (bytes.Length - 4))),
        0 => 0,
        var length => bytes[0] | ((ulong)bytes[length >> 1] << (8 * (length >> 1))) | ((ulong)bytes[length - 1] << (8 * (length - 1))),
    };

    private static ulong Finish(ulong k)
    {
        k ^= k >> 33;
        k *= 0xff51afd7ed558ccd;
        k ^= k >> 33;
        k *= 0xc4ceb9fe1a85ec53;
        return k ^ (k >> 33);
    }
}
