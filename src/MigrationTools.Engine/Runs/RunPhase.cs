namespace MigrationTools.Engine.Runs;

/// <summary>A phase of a phased run.</summary>
/// <param name="Name">As the spec has it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Steps">Steps that it has.</param>
/// <param name="Committed">Of these, those that are committed.</param>
public sealed record RunPhase(string Name, RunPhaseStatus Status, int Steps, int Committed)
{
    /// <summary>The phases of a run in the plan's order; empty where it was not planned in phases.</summary>
    public static IReadOnlyList<RunPhase> Of(IReadOnlyList<StepState> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return
        [
            .. steps.Where(step => step.Step.Part is not null).GroupBy(step => step.Step.Part!, StringComparer.Ordinal)
                .Select(part => new RunPhase(part.Key, StatusOf([.. part]), part.Count(), part.Count(step => step.Status == StepStatus.Committed))),
        ];
    }

    private static RunPhaseStatus StatusOf(IReadOnlyList<StepState> steps)
    {
        var begun = steps.Where(step => step.Status != StepStatus.Pending).ToList();
        return begun.Count == 0 ? RunPhaseStatus.Pending
            : begun.All(step => step.Status == StepStatus.Compensated) ? RunPhaseStatus.Undone
            : begun.Any(step => step.Status is StepStatus.Compensated or StepStatus.Compensating) ? RunPhaseStatus.Undoing
            : begun.Count == steps.Count && begun.All(step => step.Status == StepStatus.Committed) ? RunPhaseStatus.Committed
            : RunPhaseStatus.Begun;
    }
}
