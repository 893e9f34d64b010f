using System.Globalization;
using System.Text;
using MigrationTools.Databases.Comparison.Repair;
using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>Cells as quoted literals, for sessions with standard_conforming_strings on.</summary>
internal static class PostgresLiteral
{
    private const string Nul = "PostgreSQL's text can't hold the NUL character that is in it";
    private const string NoChar = "a byte of the type \"char\" that is not ASCII has no literal that every version reads";

    /// <exception cref="ArgumentException">The cell has no text that the server would read back.</exception>
    public static string Of(CellKind kind, ReadOnlySpan<byte> cell)
    {
        if (kind is CellKind.Null or CellKind.Opaque)
        {
            throw new ArgumentException(kind == CellKind.Null
                ? "A key with NULL has no place in an order; use a key whose columns are NOT NULL."
                : "A key of a type that only the server knows has no literal; read its column as text.");
        }

        return Quote(CellText.ToString(kind, cell)!);
    }

    /// <summary>A cell for a column that takes it, in a script for people and for psql: whole numbers bare, all else as text that the column's type reads.</summary>
    /// <param name="column">The column beside it.</param>
    /// <param name="kind">Of the cell; of the column's type, or text for a type that only the server knows.</param>
    /// <param name="cell">The cell's bytes.</param>
    /// <param name="refusal">Why there is no such literal; null where there is.</param>
    public static string For(ColumnSchema column, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal)
    {
        refusal = null;
        switch (kind)
        {
            case CellKind.Null:
                return "NULL";
            case CellKind.Opaque:
                refusal = "bytes of a type that only the server knows have no literal";
                return string.Empty;
            case CellKind.Boolean when column.Type.Kind == LogicalKind.Boolean:
                return cell[0] == 0 ? "false" : "true";
            case CellKind.Int64 when column.Type.Kind is LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64:
                return CellText.ToString(kind, cell)!;
        }

        var text = CellText.ToString(kind, cell)!;
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            refusal = Nul;
            return string.Empty;
        }

        if (column.ServerType == "\"char\"" && text.Length > 1)
        {
            // Only from version 16 on does "char" read \ooo.
            refusal = NoChar;
            return string.Empty;
        }

        return OnLines(text);
    }

    /// <summary>The same for a long cell; null where there is no literal, or cells of its kind are never long.</summary>
    public static LongLiteral? Long(ColumnSchema column, CellKind kind, ReadOnlySpan<byte> cell, out string? refusal)
    {
        refusal = null;
        if (kind == CellKind.Blob)
        {
            return LongLiteral.OfHex(@"'\x", cell, "'");
        }

        if (kind is not (CellKind.Text or CellKind.Json))
        {
            return null;
        }

        refusal = cell.Contains((byte)0) ? Nul : column.ServerType == "\"char\"" ? NoChar : null;
        if (refusal is not null)
        {
            return null;
        }

        var (escaped, quotes) = (Escaped(cell), cell.Count((byte)'\''));
        return escaped == 0
            ? LongLiteral.OfText("'", LongLiteral.WriteQuoted, "'", cell.Length + quotes + 2L)
            : LongLiteral.OfText("E'", (text, characters) => text.Write(Escape(characters)), "'", cell.Length + quotes + cell.Count((byte)'\\') + (escaped * 5) + 3);
    }

    // Bytes that are, or may be the first of, a control character.
    private static long Escaped(ReadOnlySpan<byte> utf8)
    {
        const byte firstOfTwo = 0xC2;
        var count = 0L;
        foreach (var value in utf8)
        {
            count += value is < 0x20 or 0x7F or firstOfTwo ? 1 : 0;
        }

        return count;
    }

    /// <summary>A text literal whose control characters are escaped, so that a file's line ends may be changed on the way without changing a value.</summary>
    public static string OnLines(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return Quote(text);
        }

        return $"E'{Escape(text)}'";
    }

    private static StringBuilder Escape(ReadOnlySpan<char> text)
    {
        var literal = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            _ = character switch
            {
                '\'' => literal.Append("''"),
                '\\' => literal.Append(@"\\"),
                '\n' => literal.Append(@"\n"),
                '\r' => literal.Append(@"\r"),
                '\t' => literal.Append(@"\t"),
                _ when char.IsControl(character) => literal.Append(CultureInfo.InvariantCulture, $@"\u{(int)character:x4}"),
                _ => literal.Append(character),
            };
        }

        return literal;
    }

    /// <summary>A text literal. With standard_conforming_strings on, only the quote needs care.</summary>
    public static string Quote(string text) => text.Contains('\0', StringComparison.Ordinal)
        ? throw new ArgumentException("PostgreSQL's text can't hold a NUL character.", nameof(text))
        : "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
