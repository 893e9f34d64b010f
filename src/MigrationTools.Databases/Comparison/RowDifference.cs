namespace MigrationTools.Databases.Comparison;

/// <summary>A row that differs.</summary>
public sealed record RowDifference
{
    public required DifferenceKind Kind { get; init; }

    /// <summary>The key's columns and values; for a table without a key all columns.</summary>
    public required IReadOnlyDictionary<string, string?> Key { get; init; }

    /// <summary>Those of the key's columns whose value is a whole number and no text: in JSON they are numbers.</summary>
    public IReadOnlyCollection<string> NumberColumns { get; init; } = [];

    /// <summary>The columns that differ; empty for Missing and Extra.</summary>
    public IReadOnlyList<ColumnDifference> Columns { get; init; } = [];

    /// <summary>The key as the source gave it; null where the row is not there, or the table has no key.</summary>
    public KeyCells? SourceKey { get; init; }

    /// <summary>The key as the target gave it; null where the row is not there, or the table has no key.</summary>
    public KeyCells? TargetKey { get; init; }

    /// <summary>The key in canonical form.</summary>
    internal byte[] CanonicalKey { get; init; } = [];

    /// <summary>Under which the hashes of long values stand in its texts: of the same value another comparison shows another one.</summary>
    internal ulong Seed { get; init; }

    /// <summary>A hash of the row on both sides: while it is the same, nothing has changed.</summary>
    internal UInt128 Fingerprint { get; init; }

    /// <summary>How many more such rows one side has (tables without a key); otherwise 1.</summary>
    public long Count { get; init; } = 1;
}
