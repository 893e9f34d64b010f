using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>How a column is packed: its values one after the other, NULL left out.</summary>
/// <param name="Wire">The form of a value.</param>
/// <param name="Send">SQL of what is put together, with {0} for the value.</param>
/// <param name="Length">Bytes of every value; 0 where it says so itself (numeric) or a word does, and for what is all in a word.</param>
/// <param name="Nullable">There may be NULL, of which a word tells.</param>
internal sealed record PostgresPackedColumn(PostgresWire Wire, string Send, int Length, bool Nullable)
{
    /// <summary>Bits of a length and one: a value has less than 2^30 bytes (its source, MaxAllocSize).</summary>
    public const int LengthBits = 30;

    public bool HasLengths { get; } = Length == 0 && Wire is not (PostgresWire.Numeric or PostgresWire.Bool);

    /// <summary>Whether its values are in a field of their own.</summary>
    public bool HasField => Wire != PostgresWire.Bool;

    /// <summary>Bits in a word: a length and one, or a truth, or only whether there is NULL.</summary>
    public int Bits => HasLengths ? LengthBits : (Wire == PostgresWire.Bool ? 1 : 0) + (Nullable ? 1 : 0);

    /// <summary>The cells that the values become (<see cref="PostgresCellDecoder"/>).</summary>
    public CellKind Kind { get; } = Wire switch
    {
        PostgresWire.Bool => CellKind.Boolean,
        PostgresWire.Int2 or PostgresWire.Int4 or PostgresWire.Int8 => CellKind.Int64,
        PostgresWire.Float4 => CellKind.Float32,
        PostgresWire.Float8 => CellKind.Float64,
        PostgresWire.Numeric => CellKind.Decimal,
        PostgresWire.Text => CellKind.Text,
        PostgresWire.Bytea => CellKind.Blob,
        PostgresWire.Date => CellKind.Date,
        PostgresWire.Time => CellKind.Time,
        PostgresWire.Timestamp => CellKind.Timestamp,
        PostgresWire.TimestampTz => CellKind.TimestampTz,
        PostgresWire.Interval => CellKind.Interval,
        PostgresWire.Uuid => CellKind.Uuid,
        _ => throw new ArgumentOutOfRangeException(nameof(Wire), Wire, "A form that is not packed."),
    };

    /// <summary>SQL of what its bits add to a word, none of it NULL.</summary>
    /// <param name="value">SQL of the value.</param>
    /// <param name="shift">Where its bits begin.</param>
    public string Term(string value, int shift)
    {
        string Bit(int bit) => PostgresRowHash.Literal(1L << (shift + bit));
        if (HasLengths)
        {
            var length = $"(octet_length({value}) + 1) * {Bit(0)}";
            return Nullable ? $"coalesce({length}, 0::bigint)" : length;
        }

        return Wire != PostgresWire.Bool ? $"CASE WHEN {value} IS NULL THEN {Bit(0)} ELSE 0::bigint END"
            : Nullable ? $"CASE WHEN {value} THEN {Bit(0)} WHEN NOT {value} THEN 0::bigint ELSE {Bit(1)} END"
            : $"CASE WHEN {value} THEN {Bit(0)} ELSE 0::bigint END";
    }

    /// <summary>Null for a type that is not packed.</summary>
    /// <param name="type">The type's oid.</param>
    /// <param name="nullable">Whether there may be NULL.</param>
    public static PostgresPackedColumn? Of(uint type, bool nullable) => type switch
    {
        16 => new(PostgresWire.Bool, "", 0, nullable),
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
