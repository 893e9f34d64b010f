namespace MigrationTools.Traffic.Proof;

/// <summary>How much a proof of a share may cost.</summary>
public sealed record TrafficProofOptions
{
    /// <summary>Most probe requests of one count; a share that needs more is Inconclusive.</summary>
    public int MostRequests { get; init; } = 5000;

    /// <summary>Probe requests under way at once.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>For one probe request, answer included.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For all probe requests of one count; then what was counted is judged.</summary>
    public TimeSpan ProbeLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the router's counters are watched at most, where there are no probe requests.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Between two looks at the counters.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Counts for a router that takes a moment until a new share is in force; one for all others. Each starts afresh.</summary>
    public int SettlingCounts { get; init; } = 5;

    /// <summary>Between them.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromSeconds(1);
}
