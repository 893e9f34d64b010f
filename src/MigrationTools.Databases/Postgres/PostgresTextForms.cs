using System.Globalization;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Methods;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>The fields of <see cref="RowText"/> in PostgreSQL's SQL.</summary>
internal static class PostgresTextForms
{
    /// <summary>The form; null where a column has none, and rows must be streamed.</summary>
    public static RowTextForm? Of(PostgresWire wire, ColumnMeaning meaning)
    {
        if (meaning.Text.IgnoreCase || meaning.Text.Normalize)
        {
            return null;
        }

        var whole = wire is PostgresWire.Int2 or PostgresWire.Int4 or PostgresWire.Int8;
        return meaning.Kind switch
        {
            LogicalKind.Int16 or LogicalKind.Int32 or LogicalKind.Int64 when whole => RowTextForm.Number,
            LogicalKind.Decimal when whole || wire == PostgresWire.Numeric => RowTextForm.Number,
            LogicalKind.Text or LogicalKind.Char when wire == PostgresWire.Text => RowTextForm.Text,
            LogicalKind.Boolean when wire == PostgresWire.Bool => RowTextForm.Truth,
            LogicalKind.Float64 when wire is PostgresWire.Float8 or PostgresWire.Float4 => RowTextForm.Double,
            LogicalKind.Float32 when wire == PostgresWire.Float4 => RowTextForm.Single,
            LogicalKind.Timestamp when wire == PostgresWire.Timestamp => RowTextForm.Moment,
            LogicalKind.TimestampTz when wire is PostgresWire.Timestamp or PostgresWire.TimestampTz => RowTextForm.Moment,
            LogicalKind.Time when wire == PostgresWire.Time => RowTextForm.Time,
            LogicalKind.Date when wire == PostgresWire.Date => RowTextForm.Date,
            LogicalKind.Uuid when wire == PostgresWire.Uuid => RowTextForm.Uuid,
            LogicalKind.Blob when wire == PostgresWire.Bytea => RowTextForm.Bytes,
            _ => null,
        };
    }

    /// <summary>SQL of a field.</summary>
    public static string Sql(string value, PostgresWire wire, RowTextForm form, ColumnMeaning meaning)
    {
        var text = Text(value, wire, form, meaning);
        var letter = RowText.LetterOf(form);
        return form is RowTextForm.Text or RowTextForm.Bytes or RowTextForm.Number
            ? string.Create(CultureInfo.InvariantCulture, $"coalesce(CASE WHEN octet_length({text}) > {RowText.MostBytes} THEN octet_length({text}) || '{letter}#' || md5({text}) ELSE octet_length({text}) || '{letter}:' || {text} END, '-')")
            : $"coalesce(octet_length({text}) || '{letter}:' || {text}, '-')";
    }

    /// <summary>A statement that answers the fields of a form's probes, in order.</summary>
    public static string Probe(RowTextForm form)
    {
        var (type, wire) = form switch
        {
            RowTextForm.Number => ("numeric", PostgresWire.Numeric),
            RowTextForm.Text => ("text", PostgresWire.Text),
            RowTextForm.Truth => ("boolean", PostgresWire.Bool),
            RowTextForm.Double => ("float8", PostgresWire.Float8),
            RowTextForm.Single => ("float4", PostgresWire.Float4),
            RowTextForm.Moment => ("timestamp", PostgresWire.Timestamp),
            RowTextForm.Time => ("time", PostgresWire.Time),
            RowTextForm.Date => ("date", PostgresWire.Date),
            RowTextForm.Uuid => ("uuid", PostgresWire.Uuid),
            _ => ("bytea", PostgresWire.Bytea),
        };
        var rows = TextProbes.Of(form).Select((probe, place) => string.Create(CultureInfo.InvariantCulture, $"({place}, {PostgresLiteral.Quote(probe.Literal)}::{type})"));
        return $"SELECT {Sql("probe.value", wire, form, new ColumnMeaning(LogicalKind.Opaque))} FROM (VALUES {string.Join(", ", rows)}) AS probe (place, value) ORDER BY place";
    }

    private static string Text(string value, PostgresWire wire, RowTextForm form, ColumnMeaning meaning)
    {
        var digits = meaning.SecondDigits < 6 ? string.Create(CultureInfo.InvariantCulture, $"({meaning.SecondDigits})") : null;
        switch (form)
        {
            case RowTextForm.Number:
                return wire == PostgresWire.Numeric ? $"trim_scale({value})::text" : $"{value}::text";
            case RowTextForm.Text:
                var text = meaning.WithoutPadding ? $"rtrim({value}::text, ' ')" : $"{value}::text";
                return meaning.Text.EmptyAsNull ? $"nullif({text} COLLATE \"C\", '')" : text;
            case RowTextForm.Truth:
                return $"CASE WHEN {value} THEN 't' WHEN NOT {value} THEN 'f' END";
            case RowTextForm.Double:
                return $"CASE WHEN {value} = 'NaN' THEN 'nan' WHEN {value} = 0 THEN '0000000000000000' ELSE encode(float8send({value}::float8), 'hex') END";
            case RowTextForm.Single:
                return $"CASE WHEN {value} = 'NaN' THEN 'nan' WHEN {value} = 0 THEN '00000000' ELSE encode(float4send({value}), 'hex') END";
            case RowTextForm.Moment:
                var moment = wire == PostgresWire.TimestampTz ? $"({value} AT TIME ZONE 'UTC')" : value;
                return $"encode(timestamp_send({moment}{(digits is null ? "" : "::timestamp" + digits)}), 'hex')";
            case RowTextForm.Time:
                return $"encode(time_send({value}{(digits is null ? "" : "::time" + digits)}), 'hex')";
            case RowTextForm.Date:
                return $"encode(date_send({value}), 'hex')";
            case RowTextForm.Uuid:
                return $"{value}::text";
            default:
                return $"encode({value}, 'hex')";
        }
    }
}
