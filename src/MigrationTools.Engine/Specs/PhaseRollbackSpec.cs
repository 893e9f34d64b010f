namespace MigrationTools.Engine.Specs;

/// <summary>What a phase has of its own for when it fails; the spec's rollback holds where something is null.</summary>
public sealed record PhaseRollbackSpec
{
    public RollbackMode? Mode { get; init; }

    public RollbackStyle? Style { get; init; }

    /// <summary>Watched while this phase moves traffic, in the place of the spec's; empty for none.</summary>
    public IReadOnlyList<string>? Triggers { get; init; }

    public TimeSpan? Interval { get; init; }

    public int? MinSamples { get; init; }

    public TimeSpan? MaxDuration { get; init; }

    /// <summary>Whether what is watched in this phase is another thing than in the spec's other phases.</summary>
    public bool WatchesItself => Triggers is not null || Interval is not null || MinSamples is not null;

    /// <summary>The spec's rollback with what this phase has of its own.</summary>
    public RollbackSpec Over(RollbackSpec whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        return whole with
        {
            Mode = Mode ?? whole.Mode,
            Style = Style ?? whole.Style,
            Triggers = Triggers ?? whole.Triggers,
            Interval = Interval ?? whole.Interval,
            MinSamples = MinSamples ?? whole.MinSamples,
            MaxDuration = MaxDuration ?? whole.MaxDuration,
        };
    }
}
