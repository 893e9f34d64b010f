using System.Buffers.Binary;

namespace MigrationTools.Databases.Cells;

/// <summary>Looks into PostgreSQL's numeric wire form (numeric_send in its numeric.c): big-endian int16 ndigits, weight, sign, dscale, then base-10000 digits.</summary>
internal static class DecimalWire
{
    /// <summary>Room that <see cref="Write"/> needs at most.</summary>
    public const int MaxInt64Bytes = 18;

    public const ushort Negative = 0x4000;
    public const ushort NotANumber = 0xC000;
    public const ushort PositiveInfinity = 0xD000;
    public const ushort NegativeInfinity = 0xF000;

    public static int DigitCount(ReadOnlySpan<byte> wire) => BinaryPrimitives.ReadInt16BigEndian(wire);

    /// <summary>The power of 10000 that the first digit stands for.</summary>
    public static int Weight(ReadOnlySpan<byte> wire) => BinaryPrimitives.ReadInt16BigEndian(wire[2..]);

    public static ushort Sign(ReadOnlySpan<byte> wire) => BinaryPrimitives.ReadUInt16BigEndian(wire[4..]);

    /// <summary>Digits after the point that are shown.</summary>
    public static int Scale(ReadOnlySpan<byte> wire) => BinaryPrimitives.ReadUInt16BigEndian(wire[6..]);

    /// <summary>The base-10000 digit at a place; zero behind the last.</summary>
    public static int DigitOrZero(ReadOnlySpan<byte> wire, int place) =>
        place < DigitCount(wire) ? BinaryPrimitives.ReadInt16BigEndian(wire[(8 + (place * 2))..]) : 0;

    public static bool IsFinite(ReadOnlySpan<byte> wire) => Sign(wire) is 0 or Negative;

    /// <summary>The value where it is whole and fits 64 bits.</summary>
    public static bool TryGetInt64(ReadOnlySpan<byte> wire, out long value)
    {
        value = 0;
        var weight = Weight(wire);
        var digits = DigitCount(wire);
        if (!IsFinite(wire) || (digits > 0 && weight > 4))
        {
            return false;
        }

        for (var place = Math.Max(0, weight + 1); place < digits; place++)
        {
            if (DigitOrZero(wire, place) != 0)
            {
                return false;
            }
        }

        if (weight < 0 && digits > 0)
        {
            return false;
        }

        Int128 sum = 0;
        for (var place = 0; place <= weight && digits > 0; place++)
        {
            sum = (sum * 10000) + DigitOrZero(wire, place);
        }

        sum = Sign(wire) == Negative ? -sum : sum;
        if (sum < long.MinValue || sum > long.MaxValue)
        {
            return false;
        }

        value = (long)sum;
        return true;
    }

    /// <summary>Decimal digits between the first and the last that are not zero, both included; 0 for zero.</summary>
    public static int SignificantDigits(ReadOnlySpan<byte> wire)
    {
        var first = 0;
        var last = DigitCount(wire) - 1;
        while (first <= last && DigitOrZero(wire, first) == 0)
        {
            first++;
        }

        while (last >= first && DigitOrZero(wire, last) == 0)
        {
            last--;
        }

        if (first > last)
        {
            return 0;
        }

        var leading = DigitOrZero(wire, first);
        var trailing = DigitOrZero(wire, last);
        var lost = leading >= 1000 ? 0 : leading >= 100 ? 1 : leading >= 10 ? 2 : 3;
        lost += trailing % 10 != 0 ? 0 : trailing % 100 != 0 ? 1 : trailing % 1000 != 0 ? 2 : 3;
        return ((last - first + 1) * 4) - lost;
    }

    /// <summary>Writes a whole number in the wire form.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(long value, Span<byte> wire)
    {
        var rest = value < 0 ? (ulong)(-(value + 1)) + 1 : (ulong)value;
        Span<short> digits = stackalloc short[5];
        var count = 0;
        for (; rest > 0; rest /= 10000)
        {
            digits[count++] = (short)(rest % 10000);
        }

        var weight = count - 1;
        var skipped = 0;
        while (skipped < count && digits[skipped] == 0)
        {
            skipped++;
        }

        BinaryPrimitives.WriteInt16BigEndian(wire, (short)(count - skipped));
        BinaryPrimitives.WriteInt16BigEndian(wire[2..], (short)Math.Max(0, weight));
        BinaryPrimitives.WriteUInt16BigEndian(wire[4..], value < 0 ? Negative : (ushort)0);
        BinaryPrimitives.WriteUInt16BigEndian(wire[6..], 0);
        for (var place = 0; place < count - skipped; place++)
        {
            BinaryPrimitives.WriteInt16BigEndian(wire[(8 + (place * 2))..], digits[count - 1 - place]);
        }

        return 8 + ((count - skipped) * 2);
    }
}
