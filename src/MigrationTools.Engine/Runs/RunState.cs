using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates.Watching;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Triggers;

namespace MigrationTools.Engine.Runs;

/// <summary>A run as its journal tells it. Nothing but <see cref="Watching"/> is kept elsewhere: reading the journal again gives the same.</summary>
public sealed record RunState
{
    public required string RunId { get; init; }

    public required string Directory { get; init; }

    public required MigrationPlan Plan { get; init; }

    /// <summary>In the plan's order.</summary>
    public required IReadOnlyList<StepState> Steps { get; init; }

    public required RunStatus Status { get; init; }

    public Verdict Verdict { get; init; }

    /// <summary>One line: why it stands where it stands, and what can be done.</summary>
    public required string Message { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The spec's file as it was given.</summary>
    public string? SpecFile { get; init; }

    public string? SpecName { get; init; }

    public IReadOnlyList<CheckResult> Readiness { get; init; } = [];

    /// <summary>Where a trigger stopped the run: how long it took until all traffic was back; null where none did.</summary>
    public TrafficReturn? TrafficReturn { get; init; }

    /// <summary>The phase of the step that is under way, or was last; null before the first.</summary>
    public string? Phase { get; init; }

    /// <summary>The phases of a phased run in order; empty for other strategies.</summary>
    public IReadOnlyList<RunPhase> Phases => RunPhase.Of(Steps);

    /// <summary>
    /// What was asked for was a rollback, and it was refused because it would lose data: nothing was taken back, and the run's journal has no word of it. The verdict is then that of the
    /// rollback, and the message says what would be lost; the status is the run's, as it was.
    /// </summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool RollbackRefused { get; init; }

    /// <summary>A rollback has begun and has not come to its end.</summary>
    public bool IsRollingBack { get; init; }

    /// <summary>The phase that it goes back to; null where it goes back all the way, or there is none.</summary>
    public string? RollingBackTo { get; init; }

    /// <summary>How traffic is shared out, a lane each, as the run's steps saw it last.</summary>
    public IReadOnlyList<RunShare> Shares { get; init; } = [];

    /// <summary>The gate that a living process watches now, with its figures; null where none is. Shown beside the journal: it proves nothing.</summary>
    public WatchedGate? Watching { get; init; }

    /// <summary>The words of people that it waits for now; empty where it waits for nobody.</summary>
    public IReadOnlyList<RunWait> WaitingFor => [.. RunApprovals.Waiting(this).Select(step => RunApprovals.WaitOf(this, step))];

    /// <summary>Nothing more can happen to it but a rollback of a completed run.</summary>
    public bool IsFinal => Status is RunStatus.Completed or RunStatus.RolledBack or RunStatus.NotReady;

    /// <summary>The same with what its owner shows; left out where it is of another moment: its process has ended, or the step is begun anew or done.</summary>
    /// <param name="shown">As the store has it; null for nothing.</param>
    public RunState With(WatchedGate? shown) =>
        shown is not null && Status == RunStatus.Running && Steps.Any(step => step.Step.Id == shown.Step && step.Status == StepStatus.Intended && step.Intent == shown.Intent)
            ? this with { Watching = shown }
            : this;

    /// <summary>Folds a journal.</summary>
    /// <param name="runId">The run's id.</param>
    /// <param name="directory">Its directory.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="entries">Its journal.</param>
    /// <param name="owned">Whether a living process owns it now.</param>
    /// <exception cref="PlanException">The plan is not the one that the run began with.</exception>
    public static RunState Fold(string runId, string directory, MigrationPlan plan, IReadOnlyList<JournalEntry> entries, bool owned)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(entries);
        var started = entries.FirstOrDefault(entry => entry.Kind == JournalKinds.RunStarted);
        KeptPlan.RequireBegun(runId, plan, started);
        var steps = plan.Steps.ToDictionary(step => step.Id, step => new StepState { Step = step }, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            foreach (var reopened in entry.Kind == JournalKinds.Reopened ? entry.Get<List<string>>("steps") ?? [] : [])
            {
                if (steps.TryGetValue(reopened, out var undone) && undone.Status is StepStatus.Compensated or StepStatus.Committed)
                {
                    steps[reopened] = new StepState { Step = undone.Step };
                }
            }

            if (entry.Step is not null && steps.TryGetValue(entry.Step!, out var state))
            {
                steps[entry.Step!] = state.After(entry);
            }
        }

        var ordered = plan.Steps.Select(step => steps[step.Id]).ToList();
        var (rollingBack, to) = RollbackUnderWay(ordered, entries);
        var (status, verdict, message) = Judge(ordered, entries, owned, rollingBack, to);
        return new RunState
        {
            RunId = runId,
            Directory = directory,
            Plan = plan,
            Steps = ordered,
            Status = status,
            Verdict = verdict,
            Message = message,
            StartedAt = started?.At,
            EndedAt = entries.Count > 0 && entries[^1].Kind == JournalKinds.RunEnded ? entries[^1].At : null,
            SpecFile = started?.Get<string>("specFile"),
            SpecName = started?.Get<string>("specName"),
            Readiness = entries.LastOrDefault(entry => entry.Kind == JournalKinds.Readiness)?.Get<List<CheckResult>>("checks") ?? [],
            TrafficReturn = TrafficReturn.Of(entries),
            Phase = entries.LastOrDefault(entry => entry.Step is not null)?.Step is { } newest && steps.TryGetValue(newest, out var at) ? at.Step.Phase : null,
            Shares = RunShares.Of(plan, entries),
            IsRollingBack = rollingBack,
            RollingBackTo = to,
        };
    }

