namespace MigrationTools.Databases.Comparison;

/// <summary>How to compare.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Differences listed a table; all are counted.</summary>
    public int MaxDifferences { get; init; } = 100;

    /// <summary>Bytes of rows held in memory at once while differing rows are told apart; more are spooled to files.</summary>
    public long MemoryBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Directory for spooled rows (made private, deleted after); null for the system's temporary one.</summary>
    public string? SpoolDirectory { get; init; }
}
