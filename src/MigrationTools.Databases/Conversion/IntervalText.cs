using System.Buffers.Binary;
using System.Globalization;

namespace MigrationTools.Databases.Conversion;

/// <summary>
/// Intervals (months, days and microseconds, none turned into another) as ISO 8601 durations in which every field has a sign of its own, such as
/// <c>P1Y2M-3DT4H5M6.7S</c>: PostgreSQL's IntervalStyle <c>iso_8601</c>. Its style <c>postgres</c> is read too.
/// </summary>
public static class IntervalText
{
    /// <summary>Room for any interval.</summary>
    public const int MaxLength = 96;

    /// <summary>Bytes of an interval cell.</summary>
    public const int CellLength = 16;

    /// <summary>Writes the text of an interval cell; answers the bytes written.</summary>
    public static int Format(ReadOnlySpan<byte> cell, Span<byte> text)
    {
        var microseconds = BinaryPrimitives.ReadInt64LittleEndian(cell);
        var days = BinaryPrimitives.ReadInt32LittleEndian(cell[8..]);
        var months = BinaryPrimitives.ReadInt32LittleEndian(cell[12..]);
        text[0] = (byte)'P';
        var length = 1;
        WriteField(months / 12, 'Y', text, ref length);
        WriteField(months % 12, 'M', text, ref length);
        WriteField(days, 'D', text, ref length);
        if (microseconds != 0 || length == 1)
        {
            text[length++] = (byte)'T';
            WriteField(microseconds / 3_600_000_000, 'H', text, ref length);
            WriteField(microseconds / 60_000_000 % 60, 'M', text, ref length);
            WriteSeconds(microseconds % 60_000_000, microseconds == 0, text, ref length);
        }

        return length;
    }

    /// <summary>Reads an interval into the bytes of a cell; false where the text is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<byte> cell)
    {
        var fields = new IntervalFields();
        var read = text.Length > 0 && text[0] is (byte)'P' or (byte)'p' ? fields.TryReadIso(text[1..]) : fields.TryReadWords(text);
        if (!read || fields.Months is < int.MinValue or > int.MaxValue || fields.Days is < int.MinValue or > int.MaxValue
            || fields.Microseconds < long.MinValue || fields.Microseconds > long.MaxValue)
        {
            return false;
        }

        BinaryPrimitives.WriteInt64LittleEndian(cell, (long)fields.Microseconds);
        BinaryPrimitives.WriteInt32LittleEndian(cell[8..], (int)fields.Days);
        BinaryPrimitives.WriteInt32LittleEndian(cell[12..], (int)fields.Months);
        return true;
    }

    private static void WriteField(long value, char unit, Span<byte> text, ref int length)
    {
        if (value == 0)
        {
            return;
        }

        value.TryFormat(text[length..], out var written, default, CultureInfo.InvariantCulture);
        length += written;
        text[length++] = (byte)unit;
    }

    private static void WriteSeconds(long microseconds, bool evenNone, Span<byte> text, ref int length)
    {
        if (microseconds == 0 && !evenNone)
        {
            return;
        }

        if (microseconds < 0)
        {
            text[length++] = (byte)'-';
        }

        var (seconds, fraction) = Math.DivRem(Math.Abs(microseconds), 1_000_000);
        seconds.TryFormat(text[length..], out var written, default, CultureInfo.InvariantCulture);
        length += written;
        if (fraction != 0)
        {
            text[length++] = (byte)'.';
            fraction.TryFormat(text[length..], out written, "D6", CultureInfo.InvariantCulture);
            length += text.Slice(length, written).TrimEnd((byte)'0').Length;
        }

        text[length++] = (byte)'S';
    }
}
