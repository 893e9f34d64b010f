using System.Text.Json.Serialization;

namespace MigrationTools.Engine.Databases;

/// <summary>What a column's values mean, whichever engine holds them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LogicalKind>))]
public enum LogicalKind
{
    /// <summary>Each value brings its own type (a SQLite column without a type that means one).</summary>
    Dynamic = 0,
    Boolean,
    Int16,
    Int32,
    Int64,

    /// <summary>Exact decimal; precision and scale may be given.</summary>
    Decimal,
    Float32,
    Float64,

    /// <summary>Text of any or a maximum length.</summary>
    Text,

    /// <summary>char(n): padded with blanks to its length by the server.</summary>
    Char,
    Blob,
    Date,
    Time,

    /// <summary>Date and time of day without a zone.</summary>
    Timestamp,

    /// <summary>An instant.</summary>
    TimestampTz,
    Interval,
    Uuid,
    Json,

    /// <summary>A type of one server that no other knows; copied between servers of that engine as the bytes it sends.</summary>
    Opaque,
}
