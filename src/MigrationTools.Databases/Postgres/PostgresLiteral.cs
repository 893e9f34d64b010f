using MigrationTools.Databases.Conversion;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>Cells as quoted literals, for sessions with standard_conforming_strings on.</summary>
internal static class PostgresLiteral
{
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

    /// <summary>A text literal. With standard_conforming_strings on, only the quote needs care.</summary>
    public static string Quote(string text) => text.Contains('\0', StringComparison.Ordinal)
        ? throw new ArgumentException("PostgreSQL's text can't hold a NUL character.", nameof(text))
        : "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
