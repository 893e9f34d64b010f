using System.Globalization;

namespace MigrationTools.Databases.Conversion;

/// <summary>
/// Decimals and binary floating point. A float means the integer that it exactly is, where it is one within 64 bits, and
/// otherwise the shortest decimal that reads back as the same float (0.1, not 0.1000000000000000055…). That is one decimal
/// a float, so values can go either way and be told equal without a tolerance.
/// </summary>
public static class DecimalFloat
{
    /// <summary>Room for the wire form of any float.</summary>
    public const int MaxWireLength = 40;

    /// <summary>2^63: the first double past long.MaxValue.</summary>
    private const double Int64Limit = 9223372036854775808.0;

    private const int MaxShortScale = 6;
    private const double MaxShortInteger = 1e15;

    /// <summary>The longest text with an exponent that .NET writes for a double is 24 characters.</summary>
    private const int MaxShortestLength = 32;

    /// <summary>Writes the decimal that a double means; answers the bytes written, at most <see cref="MaxWireLength"/>.</summary>
    public static int FromFloat64(double value, Span<byte> wire)
    {
        return IsInt64(value) ? DecimalWire.FromInt64((long)value, wire)
            : TryShort(value, out var unscaled, out var scale) ? DecimalWire.FromScaled(unscaled, scale, wire)
            : Parse(value, wire);
    }

    /// <summary>Writes the decimal that a single means; answers the bytes written, at most <see cref="MaxWireLength"/>.</summary>
    public static int FromFloat32(float value, Span<byte> wire)
    {
        if (IsInt64(value))
        {
            return DecimalWire.FromInt64((long)value, wire);
        }

        Span<byte> text = stackalloc byte[MaxShortestLength];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        return Parse(text[..length], wire);
    }

    /// <summary>Whether a double is exactly a 64-bit integer (−0 is 0).</summary>
    public static bool IsInt64(double value) => value >= -Int64Limit && value < Int64Limit && Math.Floor(value) == value;

    /// <summary>The double that means this decimal; false where none does.</summary>
    public static bool TryToFloat64(ReadOnlySpan<byte> wire, out double value)
    {
        value = Nearest(wire);
        Span<byte> back = stackalloc byte[MaxWireLength];
        return DecimalWire.ValueEquals(wire, back[..FromFloat64(value, back)]);
    }

    /// <summary>The single that means this decimal; false where none does.</summary>
    public static bool TryToFloat32(ReadOnlySpan<byte> wire, out float value)
    {
        Span<byte> text = DecimalText.MaxTextLength(wire) is var room && room <= 512 ? stackalloc byte[512] : new byte[room];
        value = float.Parse(text[..DecimalText.Format(wire, text)], NumberStyles.Float, CultureInfo.InvariantCulture);
        Span<byte> back = stackalloc byte[MaxWireLength];
        return DecimalWire.ValueEquals(wire, back[..FromFloat32(value, back)]);
    }

    /// <summary>
    /// Finds the shortest decimal of a few digits behind the point without making text of it. Division of two integers that doubles
    /// hold gives the double nearest to the quotient, and of decimals with up to 15 digits no two have the same nearest double; so
    /// what divides back to the value is its shortest decimal.
    /// </summary>
    private static bool TryShort(double value, out long unscaled, out int scale)
    {
        var power = 1.0;
        for (scale = 1; scale <= MaxShortScale; scale++)
        {
            power *= 10;
            var rounded = Math.Round(value * power);
            if (Math.Abs(rounded) < MaxShortInteger && rounded / power == value)
            {
                unscaled = (long)rounded;
                return true;
            }
        }

        unscaled = 0;
        return false;
    }

    private static double Nearest(ReadOnlySpan<byte> wire)
    {
        Span<byte> text = DecimalText.MaxTextLength(wire) is var room && room <= 512 ? stackalloc byte[512] : new byte[room];
        return double.Parse(text[..DecimalText.Format(wire, text)], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    // A method of its own: room on the stack is cleared each time that a method which takes it is entered.
    private static int Parse(double value, Span<byte> wire)
    {
        Span<byte> text = stackalloc byte[MaxShortestLength];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        return Parse(text[..length], wire);
    }

    private static int Parse(ReadOnlySpan<byte> text, Span<byte> wire) =>
        DecimalText.TryParse(text, wire, out var length)
            ? length
            : throw new InvalidOperationException("A float's own text is not a number.");
}
