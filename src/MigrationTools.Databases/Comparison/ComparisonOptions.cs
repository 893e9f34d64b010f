namespace MigrationTools.Databases.Comparison;

/// <summary>How to compare.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The method; null measures which one is fastest for each table.</summary>
    public ComparisonMethod? Method { get; init; }

    /// <summary>Differences listed a table; all are counted.</summary>
    public int MaxDifferences { get; init; } = 100;

    /// <summary>Told of every difference, listed or not; null for nobody.</summary>
    public IDifferenceSink? Sink { get; init; }

    /// <summary>What of texts does not count. Said in the result.</summary>
    public TextRules Text { get; init; } = new();

    /// <summary>
    /// Floats this far apart are taken as equal, relative to the larger of the two and to 1: |a − b| ≤ tolerance · max(1, |a|, |b|). Applied to rows that are
    /// compared, never in a hash.
    /// </summary>
    public double FloatTolerance { get; init; }

    /// <summary>Times and timestamps this far apart are taken as equal; whole microseconds.</summary>
    public TimeSpan TimeTolerance { get; init; }

    /// <summary>The share of each table that is compared, above 0 and below 1; null for all.</summary>
    public double? Sample { get; init; }

    /// <summary>How long rows that differ are looked at again until they agree or stay; null takes them as they are seen first.</summary>
    public TimeSpan? Settle { get; init; }

    /// <summary>When to stop; what was not compared by then is Inconclusive or NotRun. Null for never.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Upper bound of rows read a second, of all tables and both sides together; null for none.</summary>
    public long? MaxRowsPerSecond { get; init; }

    /// <summary>Waits while a server has more active sessions of others than this; null never waits.</summary>
    public int? MaxActiveSessions { get; init; }

    /// <summary>A file in which what is compared is noted, and from which an interrupted comparison goes on; null for none.</summary>
    public string? StateFile { get; init; }

    /// <summary>Bytes of rows held in memory at once while differing rows are told apart; more are spooled to files.</summary>
    public long MemoryBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Directory for spooled rows (made private, deleted after); null for the system's temporary one.</summary>
    public string? SpoolDirectory { get; init; }
}
