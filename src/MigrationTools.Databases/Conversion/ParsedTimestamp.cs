namespace MigrationTools.Databases.Conversion;

/// <summary>What a text says of a date and a time of day.</summary>
public readonly record struct ParsedTimestamp
{
    /// <summary>Days since 2000-01-01; null where the text is a time of day only.</summary>
    public int? Days { get; init; }

    /// <summary>Microseconds since midnight, up to and including 24:00; null where the text is a date only.</summary>
    public long? Time { get; init; }

    /// <summary>Seconds east of Greenwich; null where the text names no zone.</summary>
    public int? OffsetSeconds { get; init; }

    /// <summary>1 for infinity, −1 for -infinity, otherwise 0.</summary>
    public int Infinity { get; init; }
}
