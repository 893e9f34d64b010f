using System.Globalization;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>PostgreSQL's types by meaning, both ways.</summary>
internal static class PostgresLogicalTypes
{
    private const int LargestDeclaredPrecision = 1000;
    private const int LargestFraction = 6;

    /// <param name="name">The base type's name in pg_type.</param>
    /// <param name="kind">typtype: b base, e enum, c composite, r range …</param>
    /// <param name="modifier">atttypmod; −1 for none.</param>
    public static LogicalType Of(string name, char kind, int modifier) => (kind, name) switch
    {
        ('e', _) => new LogicalType(LogicalKind.Text),
        (not 'b', _) => new LogicalType(LogicalKind.Opaque),
        (_, "bool") => new LogicalType(LogicalKind.Boolean),
        (_, "int2") => new LogicalType(LogicalKind.Int16),
        (_, "int4") => new LogicalType(LogicalKind.Int32),
        (_, "int8" or "oid" or "xid" or "cid") => new LogicalType(LogicalKind.Int64),
        (_, "float4") => new LogicalType(LogicalKind.Float32),
        (_, "float8") => new LogicalType(LogicalKind.Float64),
        (_, "numeric") => Numeric(modifier),
        (_, "text" or "name" or "citext" or "xml") => new LogicalType(LogicalKind.Text),
        (_, "char") => new LogicalType(LogicalKind.Text) { Length = 4 },
        (_, "varchar") => new LogicalType(LogicalKind.Text) { Length = Length(modifier) },
        (_, "bpchar") => new LogicalType(LogicalKind.Char) { Length = Length(modifier) },
        (_, "regclass" or "regtype" or "regproc" or "regprocedure" or "regoper" or "regoperator" or "regconfig" or "regdictionary" or "regnamespace" or "regrole" or "regcollation") =>
            new LogicalType(LogicalKind.Text),
        (_, "bytea") => new LogicalType(LogicalKind.Blob),
        (_, "date") => new LogicalType(LogicalKind.Date),
        (_, "time") => new LogicalType(LogicalKind.Time) { Precision = Fraction(modifier) },
        (_, "timestamp") => new LogicalType(LogicalKind.Timestamp) { Precision = Fraction(modifier) },
        (_, "timestamptz") => new LogicalType(LogicalKind.TimestampTz) { Precision = Fraction(modifier) },
        (_, "interval") => new LogicalType(LogicalKind.Interval),
        (_, "uuid") => new LogicalType(LogicalKind.Uuid),
        (_, "json" or "jsonb") => new LogicalType(LogicalKind.Json),
        _ => new LogicalType(LogicalKind.Opaque),
    };

    public static string ServerTypeFor(LogicalType type) => type.Kind switch
    {
        // A column of values of any type has no like here but text.
        LogicalKind.Dynamic or LogicalKind.Opaque => "text",
        LogicalKind.Boolean => "boolean",
        LogicalKind.Int16 => "smallint",
        LogicalKind.Int32 => "integer",
        LogicalKind.Int64 => "bigint",
        LogicalKind.Decimal when type.Precision is > 0 and <= LargestDeclaredPrecision && type.Scale is null or >= 0 =>
            string.Create(CultureInfo.InvariantCulture, $"numeric({type.Precision},{type.Scale ?? 0})"),
        LogicalKind.Decimal => "numeric",
        LogicalKind.Float32 => "real",
        LogicalKind.Float64 => "double precision",
        LogicalKind.Text when type.Length is > 0 => Sized("character varying", type.Length.Value),
        LogicalKind.Text => "text",
        LogicalKind.Char => Sized("character", Math.Max(1, type.Length ?? 1)),
        LogicalKind.Blob => "bytea",
        LogicalKind.Date => "date",
        LogicalKind.Time => Timed("time{0} without time zone", type.Precision),
        LogicalKind.Timestamp => Timed("timestamp{0} without time zone", type.Precision),
        LogicalKind.TimestampTz => Timed("timestamp{0} with time zone", type.Precision),
        LogicalKind.Interval => "interval",
        LogicalKind.Uuid => "uuid",
        LogicalKind.Json => "jsonb",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "No such logical type."),
    };

    // numeric.c: ((precision << 16) | (scale & 0x7ff)) + 4, the scale being signed since version 15.
    private static LogicalType Numeric(int modifier)
    {
        if (modifier < 4)
        {
            return new LogicalType(LogicalKind.Decimal);
        }

        var scale = (modifier - 4) & 0x7FF;
        return new LogicalType(LogicalKind.Decimal) { Precision = ((modifier - 4) >> 16) & 0xFFFF, Scale = (scale ^ 1024) - 1024 };
    }

    private static int? Length(int modifier) => modifier < 4 ? null : modifier - 4;

    private static int? Fraction(int modifier) => modifier < 0 ? null : modifier;

    private static string Sized(string name, int size) => string.Create(CultureInfo.InvariantCulture, $"{name}({size})");

    private static string Timed(string form, int? precision) => string.Format(
        CultureInfo.InvariantCulture, form, precision is >= 0 and < LargestFraction ? string.Create(CultureInfo.InvariantCulture, $"({precision})") : string.Empty);
}
