using MigrationTools.Engine.Gates;

namespace MigrationTools.Engine.Planning;

/// <summary>A step as a verb makes it, before the plan gives it its id and its place in the chain.</summary>
public sealed record StepDraft
{
    /// <summary>The phase in which the old side is removed, after everything else.</summary>
    public const string ContractPhase = "contract";

    public required string Phase { get; init; }

    /// <summary>Whether it removes something of the old side when the migration itself is over.</summary>
    public bool Contracts => IsContract(Phase, Part);

    /// <summary>The phase of a phased migration that it belongs to; null in others.</summary>
    public string? Part { get; init; }

    /// <summary>The system of the spec.</summary>
    public required string System { get; init; }

    public required StepAction Action { get; init; }

    /// <summary>What undoes it; null exactly where <see cref="Irreversible"/> says why there is nothing.</summary>
    public StepAction? Compensation { get; init; }

    /// <summary>Why there is no compensation, such as "it only looks".</summary>
    public string? Irreversible { get; init; }

    /// <summary>After this step the source can't be restored without loss.</summary>
    public bool PointOfNoReturn { get; init; }

    /// <summary>What must be seen after it before the run goes on; null where the action's own success is enough.</summary>
    public Gate? GateAfter { get; init; }

    /// <summary>When the action is cancelled; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    public StepEstimate Estimate { get; init; } = new(null, "not estimated");

    internal static bool IsContract(string phase, string? part) => phase == (part is null ? ContractPhase : $"{part}: {ContractPhase}");
}
