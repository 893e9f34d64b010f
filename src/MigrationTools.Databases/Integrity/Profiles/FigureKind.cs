namespace MigrationTools.Databases.Integrity.Profiles;

/// <summary>One figure of a column in a profile's query.</summary>
internal enum FigureKind
{
    /// <summary>Values that are not NULL.</summary>
    Present = 0,
    Distinct,
    Minimum,
    Maximum,

    /// <summary>The smallest value as an 8-byte float, for numbers that are kept as text and would sort as text.</summary>
    ApproximateMinimum,
    ApproximateMaximum,
    MinimumLength,
    MaximumLength,
    TotalLength,

    /// <summary>Values by their storage class, for an engine whose types belong to values.</summary>
    Numbers,
    Texts,
    Blobs,
}
