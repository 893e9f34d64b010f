using System.Buffers.Binary;
using System.Text;

namespace MigrationTools.Databases.Conversion;

/// <summary>
/// Reads dates and times in ISO 8601's order of fields, as PostgreSQL (DateStyle ISO), SQLite's date functions and RFC 3339
/// write them: <c>2024-01-31</c>, <c>12:00</c>, <c>2024-01-31 12:00:00.5</c>, <c>T</c> between, <c>Z</c>, <c>±hh</c>,
/// <c>±hhmm</c>, <c>±hh:mm[:ss]</c> or <c>UTC</c> behind, <c>BC</c> at the end, <c>infinity</c>. Nothing is guessed: no order
/// of day and month, no two-digit year, no Julian or Unix number. What is finer than a microsecond is refused.
/// </summary>
public static class TimestampParser
{
    /// <summary>Of <c>2024-01-31 12:00:00</c>.</summary>
    private const int CommonLength = 19;

    /// <summary><c>0000-00-</c></summary>
    private const ulong DatePattern = 0x2D30302D30303030;
    private const ulong DateSeparators = 0xFF0000FF00000000;

    /// <summary><c>00:00:00</c></summary>
    private const ulong TimePattern = 0x30303A30303A3030;
    private const ulong TimeSeparators = 0x0000FF0000FF0000;

    private const string Malformed = "not a date or time in ISO 8601 form";

    /// <summary>Reads the whole text; answers null, or why it can't be read.</summary>
    public static string? Parse(ReadOnlySpan<byte> text, out ParsedTimestamp parsed)
    {
        if (TryParseCommon(text, out var common))
        {
            var (midnights, sinceMidnight) = Math.DivRem(common, CivilCalendar.MicrosecondsPerDay);
            parsed = sinceMidnight < 0
                ? new ParsedTimestamp { Days = (int)midnights - 1, Time = sinceMidnight + CivilCalendar.MicrosecondsPerDay }
                : new ParsedTimestamp { Days = (int)midnights, Time = sinceMidnight };
            return null;
        }

        parsed = default;
        if (Ascii.EqualsIgnoreCase(text, "infinity"u8) || Ascii.EqualsIgnoreCase(text, "-infinity"u8))
        {
            parsed = new ParsedTimestamp { Infinity = text[0] == '-' ? -1 : 1 };
            return null;
        }

        var beforeChrist = text.Length > 3 && text[^3] == ' ' && Ascii.EqualsIgnoreCase(text[^2..], "bc"u8);
        var rest = beforeChrist ? text[..^3] : text;
        int? days = null;
        if (LeadingDigits(rest) >= 4)
        {
            var reason = ParseDate(ref rest, beforeChrist, out var day);
            if (reason is not null)
            {
                return reason;
            }

            days = day;
            if (rest.IsEmpty)
            {
                parsed = new ParsedTimestamp { Days = days };
                return null;
            }

            if (rest[0] is not ((byte)' ' or (byte)'T' or (byte)'t'))
            {
                return Malformed;
            }

            rest = rest[1..];
        }
        else if (beforeChrist)
        {
            return Malformed;
        }

        return ParseTime(ref rest, out var time) ?? ParseZone(rest, out var offset) ?? Accept(days, time, offset, out parsed);
    }

    /// <summary>
    /// Reads the form in which most are written, <c>2024-01-31 12:00:00</c>, eight characters at a time; false for whatever else it is, or is odd about it, which
    /// <see cref="Parse"/> tells.
    /// </summary>
    /// <param name="text">All of it.</param>
    /// <param name="microseconds">Since 2000-01-01, in the zone that the text does not name.</param>
    internal static bool TryParseCommon(ReadOnlySpan<byte> text, out long microseconds)
    {
        microseconds = 0;
        if (text.Length != CommonLength || text[10] is not ((byte)' ' or (byte)'T') || !TryTwoDigits(text[8..], out var day)
            || !TryEightDigits(text, DatePattern, DateSeparators, out var date) || !TryEightDigits(text[11..], TimePattern, TimeSeparators, out var time))
        {
            return false;
        }

        var year = (Digit(date, 0) * 1000) + (Digit(date, 1) * 100) + (Digit(date, 2) * 10) + Digit(date, 3);
        var month = (Digit(date, 5) * 10) + Digit(date, 6);
        var hours = (Digit(time, 0) * 10) + Digit(time, 1);
        var minutes = (Digit(time, 3) * 10) + Digit(time, 4);
        var seconds = (Digit(time, 6) * 10) + Digit(time, 7);
        if (year == 0 || !CivilCalendar.IsDate(year, month, day) || hours > 23 || minutes > 59 || seconds > 59)
        {
            return false;
        }

        microseconds = (CivilCalendar.ToDays(year, month, day) * CivilCalendar.MicrosecondsPerDay) + (((((hours * 60L) + minutes) * 60) + seconds) * 1_000_000);
        return true;
    }

