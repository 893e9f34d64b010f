using System.Globalization;
using System.Text;
using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;
using SQLitePCL;

namespace MigrationTools.Databases.Sqlite;

/// <summary>
/// Binds cells to a statement in the form in which SQLite keeps them, and refuses what SQLite would take but change:
/// <list type="bullet">
/// <item>booleans as 0 and 1; integers and floats as they are; NaN, which SQLite would turn into NULL, as the text NaN;</item>
/// <item>decimals as INTEGER where whole and within 64 bits, else as REAL where that gives the same decimal back, else as TEXT; always as TEXT (1.50
/// keeps its zero) where the column has TEXT affinity;</item>
/// <item>dates, times and moments as ISO 8601 text (YYYY-MM-DD HH:MM:SS.ffffff, zeros at the end left out), an instant in UTC with Z, infinities as
/// infinity and -infinity, years before Christ with BC; intervals as ISO 8601 durations;</item>
/// <item>uuids as lower-case text; JSON as its text; text and blobs by their bytes.</item>
/// </list>
/// </summary>
internal static class SqliteCellBinder
{
    /// <summary>Within so many digits and far from the ends of the range, every decimal comes back from a float (IEEE 754's DBL_DIG).</summary>
    private const int ExactFloatDigits = 15;

    /// <summary>Binds a key's cell, for a comparison: SQLite applies the column's affinity itself.</summary>
    public static int BindKey(sqlite3_stmt statement, int index, RowBatch rows, int row, int column) =>
        Bind(statement, index, rows.KindAt(row, column), rows.BytesAt(row, column), SqliteAffinity.None, out _);

    /// <summary>Binds a cell for a column of an affinity.</summary>
    /// <param name="statement">The INSERT.</param>
    /// <param name="index">Of the parameter, from 1.</param>
    /// <param name="kind">Of the cell.</param>
    /// <param name="cell">Its bytes.</param>
    /// <param name="affinity">Of the column.</param>
    /// <param name="refusal">Why the column would change the value; null where it would not.</param>
    /// <returns>SQLite's result code.</returns>
    public static int Bind(sqlite3_stmt statement, int index, CellKind kind, ReadOnlySpan<byte> cell, SqliteAffinity affinity, out string? refusal)
    {
        refusal = null;
        switch (kind)
        {
            case CellKind.Null:
                return raw.sqlite3_bind_null(statement, index);
            case CellKind.Boolean:
                return raw.sqlite3_bind_int64(statement, index, cell[0]);
            case CellKind.Int64:
                return BindInt64(statement, index, BitConverter.ToInt64(cell), affinity, out refusal);
            case CellKind.Float64:
                return BindFloat(statement, index, BitConverter.ToDouble(cell), affinity, out refusal);
            case CellKind.Float32:
                return BindFloat(statement, index, BitConverter.ToSingle(cell), affinity, out refusal);
            case CellKind.Decimal:
                return BindDecimal(statement, index, cell, affinity, out refusal);
            case CellKind.Text:
                refusal = RefusalOfText(cell, affinity);
                return raw.sqlite3_bind_text(statement, index, cell);
            case CellKind.Json:
                refusal = RefusalOfText(cell, affinity);
                return raw.sqlite3_bind_text(statement, index, cell);
            case CellKind.Blob or CellKind.Opaque:
                return raw.sqlite3_bind_blob(statement, index, cell);
            default:
                return BindAsText(statement, index, kind, cell);
        }
    }

    private static int BindInt64(sqlite3_stmt statement, int index, long value, SqliteAffinity affinity, out string? refusal)
    {
        refusal = RefusalOfInt64(value, affinity);
        return raw.sqlite3_bind_int64(statement, index, value);
    }

    internal static string? RefusalOfInt64(long value, SqliteAffinity affinity)
    {
        // 2^63 itself, to which the largest values are rounded, is not a long.
        var changes = affinity == SqliteAffinity.Real && ((double)value >= 9223372036854775808.0 || (long)(double)value != value);
        return changes ? $"the whole number {value.ToString(CultureInfo.InvariantCulture)} would lose digits in a column that keeps floats. Declare the column INTEGER." : null;
    }

    private static int BindFloat(sqlite3_stmt statement, int index, double value, SqliteAffinity affinity, out string? refusal)
    {
        refusal = null;
        if (double.IsNaN(value))
        {
            return raw.sqlite3_bind_text(statement, index, "NaN"u8);
        }

        if (affinity == SqliteAffinity.Text)
        {
            // SQLite would write it with 15 digits.
            Span<byte> cell = stackalloc byte[8];
            _ = BitConverter.TryWriteBytes(cell, value);
            return BindAsText(statement, index, CellKind.Float64, cell);
        }

        return raw.sqlite3_bind_double(statement, index, value);
    }

    private static int BindDecimal(sqlite3_stmt statement, int index, ReadOnlySpan<byte> cell, SqliteAffinity affinity, out string? refusal)
    {
        refusal = null;
        if (affinity != SqliteAffinity.Text && DecimalWire.TryToInt64(cell, out var whole))
        {
            return BindInt64(statement, index, whole, affinity, out refusal);
        }

        if (affinity is SqliteAffinity.Text or SqliteAffinity.None || !DecimalWire.IsFinite(cell))
        {
            return BindAsText(statement, index, CellKind.Decimal, cell);
        }

        if (!TryToFloat(cell, out var value))
        {
            refusal = $"{CellText.ToString(CellKind.Decimal, cell)} can't be kept exactly as a float, which a column of this type makes of it. Declare the column DECIMAL TEXT.";
        }

        return raw.sqlite3_bind_double(statement, index, value);
    }

    /// <summary>The float that a decimal becomes; false where it would not come back.</summary>
    internal static bool TryToFloat(ReadOnlySpan<byte> cell, out double value)
    {
        var leading = DecimalWire.LeadingExponent(cell);
        if (leading - DecimalWire.TrailingExponent(cell) >= ExactFloatDigits || leading is < -290 or > 290)
        {
            return DecimalFloat.TryToFloat64(cell, out value);
        }

        using var scratch = new Scratch(stackalloc byte[Scratch.StackLength], DecimalText.MaxTextLength(cell));
        value = double.Parse(scratch.Bytes[..DecimalText.Format(cell, scratch.Bytes)], NumberStyles.Float, CultureInfo.InvariantCulture);
        return true;
    }

    private static int BindAsText(sqlite3_stmt statement, int index, CellKind kind, ReadOnlySpan<byte> cell)
    {
        using var scratch = new Scratch(stackalloc byte[Scratch.StackLength], CellText.MaxLength(kind, cell));
        return raw.sqlite3_bind_text(statement, index, scratch.Bytes[..CellText.Format(kind, cell, scratch.Bytes)]);
    }

    // Text that looks like a number becomes one where the affinity is numeric: '007' would come back as 7.
    internal static string? RefusalOfText(ReadOnlySpan<byte> text, SqliteAffinity affinity)
    {
        if (affinity is SqliteAffinity.None or SqliteAffinity.Text || !SqliteNumberText.LooksLikeNumber(text))
        {
            return null;
        }

        return SqliteNumberText.SurvivesAsNumber(text, affinity)
            ? null
            : $"the text '{Encoding.UTF8.GetString(text)}' would become a number in a column of this type and not come back as it was. Declare the column TEXT.";
    }
}
