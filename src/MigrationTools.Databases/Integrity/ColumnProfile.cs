namespace MigrationTools.Databases.Integrity;

/// <summary>Figures of one column on one side, exact over all rows.</summary>
public sealed record ColumnProfile
{
    public required long Rows { get; init; }

    public required long Nulls { get; init; }

    /// <summary>Share of the rows, 0 to 1; null where there are no rows.</summary>
    public double? NullRate => Rows == 0 ? null : (double)Nulls / Rows;

    /// <summary>Different values that are not NULL: text by its bytes, numbers by value.</summary>
    public long? Distinct { get; init; }

    /// <summary>The smallest value as people read it, text by its bytes; null where there is none, or where the type has no order (blobs, JSON).</summary>
    public string? Minimum { get; init; }

    public string? Maximum { get; init; }

    /// <summary>Characters (text) or bytes (blobs) of the shortest value; null for other types and without values.</summary>
    public long? MinimumLength { get; init; }

    public long? MaximumLength { get; init; }

    /// <summary>Over the values that are not NULL.</summary>
    public double? AverageLength { get; init; }
}
