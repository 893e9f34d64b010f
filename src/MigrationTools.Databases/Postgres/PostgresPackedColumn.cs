namespace MigrationTools.Databases.Postgres;

/// <summary>How a column is packed: its values one after the other, NULL left out.</summary>
/// <param name="Wire">The form of a value.</param>
/// <param name="Send">SQL of what is put together, with {0} for the value.</param>
/// <param name="Length">Bytes of every value; 0 where it says so itself (numeric) or a field of lengths does.</param>
/// <param name="Nullable">Its NULLs are in a mask.</param>
internal sealed record PostgresPackedColumn(PostgresWire Wire, string Send, int Length, bool Nullable)
{
    public bool HasLengths => Length == 0 && Wire != PostgresWire.Numeric;

    /// <summary>Null for a type that is not packed.</summary>
    /// <param name="type">The type's oid.</param>
    /// <param name="nullable">Whether there may be NULL.</param>
    public static PostgresPackedColumn? Of(uint type, bool nullable) => type switch
    {
        16 => new(PostgresWire.Bool, "boolsend({0})", 1, nullable),
        17 => new(PostgresWire.Bytea, "{0}", 0, nullable),
        20 => new(PostgresWire.Int8, "int8send({0})", 8, nullable),
        21 => new(PostgresWire.Int2, "int2send({0})", 2, nullable),
        23 => new(PostgresWire.Int4, "int4send({0})", 4, nullable),
        25 or 1043 => new(PostgresWire.Text, "{0}", 0, nullable),
        700 => new(PostgresWire.Float4, "float4send({0})", 4, nullable),
        701 => new(PostgresWire.Float8, "float8send({0})", 8, nullable),
        1042 => new(PostgresWire.Text, "bpcharsend({0})", 0, nullable),
        1082 => new(PostgresWire.Date, "date_send({0})", 4, nullable),
        1083 => new(PostgresWire.Time, "time_send({0})", 8, nullable),
        1114 => new(PostgresWire.Timestamp, "timestamp_send({0})", 8, nullable),
        1184 => new(PostgresWire.TimestampTz, "timestamptz_send({0})", 8, nullable),
        1186 => new(PostgresWire.Interval, "interval_send({0})", 16, nullable),
        1700 => new(PostgresWire.Numeric, "numeric_send({0})", 0, nullable),
        2950 => new(PostgresWire.Uuid, "uuid_send({0})", 16, nullable),
        _ => null,
    };
}
