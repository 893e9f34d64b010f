using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MigrationTools.Databases.Conversion;

/// <summary>The sums of an interval's fields while its text is read. Fractions are taken of seconds only; of other units they are refused.</summary>
internal struct IntervalFields
{
    private const int MaxDigits = 18;

    public long Months { get; private set; }

    public long Days { get; private set; }

    public Int128 Microseconds { get; private set; }

    /// <summary>Reads <c>1 year 2 mons -3 days 04:05:06.7</c>.</summary>
    public bool TryReadWords(ReadOnlySpan<byte> text)
    {
        var any = false;
        while (!text.IsEmpty)
        {
            var word = Take(ref text);
            if (word.Contains((byte)':'))
            {
                if (!text.IsEmpty || !TryClock(word))
                {
                    return false;
                }

                return true;
            }

            if (text.IsEmpty || !TryNumber(word, out var whole, out var micros) || !TryAdd(Unit(Take(ref text)), whole, micros))
            {
                return false;
            }

            any = true;
        }

        return any;
    }

    /// <summary>Reads <c>1Y2M3DT4H5M6.7S</c>, behind its P.</summary>
    public bool TryReadIso(ReadOnlySpan<byte> text)
    {
        var (any, time) = (false, false);
        while (!text.IsEmpty)
        {
            if (!time && text[0] is (byte)'T' or (byte)'t')
            {
                time = true;
                text = text[1..];
                continue;
            }

            var end = text.IndexOfAnyInRange((byte)'A', (byte)'z');
            if (end <= 0 || !TryNumber(text[..end], out var whole, out var micros))
            {
                return false;
            }

            var unit = (char.ToUpperInvariant((char)text[end]), time) switch
            {
                ('Y', false) => 'y',
                ('M', false) => 'n',
                ('W', false) => 'w',
                ('D', false) => 'd',
                ('H', true) => 'h',
                ('M', true) => 'm',
                ('S', true) => 's',
                _ => '?',
            };
            if (!TryAdd(unit, whole, micros))
            {
                return false;
            }

            any = true;
            text = text[(end + 1)..];
        }

        return any;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)' ');
        var word = end < 0 ? text : text[..end];
        text = end < 0 ? [] : text[(end + 1)..];
        return word;
    }

    private static char Unit(ReadOnlySpan<byte> word) => Encoding.ASCII.GetString(word).ToLowerInvariant() switch
    {
        "year" or "years" => 'y',
        "mon" or "mons" or "month" or "months" => 'n',
        "week" or "weeks" => 'w',
        "day" or "days" => 'd',
        "hour" or "hours" => 'h',
        "min" or "mins" or "minute" or "minutes" => 'm',
        "sec" or "secs" or "second" or "seconds" => 's',
        _ => '?',
    };

    /// <summary>A signed number; the part behind its point in millionths, with its sign.</summary>
    private static bool TryNumber(ReadOnlySpan<byte> word, out long whole, out long millionths)
    {
        (whole, millionths) = (0, 0);
        var negative = word.Length > 0 && word[0] == '-';
        var digits = word.Length > 0 && word[0] is (byte)'-' or (byte)'+' ? word[1..] : word;
        var point = digits.IndexOf((byte)'.');
        var integer = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        if (integer.IsEmpty || integer.Length > MaxDigits || fraction.Length > 6 || integer.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9') || (point >= 0 && fraction.IsEmpty)
            || !Utf8Parser.TryParse(integer, out whole, out _))
        {
            return false;
        }

        millionths = fraction.IsEmpty ? 0 : long.Parse(Encoding.ASCII.GetString(fraction).PadRight(6, '0'), CultureInfo.InvariantCulture);
        (whole, millionths) = negative ? (-whole, -millionths) : (whole, millionths);
        return true;
    }

    private bool TryAdd(char unit, long whole, long millionths)
    {
        if (unit == '?' || (unit != 's' && millionths != 0) || Math.Abs(whole) > long.MaxValue / 16)
        {
            return false;
        }

        Months += unit switch { 'y' => whole * 12, 'n' => whole, _ => 0 };
        Days += unit switch { 'w' => whole * 7, 'd' => whole, _ => 0 };
        Microseconds += unit switch
        {
            'h' => (Int128)whole * 3_600_000_000,
            'm' => (Int128)whole * 60_000_000,
            's' => ((Int128)whole * 1_000_000) + millionths,
            _ => 0,
        };
        return true;
    }

    private bool TryClock(ReadOnlySpan<byte> word)
    {
        var negative = word[0] == '-';
        var clock = word[0] is (byte)'-' or (byte)'+' ? word[1..] : word;
        var first = clock.IndexOf((byte)':');
        var rest = clock[(first + 1)..];
        var second = rest.IndexOf((byte)':');
        var minutes = second < 0 ? rest : rest[..second];
        var seconds = second < 0 ? "0"u8 : rest[(second + 1)..];
        if (!TryNumber(clock[..first], out var h, out var hm) || !TryNumber(minutes, out var m, out var mm) || !TryNumber(seconds, out var s, out var sm)
            || hm != 0 || mm != 0 || h < 0 || m is < 0 or > 59 || s is < 0 or > 59 || minutes[0] is (byte)'+' or (byte)'-')
        {
            return false;
        }

        var total = ((Int128)h * 3_600_000_000) + ((Int128)m * 60_000_000) + ((Int128)s * 1_000_000) + sm;
        Microseconds += negative ? -total : total;
        return true;
    }
}
