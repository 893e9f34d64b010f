using System.Globalization;

namespace MigrationTools.Databases.Cells;

/// <summary>A finite decimal number as its digits without zeros at either end and the power of ten of the last of them: equal numbers are equal records.</summary>
internal readonly record struct DecimalDigits(bool Negative, string Digits, int Exponent)
{
    /// <param name="number">Plain or scientific notation.</param>
    public static DecimalDigits Of(string number)
    {
        var mark = number.IndexOfAny(['e', 'E']);
        var exponent = mark < 0 ? 0 : int.Parse(number.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = mark < 0 ? number : number[..mark];
        var negative = mantissa.StartsWith('-');
        mantissa = mantissa.TrimStart('-', '+');
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }

        var withoutTail = mantissa.TrimEnd('0');
        var digits = withoutTail.TrimStart('0');
        return digits.Length == 0 ? new DecimalDigits(false, "0", 0) : new DecimalDigits(negative, digits, exponent + mantissa.Length - withoutTail.Length);
    }
}
