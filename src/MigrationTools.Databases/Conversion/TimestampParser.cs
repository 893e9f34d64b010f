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

    private const string Malformed = "not a date or time in ISO 8601 form";

    /// <summary>Reads the whole text; answers null, or why it can't be read.</summary>
    public static string? Parse(ReadOnlySpan<byte> text, out ParsedTimestamp parsed)
    {
        if (text.Length == CommonLength && ParseCommon(text, out parsed))
        {
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

    /// <summary>The form in which most are written, <c>2024-01-31 12:00:00</c>; whatever is odd about it is left to the long way.</summary>
    private static bool ParseCommon(ReadOnlySpan<byte> text, out ParsedTimestamp parsed)
    {
        parsed = default;
        if (text[4] != '-' || text[7] != '-' || text[10] is not ((byte)' ' or (byte)'T') || text[13] != ':' || text[16] != ':'
            || !TryTwoDigits(text, out var century) || !TryTwoDigits(text[2..], out var yearOfCentury) || !TryTwoDigits(text[5..], out var month)
            || !TryTwoDigits(text[8..], out var day) || !TryTwoDigits(text[11..], out var hours) || !TryTwoDigits(text[14..], out var minutes)
            || !TryTwoDigits(text[17..], out var seconds))
        {
            return false;
        }

        var year = (century * 100) + yearOfCentury;
        if (year == 0 || !CivilCalendar.IsDate(year, month, day) || hours > 23 || minutes > 59 || seconds > 59)
        {
            return false;
        }

        parsed = new ParsedTimestamp
        {
            Days = CivilCalendar.ToDays(year, month, day),
            Time = ((((hours * 60L) + minutes) * 60) + seconds) * 1_000_000,
        };
        return true;
    }

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
