using System.Buffers.Binary;
using System.Text;

namespace MigrationTools.Databases.Conversion;

/// <summary>Decimals between their wire form and text, digit by digit.</summary>
public static class DecimalText
{
    /// <summary>Exponents beyond this are outside of every decimal; a guard against overflow while they are read.</summary>
    private const int MaxExponent = 1_000_000;

    /// <summary>Room for the wire form of a text of so many bytes.</summary>
    public static int MaxWireLength(int textLength) => DecimalWire.HeaderLength + (2 * ((textLength / 4) + 3));

    /// <summary>Room for the text of a wire form.</summary>
    public static int MaxTextLength(ReadOnlySpan<byte> wire) =>
        12 + (Math.Max(0, DecimalWire.Weight(wire) + 1) * 4) + Math.Max(DecimalWire.DisplayScale(wire), -DecimalWire.TrailingExponent(wire));

    /// <summary>
    /// Reads text that is a number and nothing else: sign, digits, point, exponent; or NaN, Infinity, inf in any case. Blanks
    /// around it are refused. The digits after the point are kept as the display scale, as PostgreSQL's numeric_in does.
    /// </summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="wire">Of at least <see cref="MaxWireLength"/> bytes.</param>
    /// <param name="length">Bytes written.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<byte> wire, out int length)
    {
        length = DecimalWire.HeaderLength;
        var negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            text = text[1..];
        }

        if (text.IsEmpty || !(char.IsAsciiDigit((char)text[0]) || text[0] == '.'))
        {
            return TryParseSpecial(text, negative, wire);
        }

        var integers = DigitsAt(text, 0);
        var position = integers;
        var fractions = 0;
        if (position < text.Length && text[position] == '.')
        {
            fractions = DigitsAt(text, position + 1);
            position += 1 + fractions;
        }

        if (integers + fractions == 0 || !TryParseExponent(text[position..], out var exponent))
        {
            return false;
        }

        return TryWrite(text[..integers], fractions == 0 ? [] : text.Slice(integers + 1, fractions), exponent, negative, wire, out length);
    }

    /// <summary>Writes the text as PostgreSQL's numeric_out does: all digits, the display scale kept, no exponent. Answers the bytes written.</summary>
    public static int Format(ReadOnlySpan<byte> wire, Span<byte> text)
    {
        var sign = DecimalWire.Sign(wire);
        if (!DecimalWire.IsFinite(wire))
        {
            var name = sign == DecimalWire.NaN ? "NaN"u8 : sign == DecimalWire.PositiveInfinity ? "Infinity"u8 : "-Infinity"u8;
            name.CopyTo(text);
            return name.Length;
        }

        var length = 0;
        if (sign == DecimalWire.Minus && !DecimalWire.IsZero(wire))
        {
            text[length++] = (byte)'-';
        }

        var highest = Math.Max(0, DecimalWire.LeadingExponent(wire));
        var scale = Math.Max(DecimalWire.DisplayScale(wire), -DecimalWire.TrailingExponent(wire));
        for (var exponent = highest; exponent >= -scale; exponent--)
        {
            if (exponent == -1)
            {
                text[length++] = (byte)'.';
            }

            text[length++] = (byte)('0' + DigitOf(wire, exponent));
        }

        return length;
    }

    /// <summary>The text as a string.</summary>
    public static string ToString(ReadOnlySpan<byte> wire)
    {
        Span<byte> text = MaxTextLength(wire) is var room && room <= 256 ? stackalloc byte[256] : new byte[room];
        return Encoding.ASCII.GetString(text[..Format(wire, text)]);
    }

    /// <summary>The digit at a power of ten.</summary>
    private static int DigitOf(ReadOnlySpan<byte> wire, int exponent)
    {
        var (group, place) = (exponent >> 2, exponent & 3);
        var index = DecimalWire.Weight(wire) - group;
        if (index < 0 || index >= DecimalWire.Count(wire))
        {
            return 0;
        }

        var digits = DecimalWire.Digit(wire, index);
        return place switch { 0 => digits, 1 => digits / 10, 2 => digits / 100, _ => digits / 1000 } % 10;
    }

    private static int DigitsAt(ReadOnlySpan<byte> text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiDigit((char)text[end]))
        {
            end++;
        }

        return end - start;
    }

    private static bool TryParseSpecial(ReadOnlySpan<byte> text, bool negative, Span<byte> wire)
    {
        ushort sign;
        if (!negative && Ascii.EqualsIgnoreCase(text, "nan"u8))
        {
            sign = DecimalWire.NaN;
        }
        else if (Ascii.EqualsIgnoreCase(text, "infinity"u8) || Ascii.EqualsIgnoreCase(text, "inf"u8))
        {
            sign = negative ? DecimalWire.NegativeInfinity : DecimalWire.PositiveInfinity;
        }
        else
        {
            return false;
        }

        DecimalWire.WriteHeader(wire, 0, 0, sign, 0);
        return true;
    }

    private static bool TryParseExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] is not ((byte)'e' or (byte)'E'))
        {
            return false;
        }

        text = text[1..];
        var negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            text = text[1..];
        }

        if (text.IsEmpty || DigitsAt(text, 0) != text.Length)
        {
            return false;
        }

        foreach (var digit in text)
        {
            exponent = Math.Min(MaxExponent, (exponent * 10) + (digit - '0'));
        }

        exponent = negative ? -exponent : exponent;
        return true;
    }

    private static bool TryWrite(ReadOnlySpan<byte> integers, ReadOnlySpan<byte> fractions, int exponent, bool negative, Span<byte> wire, out int length)
    {
        length = DecimalWire.HeaderLength;
        var count = integers.Length + fractions.Length;
        var first = 0;
        while (first < count && At(integers, fractions, first) == 0)
        {
            first++;
        }

        var displayScale = Math.Clamp((long)fractions.Length - exponent, 0, DecimalWire.MaxScale);
        if (first == count)
        {
            DecimalWire.WriteHeader(wire, 0, 0, DecimalWire.Plus, (int)displayScale);
            return true;
        }

        var last = count - 1;
        while (At(integers, fractions, last) == 0)
        {
            last--;
        }

        // The power of ten of the digit at i is top − i.
        var top = integers.Length - 1 + exponent;
        if (top - first >= DecimalWire.MaxIntegerDigits || top - last < -DecimalWire.MaxScale)
        {
            return false;
        }

        var weight = (top - first) >> 2;
        var lowest = (top - last) >> 2;
        for (var group = weight; group >= lowest; group--)
        {
            var value = 0;
            for (var power = (group * 4) + 3; power >= group * 4; power--)
            {
                value = (value * 10) + At(integers, fractions, top - power);
            }

            BinaryPrimitives.WriteUInt16BigEndian(wire[length..], (ushort)value);
            length += 2;
        }

        DecimalWire.WriteHeader(wire, weight - lowest + 1, weight, negative ? DecimalWire.Minus : DecimalWire.Plus, (int)displayScale);
        return true;
    }

    private static int At(ReadOnlySpan<byte> integers, ReadOnlySpan<byte> fractions, int index)
    {
        if (index < 0 || index >= integers.Length + fractions.Length)
        {
            return 0;
        }

        return (index < integers.Length ? integers[index] : fractions[index - integers.Length]) - '0';
    }
}
