using System.Text;
using SQLitePCL;

namespace MigrationTools.Databases.Sqlite;

/// <summary>Values between SQLite's statements and .NET's simple types: for the few, never for bulk.</summary>
internal static class SqliteValues
{
    /// <summary>The value as text that SQLite gives; a blob as hexadecimal digits.</summary>
    public static string? TextAt(sqlite3_stmt statement, int column) => raw.sqlite3_column_type(statement, column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_BLOB => Convert.ToHexString(raw.sqlite3_column_blob(statement, column)).ToLowerInvariant(),
        _ => Utf8At(statement, column),
    };

    public static long Int64At(sqlite3_stmt statement, int column) => raw.sqlite3_column_int64(statement, column);

    public static int Bind(sqlite3_stmt statement, int index, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, index),
        long number => raw.sqlite3_bind_int64(statement, index, number),
        int number => raw.sqlite3_bind_int64(statement, index, number),
        double number => raw.sqlite3_bind_double(statement, index, number),
        bool truth => raw.sqlite3_bind_int64(statement, index, truth ? 1 : 0),
        string text => raw.sqlite3_bind_text(statement, index, Encoding.UTF8.GetBytes(text)),
        byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
        _ => throw new ArgumentException($"A value of type {value.GetType().Name} can't be bound; use long, double, string, bool, byte[] or null.", nameof(value)),
    };

    // column_text makes SQLite turn the value into UTF-8; column_blob then gives those bytes with their length, so that a NUL inside does not end the text.
    private static string Utf8At(sqlite3_stmt statement, int column)
    {
        _ = raw.sqlite3_column_text(statement, column);
        return Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));
    }
}
