namespace MigrationTools.Databases.Conversion;

/// <summary>
/// Dates and times as text that PostgreSQL, SQLite and ISO 8601 all read: <c>2024-01-31 12:00:00.5Z</c>. Fractions are
/// written without zeros at their end; years before 1 as PostgreSQL does (<c>0044-03-15 BC</c>); infinities as <c>infinity</c>
/// and <c>-infinity</c>.
/// </summary>
public static class TimestampText
{
    /// <summary>Room for any of them.</summary>
    public const int MaxLength = 48;

    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>Writes days since 2000-01-01; answers the bytes written.</summary>
    public static int FormatDate(int days, Span<byte> text)
    {
        if (days is int.MaxValue or int.MinValue)
        {
            return WriteInfinity(days > 0, text);
        }

        var length = WriteDate(days, text, out var beforeChrist);
        return beforeChrist ? Write(" BC"u8, text, length) : length;
    }

    /// <summary>Writes microseconds since midnight, 24:00:00 included; answers the bytes written.</summary>
    public static int FormatTime(long microseconds, Span<byte> text) => WriteTime(microseconds, text, 0);

    /// <summary>Writes microseconds since 2000-01-01T00:00; answers the bytes written.</summary>
    public static int FormatTimestamp(long microseconds, Span<byte> text) => WriteTimestamp(microseconds, default, text);

    /// <summary>Writes an instant in UTC, with Z behind it; answers the bytes written.</summary>
    public static int FormatTimestampTz(long microseconds, Span<byte> text) => WriteTimestamp(microseconds, "Z"u8, text);

    /// <summary>Days (rounded down) and microseconds of the day.</summary>
    internal static (int Days, long Time) Split(long microseconds)
    {
        var days = Math.DivRem(microseconds, CivilCalendar.MicrosecondsPerDay, out var time);
        return time < 0 ? ((int)days - 1, time + CivilCalendar.MicrosecondsPerDay) : ((int)days, time);
    }

    internal static int WriteTime(long microseconds, Span<byte> text, int start)
    {
        var seconds = Math.DivRem(microseconds, MicrosecondsPerSecond, out var fraction);
        var length = WriteDigits(seconds / 3600, 2, text, start);
        text[length++] = (byte)':';
        length = WriteDigits(seconds / 60 % 60, 2, text, length);
        text[length++] = (byte)':';
        length = WriteDigits(seconds % 60, 2, text, length);
        if (fraction == 0)
        {
            return length;
        }

        text[length++] = (byte)'.';
        length = WriteDigits(fraction, 6, text, length);
        while (text[length - 1] == '0')
        {
            length--;
        }

        return length;
    }

    private static int WriteTimestamp(long microseconds, ReadOnlySpan<byte> zone, Span<byte> text)
    {
        if (microseconds is long.MaxValue or long.MinValue)
        {
            return WriteInfinity(microseconds > 0, text);
        }

        var (days, time) = Split(microseconds);
        var length = WriteDate(days, text, out var beforeChrist);
        text[length++] = (byte)' ';
        length = WriteTime(time, text, length);
        length = Write(zone, text, length);
        return beforeChrist ? Write(" BC"u8, text, length) : length;
    }

    private static int WriteDate(int days, Span<byte> text, out bool beforeChrist)
    {
        var (year, month, day) = CivilCalendar.FromDays(days);
        beforeChrist = year <= 0;
        var length = WriteDigits(beforeChrist ? 1 - year : year, 4, text, 0);
        text[length++] = (byte)'-';
        length = WriteDigits(month, 2, text, length);
        text[length++] = (byte)'-';
        return WriteDigits(day, 2, text, length);
    }

    private static int WriteInfinity(bool positive, Span<byte> text) => Write(positive ? "infinity"u8 : "-infinity"u8, text, 0);

    private static int Write(ReadOnlySpan<byte> value, Span<byte> text, int start)
    {
        value.CopyTo(text[start..]);
        return start + value.Length;
    }

    /// <summary>Writes at least <paramref name="width"/> digits.</summary>
    private static int WriteDigits(long value, int width, Span<byte> text, int start)
    {
        var count = width;
        for (var limit = width == 2 ? 100L : 10_000L; width <= 4 && value >= limit; limit *= 10)
        {
            count++;
        }

        for (var index = start + count - 1; index >= start; index--)
        {
            text[index] = (byte)('0' + (value % 10));
            value /= 10;
        }

        return start + count;
    }
}
