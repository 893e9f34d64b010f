using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Conversion;

/// <summary>Why a value can't be held, in the words that people read: one clause, never the value itself.</summary>
internal static class Refusals
{
    public const string NotANumber = "text that is not a number";
    public const string NotWhole = "not a whole number";
    public const string NumberAsTime = "a number, and whether it counts Julian days, Unix seconds or something else is not guessed";
    public const string NotUtf8 = "bytes that are not valid UTF-8";
    public const string NulCharacter = "text with the character U+0000, which the target can't hold";

    /// <summary>A kind of value that has no meaning as what the column holds.</summary>
    public static string Kind(CellKind kind, string wanted) => $"{Describe(kind)} where {wanted} is expected";

    private static string Describe(CellKind kind) => kind switch
    {
        CellKind.Boolean => "a boolean",
        CellKind.Int64 or CellKind.Float64 or CellKind.Float32 or CellKind.Decimal => "a number",
        CellKind.Text => "text",
        CellKind.Blob => "a blob",
        CellKind.Date => "a date",
        CellKind.Time => "a time of day",
        CellKind.Timestamp or CellKind.TimestampTz => "a timestamp",
        CellKind.Interval => "an interval",
        CellKind.Uuid => "a uuid",
        CellKind.Json => "JSON",
        CellKind.Opaque => "a value of a type that only its server knows",
        _ => kind.ToString(),
    };
}
