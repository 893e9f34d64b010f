using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MigrationTools.Databases.Conversion;

/// <summary>
/// Exact decimals in PostgreSQL's numeric wire form (see <see cref="Engine.Databases.CellKind.Decimal"/>): base-10000
/// digits, so that nothing is lost and nothing need be converted between two PostgreSQL servers.
/// </summary>
public static class DecimalWire
{
    /// <summary>Bytes of ndigits, weight, sign and dscale.</summary>
    public const int HeaderLength = 8;

    /// <summary>Room that any 64-bit integer fits in.</summary>
    public const int MaxInt64Length = HeaderLength + (5 * 2);

    /// <summary>Largest number of digits after the point (PostgreSQL's NUMERIC_DSCALE_MAX).</summary>
    public const int MaxScale = 16383;

    /// <summary>Largest number of digits before the point (PostgreSQL's documentation, "Numeric Types").</summary>
    public const int MaxIntegerDigits = 131072;

    /// <summary>Of a header's bytes, the first the lowest.</summary>
    private const ulong WithoutDisplayScale = 0x0000FFFFFFFFFFFF;

    internal const ushort Plus = 0x0000;
    internal const ushort Minus = 0x4000;
    internal const ushort NaN = 0xC000;
    internal const ushort PositiveInfinity = 0xD000;
    internal const ushort NegativeInfinity = 0xF000;

    /// <summary>True for a number; false for NaN and the infinities.</summary>
    public static bool IsFinite(ReadOnlySpan<byte> wire) => Sign(wire) is Plus or Minus;

    public static bool IsNaN(ReadOnlySpan<byte> wire) => Sign(wire) == NaN;

    public static bool IsZero(ReadOnlySpan<byte> wire) => IsFinite(wire) && !FindDigits(wire, out _, out _);

    /// <summary>Writes an integer; answers the bytes written, at most <see cref="MaxInt64Length"/>.</summary>
    public static int FromInt64(long value, Span<byte> wire) => FromScaled(value, 0, wire);

    /// <summary>
    /// Writes <paramref name="unscaled"/> · 10^−<paramref name="scale"/>; answers the bytes written, at most
    /// <see cref="MaxInt64Length"/>. With a scale, at most 15 digits are taken.
    /// </summary>
    [SkipLocalsInit]
    internal static int FromScaled(long unscaled, int scale, Span<byte> wire)
    {
        var rest = unscaled < 0 ? (ulong)-(unscaled + 1) + 1 : (ulong)unscaled;

        // Whole base-10000 digits behind the point.
        var fractionGroups = (scale + 3) / 4;
        for (var digit = scale; digit < fractionGroups * 4; digit++)
        {
            rest *= 10;
        }

        Span<ushort> groups = stackalloc ushort[5];
        var count = 0;
        while (rest > 0)
        {
            (rest, var group) = Math.DivRem(rest, 10000UL);
            groups[count++] = (ushort)group;
        }

        var skipped = 0;
        while (skipped < count && groups[skipped] == 0)
        {
            skipped++;
        }

        WriteHeader(wire, count - skipped, count == 0 ? 0 : count - 1 - fractionGroups, unscaled < 0 ? Minus : Plus, scale);
        for (var index = count - 1; index >= skipped; index--)
        {
            BinaryPrimitives.WriteUInt16BigEndian(wire[(HeaderLength + ((count - 1 - index) * 2))..], groups[index]);
        }

        return HeaderLength + ((count - skipped) * 2);
    }

    /// <summary>The value as a 64-bit integer; false where it is none.</summary>
    public static bool TryToInt64(ReadOnlySpan<byte> wire, out long value)
    {
        value = 0;
        if (!IsFinite(wire))
        {
            return false;
        }

        if (!FindDigits(wire, out var first, out var last))
        {
            return true;
        }

        var weight = Weight(wire);
        if (weight - first > 4 || weight - last < 0)
        {
            return false;
        }

        UInt128 magnitude = 0;
        for (var index = first; index <= weight; index++)
        {
            magnitude = (magnitude * 10000) + (index <= last ? Digit(wire, index) : (ushort)0);
        }

        var negative = Sign(wire) == Minus;
        if (magnitude > (negative ? (UInt128)1 << 63 : long.MaxValue))
        {
            return false;
        }

        value = negative ? (long)-(Int128)magnitude : (long)magnitude;
        return true;
    }

    /// <summary>
    /// Writes the one form of a value (no zero groups at either end, dscale 0, plain zero, no payload with NaN or an infinity),
    /// so that equal values have equal bytes. Answers the bytes written, never more than were given.
    /// </summary>
    public static int Normalize(ReadOnlySpan<byte> wire, Span<byte> into)
    {
        var digits = Normalize(wire, out var header);
        digits.CopyTo(into[HeaderLength..]);
        BinaryPrimitives.WriteUInt64LittleEndian(into, header);
        return HeaderLength + digits.Length;
    }

