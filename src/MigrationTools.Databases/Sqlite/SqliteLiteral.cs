using System.Globalization;
using System.Text;
using System.Text.Unicode;
using MigrationTools.Databases.Comparison.Repair;
using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Sqlite;

/// <summary>Cells as literals of a script (sqlite.org/lang_expr.html, "Literal Values"), in the forms in which <see cref="SqliteCellBinder"/> binds them.</summary>
/// <param name="encoding">Of the file's text: what CAST makes of bytes goes by it.</param>
internal sealed class SqliteLiteral(Encoding encoding)
{
    private const string NoUtf16 = "text that is not UTF-8 has no literal in a file that keeps text as UTF-16";

    /// <summary>A value just as SQLite stores it: what is compared with a stored value.</summary>
    public string Stored(CellKind kind, ReadOnlySpan<byte> cell) => For(SqliteAffinity.None, kind, cell, out _);

    /// <summary>A cell for a column of an affinity.</summary>
    /// <param name="affinity">Of the column.</param>
    /// <param name="kind">Of the cell.</param>
    /// <param name="cell">Its bytes.</param>
    /// <param name="refusal">Why the column would change the value, or it has no literal; null where neither is so.</param>
    public string For(SqliteAffinity affinity, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal)
    {
        refusal = null;
        switch (kind)
        {
            case CellKind.Null:
                return "NULL";
            case CellKind.Boolean:
                return cell[0] == 0 ? "0" : "1";
            case CellKind.Int64:
                return Integer(BitConverter.ToInt64(cell), affinity, out refusal);
            case CellKind.Float64:
                return Real(BitConverter.ToDouble(cell), affinity);
            case CellKind.Float32:
                return Real(BitConverter.ToSingle(cell), affinity);
            case CellKind.Decimal:
                return Decimal(cell, affinity, out refusal);
            case CellKind.Blob or CellKind.Opaque:
                return $"x'{Convert.ToHexString(cell)}'";
            case CellKind.Text or CellKind.Json:
                refusal = SqliteCellBinder.RefusalOfText(cell, affinity);
                return Text(cell, ref refusal);
            default:
                return Quoted(CellText.ToString(kind, cell)!);
        }
    }

    /// <summary>The same for a long cell; null where there is no literal, or cells of its kind are never long.</summary>
    public LongLiteral? Long(SqliteAffinity affinity, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal)
    {
        refusal = null;
        switch (kind)
        {
            case CellKind.Blob or CellKind.Opaque:
                return LongLiteral.OfHex("x'", cell, "'");
            case CellKind.Text or CellKind.Json:
                refusal = SqliteCellBinder.RefusalOfText(cell, affinity);
                return refusal is null ? LongText(cell, out refusal) : null;
            default:
                return null;
        }
    }

    private LongLiteral? LongText(ReadOnlySpan<byte> utf8, out string? refusal)
    {
        var isUtf8 = Utf8.IsValid(utf8);
        refusal = isUtf8 || encoding is UTF8Encoding ? null : NoUtf16;
        return isUtf8 && !HasControls(utf8) ? LongLiteral.OfText("'", LongLiteral.WriteQuoted, "'", utf8.Length + utf8.Count((byte)'\'') + 2L)
            : encoding is UTF8Encoding ? LongLiteral.OfHex("CAST(x'", utf8, "' AS TEXT)")
            : isUtf8 ? LongLiteral.OfText("CAST(x'", (text, characters) => LongLiteral.HexWriter()(text, encoding.GetBytes(characters.ToArray())), "' AS TEXT)", utf8.Length * 4L)
            : null;
    }

    private static string Integer(long value, SqliteAffinity affinity, out string? refusal)
    {
        refusal = SqliteCellBinder.RefusalOfInt64(value, affinity);
        return value.ToString(CultureInfo.InvariantCulture);
    }

