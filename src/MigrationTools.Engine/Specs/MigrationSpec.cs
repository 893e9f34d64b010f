using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Specs.Notifications;

namespace MigrationTools.Engine.Specs;

/// <summary>What the user writes: systems, strategy, validation, rollback. Immutable; made by the spec reader, which has found it without mistakes.</summary>
public sealed record MigrationSpec
{
    /// <summary>Letters, digits, '-', '_' and '.': it is part of run ids and file names.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public MigrationType Type { get; init; }

    public StrategyKind Strategy { get; init; }

    public string? SourceVersion { get; init; }

    public string? TargetVersion { get; init; }

    /// <summary>In the order of the file.</summary>
    public required IReadOnlyList<SystemSpec> Systems { get; init; }

    public IReadOnlyList<DependencySpec> Dependencies { get; init; } = [];

    public ReadinessSpec Readiness { get; init; } = new();

    public ValidationSpec Validation { get; init; } = new();

    public IReadOnlyList<BenchmarkSpec> Benchmarks { get; init; } = [];

    /// <summary>Where measurements of gates and triggers come from, in the order of the file.</summary>
    public IReadOnlyList<MetricSpec> Metrics { get; init; } = [];

    public RolloutSpec Rollout { get; init; } = new();

    /// <summary>Parts that move one after the other (Phased), each with a strategy of its own.</summary>
    public IReadOnlyList<PhaseSpec> Phases { get; init; } = [];

    public IReadOnlyList<NotificationSpec> Notify { get; init; } = [];

    public RollbackSpec Rollback { get; init; } = new();

    /// <summary>The file it came from; null for a spec made in memory.</summary>
    public string? Path { get; init; }

    /// <summary>The whole text that it was read from, as a run keeps it; null where it was read from none.</summary>
    internal string? Text { get; init; }

    /// <summary>What relative paths are relative to.</summary>
    public required string Directory { get; init; }

    /// <summary>SHA-256 (hex) of the text it was read from: a run refuses to go on under another.</summary>
    public required string Hash { get; init; }

    /// <summary>What holds when a step of a phase fails: the phase's own where it has something, else the spec's.</summary>
    /// <param name="phase">The phase; null for the whole.</param>
    public RollbackSpec RollbackIn(string? phase) => Phases.FirstOrDefault(candidate => candidate.Name == phase)?.Rollback?.Over(Rollback) ?? Rollback;

    /// <summary>The database systems, in order.</summary>
    public IEnumerable<DatabaseSystemSpec> Databases => Systems.OfType<DatabaseSystemSpec>();
}
