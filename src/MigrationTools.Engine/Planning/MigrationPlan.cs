using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Planning;

/// <summary>The immutable, ordered steps that a strategy makes of a spec.</summary>
public sealed record MigrationPlan
{
    public required string SpecId { get; init; }

    public required string SpecHash { get; init; }

    public required StrategyKind Strategy { get; init; }

    public required IReadOnlyList<PlanStep> Steps { get; init; }

    /// <summary>The last step's hash: it stands for the whole plan.</summary>
    public string Hash => Steps.Count == 0 ? SpecHash : Steps[^1].Hash;

    /// <summary>What the readers of the plan must know: tables left out, objects that are not converted.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
