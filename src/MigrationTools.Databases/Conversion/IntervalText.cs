using System.Buffers.Binary;
using System.Globalization;

namespace MigrationTools.Databases.Conversion;

/// <summary>
/// Intervals (months, days and microseconds, none turned into another) as PostgreSQL writes them in IntervalStyle
/// <c>postgres</c>, such as <c>1 year 2 mons -3 days +04:05:06.7</c>; ISO 8601 durations are read too.
/// </summary>
public static class IntervalText
{
    /// <summary>Room for any interval.</summary>
    public const int MaxLength = 96;

    /// <summary>Bytes of an interval cell.</summary>
    public const int CellLength = 16;

    /// <summary>Writes the text of an interval cell; answers the bytes written. The signs follow PostgreSQL's EncodeInterval.</summary>
    public static int Format(ReadOnlySpan<byte> cell, Span<byte> text)
    {
        var microseconds = BinaryPrimitives.ReadInt64LittleEndian(cell);
        var days = BinaryPrimitives.ReadInt32LittleEndian(cell[8..]);
        var months = BinaryPrimitives.ReadInt32LittleEndian(cell[12..]);
        var (length, afterNegative) = (0, false);
        WriteField(months / 12, "year"u8, text, ref length, ref afterNegative);
        WriteField(months % 12, "mon"u8, text, ref length, ref afterNegative);
        WriteField(days, "day"u8, text, ref length, ref afterNegative);
        if (length > 0 && microseconds == 0)
        {
            return length;
        }

        if (length > 0)
        {
            text[length++] = (byte)' ';
        }

        if (microseconds < 0 || afterNegative)
        {
            text[length++] = microseconds < 0 ? (byte)'-' : (byte)'+';
        }

        return WriteClock(microseconds < 0 ? (ulong)-(microseconds + 1) + 1 : (ulong)microseconds, text, length);
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

    private static void WriteField(int value, ReadOnlySpan<byte> unit, Span<byte> text, ref int length, ref bool afterNegative)
    {
        if (value == 0)
        {
            return;
        }

        if (length > 0)
        {
            text[length++] = (byte)' ';
        }

        if (afterNegative && value > 0)
        {
            text[length++] = (byte)'+';
        }

        value.TryFormat(text[length..], out var written, default, CultureInfo.InvariantCulture);
        length += written;
        text[length++] = (byte)' ';
        unit.CopyTo(text[length..]);
        length += unit.Length;
        if (value != 1)
        {
            text[length++] = (byte)'s';
        }

        afterNegative = value < 0;
    }

    /// <summary>Hours can have more than two digits.</summary>
    private static int WriteClock(ulong microseconds, Span<byte> text, int length)
    {
        var hours = microseconds / 3_600_000_000;
        if (hours > 99)
        {
            hours.TryFormat(text[length..], out var written, default, CultureInfo.InvariantCulture);
            length += written;
            Span<byte> rest = stackalloc byte[TimestampText.MaxLength];
            var restLength = TimestampText.WriteTime((long)(microseconds % 3_600_000_000), rest, 0);
            rest[2..restLength].CopyTo(text[length..]);
            return length + restLength - 2;
        }

        return TimestampText.WriteTime((long)microseconds, text, length);
    }
}
