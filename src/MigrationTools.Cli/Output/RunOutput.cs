using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Cli.Output;

/// <summary>A run as JSON has it.</summary>
internal sealed record RunOutput
{
    public required string RunId { get; init; }

    public required Verdict Verdict { get; init; }

    public required RunStatus Status { get; init; }

    public required string Message { get; init; }

    public required string SpecId { get; init; }

    public required string? SpecName { get; init; }

    public required Engine.Specs.StrategyKind Strategy { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    public required string Directory { get; init; }

    /// <summary>Path of report.html, where there is one.</summary>
    public required string? Report { get; init; }

    /// <summary>The phase of the step that is under way, or was last.</summary>
    public required string? Phase { get; init; }

    /// <summary>The phases of a phased run, in order; empty for other strategies.</summary>
    public required IReadOnlyList<RunPhase> Phases { get; init; }

    /// <summary>How traffic is shared out, a lane each.</summary>
    public required IReadOnlyList<RunShare> Shares { get; init; }

    /// <summary>The gate that is watched now, with each figure against its limit; null where none is. No evidence.</summary>
    public required Engine.Gates.Watching.WatchedGate? Watching { get; init; }

    /// <summary>People's words that it waits for now.</summary>
    public required IReadOnlyList<RunWait> WaitingFor { get; init; }

    /// <summary>Where a trigger stopped it: firstBadAt, raisedAt, returnedAt, reaction; null where none did.</summary>
    public required Engine.Triggers.TrafficReturn? TrafficReturn { get; init; }

    /// <summary>What readiness found when the run began.</summary>
    public required IReadOnlyList<CheckResult> Readiness { get; init; }

    /// <summary>In the plan's order.</summary>
    public required IReadOnlyList<StepOutput> Steps { get; init; }

    /// <param name="state">The run.</param>
    /// <param name="verdict">The verdict of what was asked for; see <see cref="RunVerdict"/>.</param>
    public static RunOutput Of(RunState state, Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new RunOutput
        {
            RunId = state.RunId,
            Verdict = verdict,
            Status = state.Status,
            Message = state.Message,
            SpecId = state.Plan.SpecId,
            SpecName = state.SpecName,
            Strategy = state.Plan.Strategy,
            StartedAt = state.StartedAt,
            EndedAt = state.EndedAt,
            Directory = state.Directory,
            Report = ReportOf(state),
            Phase = state.Phase,
            Phases = state.Phases,
            Shares = state.Shares,
            Watching = state.Watching,
            WaitingFor = state.WaitingFor,
            TrafficReturn = state.TrafficReturn,
            Readiness = state.Readiness,
            Steps = [.. state.Steps.Select(StepOutput.Of)],
        };
    }

    public static string? ReportOf(RunState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var report = Path.Combine(state.Directory, "report.html");
        return File.Exists(report) ? report : null;
    }
}
