using System.Globalization;
using System.Text.Json;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema.Expressions;

/// <summary>
/// Rewrites a column's default for another engine, if it is a literal or the current date or time. A literal is written in
/// the form of the target column's type: SQLite's <c>0</c> is PostgreSQL's <c>FALSE</c> where the column is boolean.
/// </summary>
internal static class PortableDefault
{
    private static readonly string[] TimestampForms = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF"];

    /// <summary>The default as SQL of the target; null for none (reason empty: the default is NULL) or where it is left behind.</summary>
    public static string? Convert(string expression, LogicalKind kind, ISqlDialect to, out string reason)
    {
        var toSqlite = to.Name == EngineTraits.Sqlite;
        var value = DefaultValue.Read(expression);
        reason = "";
        if (value is null)
        {
            reason = "it is not a literal or the current time";
            return null;
        }

        if (value.Kind == DefaultValueKind.Null)
        {
            return null;
        }

        var sql = value.Kind switch
        {
            DefaultValueKind.Now or DefaultValueKind.NowUtc => Now(value.Kind, kind, toSqlite),
            DefaultValueKind.Today => Today(kind, toSqlite),
            _ => Literal(value, kind, toSqlite),
        };
        if (sql is null)
        {
            reason = $"its value does not go with the target's {kind} column for certain";
        }

        return sql;
    }

    // SQLite's CURRENT_TIMESTAMP is UTC as 'YYYY-MM-DD HH:MM:SS' ("Column Definitions" of its CREATE TABLE); PostgreSQL's is an instant.
    private static string? Now(DefaultValueKind value, LogicalKind kind, bool toSqlite) => (toSqlite, kind) switch
    {
        (true, LogicalKind.Timestamp or LogicalKind.TimestampTz or LogicalKind.Text) => "CURRENT_TIMESTAMP",
        (false, LogicalKind.TimestampTz) when value == DefaultValueKind.Now => "CURRENT_TIMESTAMP",
        (false, LogicalKind.Timestamp or LogicalKind.TimestampTz) => "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')",
        (false, LogicalKind.Text) => "to_char(CURRENT_TIMESTAMP AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')",
        _ => null,
    };

    private static string? Today(LogicalKind kind, bool toSqlite) => (toSqlite, kind) switch
    {
        (true, LogicalKind.Date or LogicalKind.Text) => "CURRENT_DATE",
        (false, LogicalKind.Date) => "((CURRENT_TIMESTAMP AT TIME ZONE 'UTC')::date)",
        (false, LogicalKind.Text) => "to_char(CURRENT_TIMESTAMP AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
        _ => null,
    };

    private static string? Literal(DefaultValue value, LogicalKind kind, bool toSqlite) => kind switch
    {
        LogicalKind.Boolean => BooleanOf(value) is { } flag ? (toSqlite ? (flag ? "1" : "0") : (flag ? "TRUE" : "FALSE")) : null,
        LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 => IsWhole(value.Text) && IsNumeric(value) ? value.Text : null,
        LogicalKind.Decimal or LogicalKind.Float32 or LogicalKind.Float64 => IsNumeric(value) ? value.Text : null,
        LogicalKind.Text or LogicalKind.Char => value.Kind == DefaultValueKind.Text || (value.Kind == DefaultValueKind.Number && IsWhole(value.Text)) ? Quote(value.Text) : null,
        LogicalKind.Json => value.Kind == DefaultValueKind.Text && IsJson(value.Text) ? Quote(value.Text) : null,
        LogicalKind.Date => value.Kind == DefaultValueKind.Text && IsDate(value.Text) ? Quote(value.Text) : null,
        LogicalKind.Timestamp => value.Kind == DefaultValueKind.Text && IsTimestamp(value.Text) ? Quote(value.Text) : null,
        LogicalKind.Blob when value.Kind == DefaultValueKind.Blob => toSqlite ? $"X'{value.Text}'" : $"'\\x{value.Text}'::bytea",
        _ => null,
    };

    private static bool? BooleanOf(DefaultValue value) => value.Text.ToLowerInvariant() switch
    {
        "1" or "true" or "t" => true,
        "0" or "false" or "f" => false,
        _ => null,
    };

    private static bool IsNumeric(DefaultValue value) =>
        value.Kind is DefaultValueKind.Number or DefaultValueKind.Text
        && decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static bool IsWhole(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsTimestamp(string text) => DateTime.TryParseExact(text, TimestampForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
