namespace MigrationTools.Engine.Databases;

/// <summary>A column's type by meaning.</summary>
/// <param name="Kind">What its values mean.</param>
public sealed record LogicalType(LogicalKind Kind)
{
    /// <summary>Maximum length in characters (text) or bytes (blob); null where unlimited.</summary>
    public int? Length { get; init; }

    /// <summary>Decimal digits in all (Decimal), or fractional digits of the second (Time, Timestamp, TimestampTz); null where unlimited.</summary>
    public int? Precision { get; init; }

    /// <summary>Digits after the point (Decimal).</summary>
    public int? Scale { get; init; }
}
