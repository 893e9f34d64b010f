using MigrationTools.Engine.Gates;

namespace MigrationTools.Engine.Planning;

/// <summary>A step as a verb makes it, before the plan gives it its id and its place in the chain.</summary>
public sealed record StepDraft
{
    public required string Phase { get; init; }

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
}
