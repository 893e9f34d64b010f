namespace MigrationTools.Engine.Databases;

/// <summary>
/// How the bytes of a cell in a <see cref="RowBatch"/> are to be read. Multi-byte numbers are little-endian unless said
/// otherwise. The forms follow PostgreSQL's binary wire format (its documentation, "Frontend/Backend Protocol", and the
/// *_send functions of its source) where that has one, for it is exact and complete.
/// </summary>
public enum CellKind : byte
{
    /// <summary>No value. No bytes.</summary>
    Null = 0,

    /// <summary>1 byte: 0 or 1.</summary>
    Boolean,

    /// <summary>8 bytes, signed.</summary>
    Int64,

    /// <summary>8 bytes, IEEE 754.</summary>
    Float64,

    /// <summary>4 bytes, IEEE 754.</summary>
    Float32,

    /// <summary>
    /// PostgreSQL's numeric wire form, big-endian int16 each: ndigits, weight, sign (0x0000 plus, 0x4000 minus, 0xC000 NaN,
    /// 0xD000 +infinity, 0xF000 −infinity), dscale, then ndigits base-10000 digits. Value = Σ digit[i] · 10000^(weight − i).
    /// </summary>
    Decimal,

    /// <summary>UTF-8.</summary>
    Text,

    /// <summary>The bytes themselves.</summary>
    Blob,

    /// <summary>4 bytes: days since 2000-01-01; int.MaxValue is +infinity, int.MinValue −infinity.</summary>
    Date,

    /// <summary>8 bytes: microseconds since midnight.</summary>
    Time,

    /// <summary>8 bytes: microseconds since 2000-01-01T00:00, no zone; long.MaxValue is +infinity, long.MinValue −infinity.</summary>
    Timestamp,

    /// <summary>8 bytes: microseconds since 2000-01-01T00:00Z; infinities as <see cref="Timestamp"/>.</summary>
    TimestampTz,

    /// <summary>16 bytes: int64 microseconds, int32 days, int32 months.</summary>
    Interval,

    /// <summary>16 bytes in the order in which they are written in text.</summary>
    Uuid,

    /// <summary>UTF-8 JSON text.</summary>
    Json,

    /// <summary>The bytes that the server sends for a type that only it knows.</summary>
    Opaque,
}