    // SQLite has no literal for infinity, but reads a number past the range as it (sqlite.org/faq.html); NaN it keeps as text only.
    private static string Real(double value, SqliteAffinity affinity)
    {
        if (double.IsNaN(value))
        {
            return "'NaN'";
        }

        if (affinity == SqliteAffinity.Text)
        {
            return Quoted(CellText.ToString(CellKind.Float64, BitConverter.GetBytes(value))!);
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "9e999" : "-9e999";
        }

        return IsReadExactly(value, out var text) ? text : Exactly(value);
    }

    /// <summary>
    /// Versions of SQLite read decimals of 16 and more digits, or of large exponents, not always to the last bit (sqlite3AtoF of its util.c). Within
    /// 15 digits and a power of ten of at most 22 a single rounding gives the right float, whatever the machine (W. D. Clinger, How to read
    /// floating point numbers accurately, 1990).
    /// </summary>
    private static bool IsReadExactly(double value, out string text)
    {
        text = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var digits = shortest.Split('E')[0].Where(char.IsAsciiDigit).SkipWhile(digit => digit == '0').Count();
        var leading = int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        text = shortest.AsSpan().ContainsAny(".E") ? shortest : shortest + ".0";
        return value == 0 || (digits <= 15 && leading is > -8 and < 22);
    }

    /// <summary>A whole number times or through powers of two: no step rounds.</summary>
    private static string Exactly(double value)
    {
        const int fractionBits = 52, largestShift = 62;
        var bits = BitConverter.DoubleToInt64Bits(value);
        var (exponent, fraction) = ((int)((bits >> fractionBits) & 0x7FF), bits & ((1L << fractionBits) - 1));
        var whole = exponent == 0 ? fraction : fraction | (1L << fractionBits);
        var power = Math.Max(exponent, 1) - 1023 - fractionBits;
        var literal = new StringBuilder("(/* ").Append(CultureInfo.InvariantCulture, $"{value:R} */ {(value < 0 ? -whole : whole)} * 1.0");
        for (var left = Math.Abs(power); left > 0; left -= largestShift)
        {
            _ = literal.Append(CultureInfo.InvariantCulture, $" {(power < 0 ? '/' : '*')} (1 << {Math.Min(left, largestShift)})");
        }

        return literal.Append(')').ToString();
    }

    private static string Decimal(ReadOnlySpan<byte> cell, SqliteAffinity affinity, out string? refusal)
    {
        refusal = null;
        if (affinity != SqliteAffinity.Text && DecimalWire.TryToInt64(cell, out var whole))
        {
            return Integer(whole, affinity, out refusal);
        }

        var text = CellText.ToString(CellKind.Decimal, cell)!;
        if (affinity is SqliteAffinity.Text or SqliteAffinity.None || !DecimalWire.IsFinite(cell))
        {
            return Quoted(text);
        }

        if (!SqliteCellBinder.TryToFloat(cell, out var value))
        {
            refusal = $"{text} can't be kept exactly as a float, which a column of this type makes of it. Declare the column DECIMAL TEXT.";
        }

        return Real(value, affinity);
    }

    // The shell drops a carriage return at a line's end, and NUL ends a statement: such text is given by its bytes.
    private string Text(ReadOnlySpan<byte> utf8, ref string? refusal)
    {
        var isUtf8 = Utf8.IsValid(utf8);
        if (isUtf8 && !HasControls(utf8))
        {
            return Quoted(Encoding.UTF8.GetString(utf8));
        }

        if (encoding is UTF8Encoding)
        {
            return $"CAST(x'{Convert.ToHexString(utf8)}' AS TEXT)";
        }

        refusal ??= isUtf8 ? null : NoUtf16;
        return $"CAST(x'{Convert.ToHexString(encoding.GetBytes(Encoding.UTF8.GetString(utf8)))}' AS TEXT)";
    }

    private static bool HasControls(ReadOnlySpan<byte> utf8)
    {
        foreach (var value in utf8)
        {
            if (value is < 0x20 or 0x7F)
            {
                return true;
            }
        }

        return false;
    }

    private static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
