namespace MigrationTools.Engine.Specs;

/// <summary>A part of a phased migration.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Systems">Names of the systems that it moves; no system is in two phases.</param>
/// <param name="Strategy">How; not Phased.</param>
public sealed record PhaseSpec(string Name, IReadOnlyList<string> Systems, StrategyKind Strategy)
{
    /// <summary>The rollout of this phase; the spec's where null.</summary>
    public RolloutSpec? Rollout { get; init; }

    /// <summary>What this phase has of its own for when it fails; the spec's where null.</summary>
    public PhaseRollbackSpec? Rollback { get; init; }
}
