namespace MigrationTools.Databases.Postgres;

/// <summary>How a type travels in PostgreSQL's binary COPY (the *_send and *_recv functions of its source).</summary>
internal enum PostgresWire : byte
{
    /// <summary>Bytes that only the server knows: arrays, ranges, timetz, inet, tsvector, composites, money, extensions' types.</summary>
    Opaque = 0,
    Bool,
    Int2,
    Int4,
    Int8,

    /// <summary>oid, xid, cid: four bytes without sign.</summary>
    UInt4,
    Float4,
    Float8,
    Numeric,
    Text,

    /// <summary>"char": one byte.</summary>
    SingleByte,
    Bytea,
    Date,
    Time,
    Timestamp,
    TimestampTz,
    Interval,
    Uuid,
    Json,

    /// <summary>A version byte before the text.</summary>
    Jsonb,

    /// <summary>regclass and its like: their binary form is an oid, which means something else in another database. Read and written by name only.</summary>
    ObjectName,
}
