namespace MigrationTools.Engine.Specs;

/// <summary>What happens when a run fails.</summary>
public sealed record RollbackSpec
{
    public RollbackMode Mode { get; init; }

    public RollbackStyle Style { get; init; }

    /// <summary>How much of a phased run goes back by itself; the other strategies have one part, which is the run.</summary>
    public RollbackScope Scope { get; init; }

    /// <summary>Conditions as written, such as <c>error_rate &gt; 5%</c>.</summary>
    public IReadOnlyList<string> Triggers { get; init; } = [];

    /// <summary>How long one look at the triggers lasts; the next begins when it ends.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Requests that a look needs for a trigger to fire; looks with fewer are put together.</summary>
    public int MinSamples { get; init; } = 20;

    public TimeSpan? MaxDuration { get; init; }
}