    private static (RunStatus Status, Verdict Verdict, string Message) Judge(
        List<StepState> steps, IReadOnlyList<JournalEntry> entries, bool owned, bool rollingBack, string? to)
    {
        var lastOwned = LastIndexOf(entries, JournalKinds.Owned);
        var ended = LastIndexOf(entries, JournalKinds.RunEnded);
        if (ended > lastOwned)
        {
            var end = entries[ended];
            return (end.Get<RunStatus>("status"), end.Get<Verdict>("verdict"), end.Get<string>("message") ?? "");
        }

        var at = steps.LastOrDefault(step => step.Status is not StepStatus.Pending);
        var where = at is null ? "before its first step" : $"at step {at.Step.Id} ({at.Status})";
        if (owned)
        {
            return (RunStatus.Running, Verdict.NotRun, $"under way {where}");
        }

        return rollingBack
            ? (RunStatus.RollbackIncomplete, Verdict.Inconclusive, $"its process ended during the rollback{(to is null ? "" : $" of phase '{to}'")}, {where}; roll {(to is null ? "it" : "that phase")} back again to go on")
            : (RunStatus.Interrupted, Verdict.Inconclusive, $"its process ended {where}; resume it or roll it back");
    }

    /// <summary>Whether a rollback began that has neither undone all that it should nor been left behind by steps that began anew, and how far it goes.</summary>
    private static (bool UnderWay, string? To) RollbackUnderWay(List<StepState> steps, IReadOnlyList<JournalEntry> entries)
    {
        var began = LastIndexOf(entries, JournalKinds.RollbackStarted);
        var underWay = began > Math.Max(LastIndexOf(entries, JournalKinds.Committed), LastIndexOf(entries, JournalKinds.Reopened))
            && !entries.Skip(began).Any(entry => entry.Kind == JournalKinds.RunEnded && entry.Get<RunStatus>("status") is RunStatus.RolledBack or RunStatus.Held)
            && steps.Any(step => step.Status is StepStatus.Compensating or StepStatus.Compensated || step.Error is not null);
        return (underWay, underWay ? entries[began].Get<string>("phase") : null);
    }

    private static int LastIndexOf(IReadOnlyList<JournalEntry> entries, string kind)
    {
        for (var index = entries.Count - 1; index >= 0; index--)
        {
            if (entries[index].Kind == kind)
            {
                return index;
            }
        }

        return -1;
    }
}
