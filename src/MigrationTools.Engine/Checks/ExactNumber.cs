using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace MigrationTools.Engine.Checks;

/// <summary>
/// A number as it was written, compared without rounding: decimal.Parse would silently cut the 30th digit and double the 17th,
/// and two values that differ there are not equal.
/// </summary>
internal readonly partial record struct ExactNumber : IComparable<ExactNumber>
{
    // Beyond it a comparison by digits would build numbers of a million digits for a text like 1e1000000.
    private const int LargestExponent = 5000;

    private readonly BigInteger _mantissa;
    private readonly int _exponent;
    private readonly int _infinity;

    private ExactNumber(BigInteger mantissa, int exponent, int infinity)
    {
        _mantissa = mantissa;
        _exponent = exponent;
        _infinity = infinity;
    }

    /// <summary>Reads 12, -1.50, .5, 1e-9, Infinity, -inf; false for everything else, NaN included.</summary>
    public static bool TryParse(string text, out ExactNumber number)
    {
        number = default;
        var match = Number().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var negative = match.Groups["sign"].ValueSpan is "-";
        if (match.Groups["infinity"].Success)
        {
            number = new ExactNumber(0, 0, negative ? -1 : 1);
            return true;
        }

        var whole = match.Groups["whole"].Value;
        var fraction = match.Groups["fraction"].Value;
        var exponent = 0;
        if (whole.Length + fraction.Length is 0 or > LargestExponent
            || (match.Groups["exponent"] is { Success: true } written
                && (!int.TryParse(written.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                    || Math.Abs((long)exponent) > LargestExponent)))
        {
            return false;
        }

        var mantissa = BigInteger.Parse(whole + fraction, NumberStyles.None, CultureInfo.InvariantCulture);
        number = new ExactNumber(negative ? -mantissa : mantissa, exponent - fraction.Length, 0);
        return true;
    }

    public int CompareTo(ExactNumber other)
    {
        if (_infinity != 0 || other._infinity != 0)
        {
            return _infinity.CompareTo(other._infinity);
        }

        var exponent = Math.Min(_exponent, other._exponent);
        return At(exponent).CompareTo(other.At(exponent));
    }

    private BigInteger At(int exponent) => _mantissa * BigInteger.Pow(10, _exponent - exponent);

    [GeneratedRegex(
        @"^\s*(?<sign>[+-]?)(?:(?<infinity>inf(?:inity)?)|(?<whole>[0-9]*)(?:\.(?<fraction>[0-9]*))?(?:[eE](?<exponent>[+-]?[0-9]+))?)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Number();
}
