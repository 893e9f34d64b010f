namespace MigrationTools.Databases.Comparison.Canonical;

/// <summary>
/// The first byte of a field: what its payload is. Values of two tags are never equal. Payloads of fixed length are written so that
/// their bytes sort as their values do; the others follow a length (LEB128).
/// </summary>
internal enum CanonicalTag : byte
{
    /// <summary>NULL. No payload: no value can spell it.</summary>
    Null = 0,

    /// <summary>1 byte.</summary>
    Boolean,

    /// <summary>A number that is an integer within 64 bits: 8 bytes, big-endian, sign bit turned over.</summary>
    Integer,

    /// <summary>Any other decimal: its normalised wire form, with a length.</summary>
    Decimal,

    /// <summary>8 bytes; −0 is 0 and all NaN are one.</summary>
    Float64,

    /// <summary>4 bytes, likewise.</summary>
    Float32,

    /// <summary>UTF-8, with a length.</summary>
    Text,

    /// <summary>With a length.</summary>
    Blob,

    /// <summary>4 bytes.</summary>
    Date,

    /// <summary>8 bytes.</summary>
    Time,

    /// <summary>8 bytes.</summary>
    Timestamp,

    /// <summary>8 bytes.</summary>
    TimestampTz,

    /// <summary>Months, days, microseconds: 16 bytes. A month is not 30 days, though PostgreSQL's = says so.</summary>
    Interval,

    /// <summary>16 bytes.</summary>
    Uuid,

    /// <summary>With a length.</summary>
    Json,

    /// <summary>With a length.</summary>
    Opaque,

    /// <summary>Set with Text, Blob, Json, Opaque or Decimal: the value is long, and the payload is its digest (see <see cref="CanonicalBuffer.LongLength"/>).</summary>
    Long = 0x80,
}
