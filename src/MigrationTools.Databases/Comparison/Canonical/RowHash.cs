using System.Buffers.Binary;
using System.Numerics;

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
            h1 ^= Mix1(BinaryPrimitives.ReadUInt64LittleEndian(rest));
            h1 = ((BitOperations.RotateLeft(h1, 27) + h2) * 5) + 0x52dce729;
            h2 ^= Mix2(BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]));
            h2 = ((BitOperations.RotateLeft(h2, 31) + h1) * 5) + 0x38495ab5;
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

        h1 ^= (ulong)data.Length;
        h2 ^= (ulong)data.Length;
        h1 += h2;
        h2 += h1;
        h1 = Finish(h1);
        h2 = Finish(h2);
        h1 += h2;
        h2 += h1;
        return new UInt128(h2, h1);
    }

    private static ulong Mix1(ulong k) => BitOperations.RotateLeft(k * C1, 31) * C2;

    private static ulong Mix2(ulong k) => BitOperations.RotateLeft(k * C2, 33) * C1;

    /// <summary>1 to 8 bytes, little-endian.</summary>
    private static ulong ReadTail(ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var index = bytes.Length - 1; index >= 0; index--)
        {
            value = (value << 8) | bytes[index];
        }

        return value;
    }

    private static ulong Finish(ulong k)
    {
        k ^= k >> 33;
        k *= 0xff51afd7ed558ccd;
        k ^= k >> 33;
        k *= 0xc4ceb9fe1a85ec53;
        return k ^ (k >> 33);
    }
}