    /// <summary>The one form of a value without writing it: the bytes of its digits, where they lie, and those of its header, the first the lowest.</summary>
    internal static ReadOnlySpan<byte> Normalize(ReadOnlySpan<byte> wire, out ulong header)
    {
        var sign = Sign(wire);
        if (sign is Plus or Minus && Count(wire) is > 0 and var digits && Digit(wire, 0) != 0 && Digit(wire, digits - 1) != 0)
        {
            header = BinaryPrimitives.ReadUInt64LittleEndian(wire) & WithoutDisplayScale;
            return wire.Slice(HeaderLength, digits * 2);
        }

        if (sign is not (Plus or Minus))
        {
            header = Header(0, 0, sign);
            return default;
        }

        if (!FindDigits(wire, out var first, out var last))
        {
            header = Header(0, 0, Plus);
            return default;
        }

        var count = last - first + 1;
        header = Header(count, Weight(wire) - first, sign);
        return wire.Slice(HeaderLength + (first * 2), count * 2);
    }

    /// <summary>Whether two decimals are one value: 1.50 is 1.5, NaN is NaN.</summary>
    public static bool ValueEquals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var sign = Sign(left);
        if (sign is not (Plus or Minus))
        {
            return sign == Sign(right);
        }

        if (!IsFinite(right))
        {
            return false;
        }

        var leftHas = FindDigits(left, out var leftFirst, out var leftLast);
        var rightHas = FindDigits(right, out var rightFirst, out var rightLast);
        if (!leftHas || !rightHas)
        {
            return leftHas == rightHas;
        }

        return sign == Sign(right)
            && Weight(left) - leftFirst == Weight(right) - rightFirst
            && left[(HeaderLength + (leftFirst * 2))..(HeaderLength + ((leftLast + 1) * 2))]
                .SequenceEqual(right[(HeaderLength + (rightFirst * 2))..(HeaderLength + ((rightLast + 1) * 2))]);
    }

    /// <summary>The power of ten of the first digit that is not 0 (2 for 123.4, −3 for 0.001); int.MinValue for zero.</summary>
    public static int LeadingExponent(ReadOnlySpan<byte> wire)
    {
        if (!FindDigits(wire, out var first, out _))
        {
            return int.MinValue;
        }

        var group = Digit(wire, first);
        return ((Weight(wire) - first) * 4) + (group >= 1000 ? 3 : group >= 100 ? 2 : group >= 10 ? 1 : 0);
    }

    /// <summary>The power of ten of the last digit that is not 0 (−1 for 123.40, 2 for 1200); 0 for zero.</summary>
    public static int TrailingExponent(ReadOnlySpan<byte> wire)
    {
        if (!FindDigits(wire, out _, out var last))
        {
            return 0;
        }

        var group = Digit(wire, last);
        return ((Weight(wire) - last) * 4) + (group % 10 != 0 ? 0 : group % 100 != 0 ? 1 : group % 1000 != 0 ? 2 : 3);
    }

    internal static ushort Sign(ReadOnlySpan<byte> wire) => BinaryPrimitives.ReadUInt16BigEndian(wire[4..]);

    internal static int Weight(ReadOnlySpan<byte> wire) => BinaryPrimitives.ReadInt16BigEndian(wire[2..]);

    internal static int DisplayScale(ReadOnlySpan<byte> wire) => BinaryPrimitives.ReadInt16BigEndian(wire[6..]);

    // Unsigned as numeric_recv reads it: 131072 digits before the point and 16383 behind it are more groups than 15 bits count.
    internal static int Count(ReadOnlySpan<byte> wire) => BinaryPrimitives.ReadUInt16BigEndian(wire);

    internal static ushort Digit(ReadOnlySpan<byte> wire, int index) => BinaryPrimitives.ReadUInt16BigEndian(wire[(HeaderLength + (index * 2))..]);

    internal static void WriteHeader(Span<byte> wire, int count, int weight, ushort sign, int displayScale)
    {
        BinaryPrimitives.WriteUInt16BigEndian(wire, (ushort)count);
        BinaryPrimitives.WriteInt16BigEndian(wire[2..], (short)weight);
        BinaryPrimitives.WriteUInt16BigEndian(wire[4..], sign);
        BinaryPrimitives.WriteInt16BigEndian(wire[6..], (short)displayScale);
    }

    // A dscale of 0 is the last two bytes.
    private static ulong Header(int count, int weight, ushort sign) =>
        BinaryPrimitives.ReverseEndianness(((ulong)(ushort)count << 48) | ((ulong)(ushort)weight << 32) | ((ulong)sign << 16));

    /// <summary>The first and last groups that are not 0; false where there is none.</summary>
    private static bool FindDigits(ReadOnlySpan<byte> wire, out int first, out int last)
    {
        first = 0;
        last = Count(wire) - 1;
        while (first <= last && Digit(wire, first) == 0)
        {
            first++;
        }

        while (last >= first && Digit(wire, last) == 0)
        {
            last--;
        }

        return first <= last;
    }
}