    /// <summary>Whether the first eight characters are a pattern's, with any digits for its zeros.</summary>
    /// <param name="text">At least as many.</param>
    /// <param name="pattern">The pattern's characters, the first the lowest.</param>
    /// <param name="separators">The bits of those that are no zeros.</param>
    /// <param name="digits">The values of the digits, a byte each.</param>
    private static bool TryEightDigits(ReadOnlySpan<byte> text, ulong pattern, ulong separators, out ulong digits)
    {
        // '0' leaves of a digit its value, and of anything else more than 9, which six more bring into the high half of its byte if it was not there.
        digits = BinaryPrimitives.ReadUInt64LittleEndian(text) ^ pattern;
        return (digits & separators) == 0 && ((digits | (digits + 0x0606060606060606)) & 0xF0F0F0F0F0F0F0F0) == 0;
    }

    private static int Digit(ulong digits, int index) => (int)(digits >> (8 * index)) & 0xF;

    private static string? Accept(int? days, long time, int? offset, out ParsedTimestamp parsed)
    {
        parsed = new ParsedTimestamp { Days = days, Time = time, OffsetSeconds = offset };
        return null;
    }

    private static string? ParseDate(ref ReadOnlySpan<byte> text, bool beforeChrist, out int days)
    {
        days = 0;
        var width = LeadingDigits(text);
        if (width > 7 || text.Length < width + 6 || text[width] != '-' || text[width + 3] != '-'
            || !TryTwoDigits(text[(width + 1)..], out var month) || !TryTwoDigits(text[(width + 4)..], out var day)
            || LeadingDigits(text[(width + 4)..]) != 2)
        {
            return Malformed;
        }

        var year = 0;
        foreach (var digit in text[..width])
        {
            year = (year * 10) + (digit - '0');
        }

        text = text[(width + 6)..];
        if (year == 0)
        {
            return "the year 0000, which the calendar does not have";
        }

        year = beforeChrist ? 1 - year : year;
        if (!CivilCalendar.IsDate(year, month, day))
        {
            return "a day that the calendar does not have";
        }

        if (year is < -4713 or > 5874897 || (days = CivilCalendar.ToDays(year, month, day)) < CivilCalendar.FirstDay)
        {
            return "before 4714-11-24 BC or after the year 5874897";
        }

        return null;
    }

    private static string? ParseTime(ref ReadOnlySpan<byte> text, out long time)
    {
        time = 0;
        if (text.Length < 5 || text[2] != ':' || !TryTwoDigits(text, out var hours) || !TryTwoDigits(text[3..], out var minutes))
        {
            return Malformed;
        }

        text = text[5..];
        var seconds = 0;
        var fraction = 0L;
        if (text.Length > 0 && text[0] == ':')
        {
            if (!TryTwoDigits(text[1..], out seconds))
            {
                return Malformed;
            }

            text = text[3..];
            if (text.Length > 0 && text[0] is (byte)'.' or (byte)',')
            {
                var reason = ParseFraction(ref text, out fraction);
                if (reason is not null)
                {
                    return reason;
                }
            }
        }

        time = ((((hours * 60L) + minutes) * 60) + seconds) * 1_000_000;
        time += fraction;
        return minutes > 59 || seconds > 59 || time > CivilCalendar.MicrosecondsPerDay ? "a time that the day does not have" : null;
    }

    private static string? ParseFraction(ref ReadOnlySpan<byte> text, out long microseconds)
    {
        microseconds = 0;
        var digits = LeadingDigits(text[1..]);
        if (digits == 0)
        {
            return Malformed;
        }

        var fraction = text.Slice(1, digits);
        if (digits > 6 && fraction[6..].ContainsAnyExcept((byte)'0'))
        {
            return "finer than microseconds";
        }

        for (var index = 0; index < 6; index++)
        {
            microseconds = (microseconds * 10) + (index < digits ? fraction[index] - '0' : 0);
        }

        text = text[(1 + digits)..];
        return null;
    }

    private static string? ParseZone(ReadOnlySpan<byte> text, out int? offset)
    {
        offset = null;
        if (text.IsEmpty)
        {
            return null;
        }

        text = text[0] == ' ' ? text[1..] : text;
        if (Ascii.EqualsIgnoreCase(text, "z"u8) || Ascii.EqualsIgnoreCase(text, "utc"u8))
        {
            offset = 0;
            return null;
        }

        if (text.Length < 3 || text[0] is not ((byte)'+' or (byte)'-') || !TryTwoDigits(text[1..], out var hours))
        {
            return Malformed;
        }

        var negative = text[0] == '-';
        var rest = text[3..];
        if (!TryPart(ref rest, out var minutes) || !TryPart(ref rest, out var seconds) || !rest.IsEmpty || hours > 15 || minutes > 59 || seconds > 59)
        {
            return Malformed;
        }

        offset = (((hours * 60) + minutes) * 60) + seconds;
        offset = negative ? -offset : offset;
        return null;
    }

    /// <summary>Takes <c>:mm</c> or <c>mm</c> off the front, where there is any.</summary>
    private static bool TryPart(ref ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        text = text[0] == ':' ? text[1..] : text;
        if (!TryTwoDigits(text, out value))
        {
            return false;
        }

        text = text[2..];
        return true;
    }

    private static int LeadingDigits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }

    private static bool TryTwoDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        if (text.Length < 2 || !char.IsAsciiDigit((char)text[0]) || !char.IsAsciiDigit((char)text[1]))
        {
            return false;
        }

        value = ((text[0] - '0') * 10) + (text[1] - '0');
        return true;
    }
}
