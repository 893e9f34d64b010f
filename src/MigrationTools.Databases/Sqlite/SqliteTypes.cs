using System.Globalization;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Sqlite;

/// <summary>
/// Declared types of SQLite's columns: their affinity, what they mean, and which one a logical type gets. A declared type may be
/// several words, and the affinity goes by the letters inside it: <c>DECIMAL TEXT(38,10)</c> means a decimal and keeps text.
/// </summary>
internal static class SqliteTypes
{
    /// <summary>Decimals of so many digits survive a trip through an 8-byte float (DBL_DIG).</summary>
    private const int ExactFloatDigits = 15;

    public static SqliteAffinity AffinityOf(string declared, bool strict)
    {
        var type = declared.ToUpperInvariant();
        if (strict && type == "ANY")
        {
            return SqliteAffinity.None;
        }

        return type switch
        {
            _ when Has(type, "INT") => SqliteAffinity.Integer,
            _ when Has(type, "CHAR") || Has(type, "CLOB") || Has(type, "TEXT") => SqliteAffinity.Text,
            _ when Has(type, "BLOB") || type.Length == 0 => SqliteAffinity.None,
            _ when Has(type, "REAL") || Has(type, "FLOA") || Has(type, "DOUB") => SqliteAffinity.Real,
            _ => SqliteAffinity.Numeric,
        };
    }

    /// <summary>What a declared type means; Dynamic where it says nothing that is known.</summary>
    public static LogicalType LogicalOf(string declared)
    {
        var (words, first, second) = Split(declared.ToUpperInvariant());
        return words switch
        {
            _ when Has(words, "INTERVAL") => new LogicalType(LogicalKind.Interval),
            _ when Has(words, "TIMESTAMPTZ") || Has(words, "DATETIMEOFFSET") || (Has(words, "TIMESTAMP") && Has(words, "WITH TIME ZONE")) =>
                new LogicalType(LogicalKind.TimestampTz) { Precision = first },
            _ when Has(words, "TIMESTAMP") || Has(words, "DATETIME") => new LogicalType(LogicalKind.Timestamp) { Precision = first },
            _ when HasWord(words, "DATE") => new LogicalType(LogicalKind.Date),
            _ when HasWord(words, "TIME") => new LogicalType(LogicalKind.Time) { Precision = first },
            _ when Has(words, "UUID") || Has(words, "GUID") || Has(words, "UNIQUEIDENTIFIER") => new LogicalType(LogicalKind.Uuid),
            _ when Has(words, "JSON") => new LogicalType(LogicalKind.Json),
            _ when Has(words, "BOOL") => new LogicalType(LogicalKind.Boolean),
            _ when Has(words, "DECIMAL") || Has(words, "NUMERIC") || HasWord(words, "DEC") || HasWord(words, "NUMBER") || HasWord(words, "MONEY") =>
                new LogicalType(LogicalKind.Decimal) { Precision = first, Scale = first is null ? null : second ?? 0 },
            _ when HasInteger(words) => new LogicalType(LogicalKind.Int64),
            _ when Has(words, "CHAR") || Has(words, "CLOB") || Has(words, "TEXT") => new LogicalType(LogicalKind.Text) { Length = first },
            _ when Has(words, "BLOB") || Has(words, "BYTEA") || Has(words, "BINARY") => new LogicalType(LogicalKind.Blob) { Length = first },
            _ when Has(words, "REAL") || Has(words, "FLOA") || Has(words, "DOUB") => new LogicalType(LogicalKind.Float64),
            _ => new LogicalType(LogicalKind.Dynamic),
        };
    }

    public static string DeclaredFor(LogicalType type) => type.Kind switch
    {
        LogicalKind.Dynamic => string.Empty,
        LogicalKind.Boolean => "BOOLEAN",
        LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 => "INTEGER",
        LogicalKind.Decimal when type.Precision is { } digits && digits <= ExactFloatDigits => Sized("DECIMAL", digits, type.Scale),
        LogicalKind.Decimal => Sized("DECIMAL TEXT", type.Precision, type.Scale),
        LogicalKind.Float32 or LogicalKind.Float64 => "REAL",
        LogicalKind.Text => type.Length is null ? "TEXT" : Sized("VARCHAR", type.Length, null),
        LogicalKind.Char => Sized("CHARACTER", type.Length ?? 1, null),
        LogicalKind.Blob => Sized("BLOB", type.Length, null),
        LogicalKind.Date => "DATE",
        LogicalKind.Time => Sized("TIME", type.Precision, null),
        LogicalKind.Timestamp => Sized("TIMESTAMP", type.Precision, null),
        LogicalKind.TimestampTz => Sized("TIMESTAMPTZ", type.Precision, null),
        LogicalKind.Interval => "INTERVAL TEXT",
        LogicalKind.Uuid => "UUID TEXT",
        LogicalKind.Json => "JSON TEXT",
        LogicalKind.Opaque => "TEXT",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "No such logical type."),
    };

    private static string Sized(string name, int? first, int? second) => (first, second) switch
    {
        (null, _) => name,
        (_, null) => string.Create(CultureInfo.InvariantCulture, $"{name}({first})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{name}({first},{second})"),
    };

    // The sizes stand in the first parentheses; words may follow them, as in TIMESTAMP(3) WITH TIME ZONE.
    private static (string Words, int? First, int? Second) Split(string type)
    {
        var open = type.IndexOf('(', StringComparison.Ordinal);
        var close = open < 0 ? -1 : type.IndexOf(')', open);
        if (close < 0)
        {
            return (type, null, null);
        }

        var sizes = type[(open + 1)..close].Split(',');
        return (type[..open].TrimEnd() + type[(close + 1)..], Size(sizes[0]), sizes.Length > 1 ? Size(sizes[1]) : null);
    }

    private static int? Size(string text) =>
        int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size) ? size : null;

    private static bool Has(string words, string part) => words.Contains(part, StringComparison.Ordinal);

    private static bool HasWord(string words, string word) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(word, StringComparer.Ordinal);

    // INT, INTEGER, INT8, BIGINT, UNSIGNED BIG INT … but not POINT.
    private static bool HasInteger(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Any(word => word.StartsWith("INT", StringComparison.Ordinal) || (word.EndsWith("INT", StringComparison.Ordinal) && !word.EndsWith("POINT", StringComparison.Ordinal)));
}
