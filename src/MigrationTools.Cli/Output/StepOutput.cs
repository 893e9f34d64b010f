using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Cli.Output;

/// <summary>A step of a run as JSON has it. Once undoing it began, verdict, summary and evidence are those of the undoing.</summary>
internal sealed record StepOutput
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Phase { get; init; }

    public required string System { get; init; }

    public required Verdict Verdict { get; init; }

    public required StepStatus Status { get; init; }

    public required string? Summary { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>From its first intent to its end; null before it ended, and for a step that was undone.</summary>
    public required long? DurationMs { get; init; }

    public required int Attempts { get; init; }

    public required IReadOnlyList<Evidence> Evidence { get; init; }

    public required IReadOnlyList<CheckResult> Checks { get; init; }

    public required GateResult? Gate { get; init; }

    public required ErrorDetail? Error { get; init; }

    public static StepOutput Of(StepState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var undone = IsUndone(state);
        return new StepOutput
        {
            Id = state.Step.Id,
            Name = undone ? state.Step.Compensation?.Description ?? $"nothing to undo: {state.Step.Irreversible}" : state.Step.Action.Description,
            Phase = state.Step.Phase,
            System = state.Step.System,
            Verdict = VerdictOf(state),
            Status = state.Status,
            Summary = undone ? state.CompensationSummary : state.Summary,
            StartedAt = state.StartedAt,
            EndedAt = state.EndedAt,
            DurationMs = !undone && state is { StartedAt: { } start, EndedAt: { } end } ? (long)(end - start).TotalMilliseconds : null,
            Attempts = state.Attempts,
            Evidence = undone ? state.CompensationEvidence : state.Evidence,
            Checks = undone ? state.CompensationChecks : state.Checks,
            Gate = state.Gate,
            Error = state.Error is { } message ? new ErrorDetail(state.ErrorId ?? Engine.ErrorIds.Unexpected, message) : null,
        };
    }

    /// <summary>The verdict of the last thing that was done to the step.</summary>
    public static Verdict VerdictOf(StepState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return IsUndone(state) ? state.CompensationVerdict ?? Verdict.Inconclusive : state.Verdict;
    }

    public static bool IsUndone(StepState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Status is StepStatus.Compensating or StepStatus.Compensated;
    }
}
