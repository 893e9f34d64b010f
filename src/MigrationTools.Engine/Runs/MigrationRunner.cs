using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Rollback;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Gates;
using MigrationTools.Engine.Triggers;

namespace MigrationTools.Engine.Runs;

/// <summary>Carries runs out: begins them, resumes them, and hands them to the rollback when a gate fails and the spec says so.</summary>
public sealed class MigrationRunner(
    IRunStore store, Planner planner, ReadinessAssessment readiness, StepActionCatalog actions, RollbackRunner rollback, IRunGuard guard, IRunLog log, TimeProvider time)
{
    private readonly StepRunner _steps = new(actions, time);

    /// <summary>Plans, begins a run, assesses readiness and, if that passes, carries the plan out.</summary>
    /// <returns>The run as it stands when it can't go on or is done; its status and verdict say which.</returns>
    public async Task<RunState> RunAsync(MigrationSpec spec, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(options);
        var plan = await planner.PlanAsync(spec, observer, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var run = await store.CreateAsync(spec, plan, cancellationToken).ConfigureAwait(false);
        await using var _ = run.ConfigureAwait(false);
        using var logged = log.Attach(run.RunId, run.Directory, observer);
        await run.Journal.AppendAsync(JournalKinds.RunStarted, null, Describe(spec, plan, options), CancellationToken.None).ConfigureAwait(false);
        await run.Journal.AppendAsync(JournalKinds.Owned, null, RunIdentity.Owner(0), CancellationToken.None).ConfigureAwait(false);
        return await GoOnAsync(run, spec, options, logged, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on with a run that was interrupted, held or failed.</summary>
    /// <exception cref="InvalidRequestException">The run is finished, or its rollback has begun.</exception>
    public async Task<RunState> ResumeAsync(string runId, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var before = await store.LookAsync(runId, cancellationToken).ConfigureAwait(false);
        RefuseResume(before);
        var spec = await store.ReadSpecAsync(runId, cancellationToken).ConfigureAwait(false);
        KeptPlan.RequireSpec(runId, before.Plan, spec);

        // Asked again once nobody else can change it: a rollback may have ended since it was looked at.
        var run = await store.TakeAsync(runId, RefuseResume, cancellationToken).ConfigureAwait(false);
        await using var _ = run.ConfigureAwait(false);
        using var logged = log.Attach(run.RunId, run.Directory, observer);

        // Of a phase that was undone nothing is left: its steps begin anew, with the state before them taken down anew.
        var undone = run.State().Steps.Where(step => step.Status == StepStatus.Compensated).Select(step => step.Step).ToList();
        if (undone.Count > 0)
        {
            logged.Logger.LogInformation("The phases {Phases}, which were undone, begin anew", string.Join(", ", undone.Select(step => step.Part).Distinct()));
            await new StepJournal(run.Journal).ReopenedAsync(undone, options.User).ConfigureAwait(false);
        }

        var lapsed = await LapsedAsync(run, spec, options, logged, cancellationToken).ConfigureAwait(false);
        if (lapsed.Count > 0)
        {
            logged.Logger.LogInformation("What {Steps} saw was seen before the run stopped, and is looked at anew", string.Join(", ", lapsed.Select(step => step.Id)));
            await new StepJournal(run.Journal).ReopenedAsync(lapsed, options.User).ConfigureAwait(false);
        }

        return await GoOnAsync(run, spec, options, logged, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The committed steps right before the first of which nothing is in place, whose observations were of their moment alone.</summary>
    private async Task<IReadOnlyList<PlanStep>> LapsedAsync(RunHandle run, MigrationSpec spec, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var steps = run.State().Steps;
        var next = steps.FirstOrDefault(step => step.Status != StepStatus.Committed);
        if (next is null)
        {
            return [];
        }

        var lapsed = steps.TakeWhile(step => step != next).Reverse()
            .TakeWhile(step => step.Step.Part == next.Step.Part && actions.Find(step.Step.Action.Verb).Lapses)
            .Select(step => step.Step).Reverse().ToList();
        return lapsed.Count > 0 && await _steps.IsNotInPlaceAsync(run, spec, next, options, observer, cancellationToken).ConfigureAwait(false) ? lapsed : [];
    }

    private static void RefuseResume(RunState run)
    {
        if (run.IsFinal)
        {
            throw new InvalidRequestException($"Run '{run.RunId}' is {run.Status}: there is nothing to resume.");
        }

        if (run.Steps.FirstOrDefault(step => step.Status == StepStatus.Compensating) is { } halfway && !run.IsRollingBack)
        {
            throw new InvalidRequestException($"Run '{run.RunId}': undoing step {halfway.Step.Id} was begun and has not ended, so nobody knows where it stands: go on with rollback {run.RunId}.");
        }

        if (run.IsRollingBack && run.Steps.Any(step => step.Status is StepStatus.Compensating or StepStatus.Compensated))
        {
            throw new InvalidRequestException(run.RollingBackTo is { } phase
                ? $"Run '{run.RunId}' is being rolled back to before its phase '{phase}' ({run.Message}): go on with rollback {run.RunId} --phase {phase}; then it can be resumed."
                : $"Run '{run.RunId}' is being rolled back ({run.Message}): go on with rollback {run.RunId}.");
        }
    }

    private async Task<RunState> GoOnAsync(RunHandle run, MigrationSpec spec, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        using var scope = observer.Logger.BeginScope(new Dictionary<string, object> { ["RunId"] = run.RunId });
        var journal = new StepJournal(run.Journal);
        var begun = time.GetTimestamp();
        var watching = new PhasedGuard(guard, spec, observer);
        await using var _ = watching.ConfigureAwait(false);
        var resumesIn = run.State().Steps.FirstOrDefault(step => step.Status != StepStatus.Committed)?.Step.Part;
        try
        {
            if (run.Journal.Entries.All(entry => entry.Kind != JournalKinds.Intent)
                && !await IsReadyAsync(run, spec, options, observer, cancellationToken).ConfigureAwait(false))
            {
                return run.State();
            }

            var isRelied = false;
            for (var index = 0; index < run.Plan.Steps.Count; index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                observer.Report(new Progress("run", index, run.Plan.Steps.Count, "steps"));
                var state = run.State().Steps[index];
                if (state.Status == StepStatus.Committed && state.Step.Part != resumesIn && spec.Phases.Any(phase => phase.Name == state.Step.Part && phase.Rollback is { WatchesItself: true }))
                {
                    // A phase that is over is no longer watched by what it alone asked for.
                    continue;
                }

                var watch = await watching.OverAsync(state.Step).ConfigureAwait(false);
                if (state.Status == StepStatus.Committed)
                {
                    continue;
                }

                // What lapses would be done again and again, were it never followed by what relies on it.
                if (!isRelied && options.MaxRuntime is { } limit && time.GetElapsedTime(begun) >= limit)
                {
                    await journal.RunEndedAsync(RunStatus.Interrupted, Verdict.NotRun, $"stopped before step {state.Step.Id}: the time given to it ({limit}) is over; resume it to go on").ConfigureAwait(false);
                    return run.State();
                }

                var stop = await GuardedAsync(run, spec, state, watch, options, observer, cancellationToken).ConfigureAwait(false);
                if (stop is not null)
                {
                    return await StopAsync(run, spec, stop, state.Step, options, observer, cancellationToken).ConfigureAwait(false);
                }

                isRelied = actions.Find(state.Step.Action.Verb).Lapses;
            }

            observer.Report(new Progress("run", run.Plan.Steps.Count, run.Plan.Steps.Count, "steps") { Completed = true });
            var final = run.State();
            var verdict = Verdicts.Combine(final.Steps.Select(step => step.Verdict).Concat(final.Readiness.Where(check => check.Required).Select(check => check.Verdict)));
            await journal.RunEndedAsync(RunStatus.Completed, verdict, $"all {final.Steps.Count} steps are committed").ConfigureAwait(false);
            return run.State();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var at = run.State().Steps.FirstOrDefault(step => step.Status != StepStatus.Committed)?.Step.Id;
            await journal.RunEndedAsync(RunStatus.Interrupted, Verdict.Inconclusive, $"cancelled at step {at ?? "(none)"}; resume it or roll it back").ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A step that a guard may stop at any moment. A guard that saw something while the step ended stops the run all the same.</summary>
    private async Task<StepStop?> GuardedAsync(
        RunHandle run, MigrationSpec spec, StepState state, IActiveGuard? watch, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (watch is null)
        {
            return await _steps.RunAsync(run, spec, state, options, observer, cancellationToken).ConfigureAwait(false);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, watch.Raised);
        StepStop? stop;
        try
        {
            stop = await _steps.RunAsync(run, spec, state, options, observer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (watch.Alarm is not null && !cancellationToken.IsCancellationRequested)
        {
            stop = null;
        }

        if (watch.Alarm is not { } alarm)
        {
            return stop;
        }

        await new StepJournal(run.Journal).AlarmAsync(alarm).ConfigureAwait(false);
        return new StepStop(alarm.Verdict, $"trigger '{alarm.Condition}' during step {state.Step.Id}: {alarm.Message}") { IsAlarm = true };
    }

    private async Task<bool> IsReadyAsync(RunHandle run, MigrationSpec spec, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var found = new List<CheckResult>();
        await foreach (var check in readiness.AssessAsync(spec, observer, cancellationToken).ConfigureAwait(false))
        {
            found.Add(check);
        }

        var checks = Waiving.Apply(found, options, time.GetUtcNow());
        var verdict = Verdicts.Combine(checks.Where(check => check.Required));
        var journal = new StepJournal(run.Journal);
        foreach (var waived in checks.Where(check => check.Verdict == Verdict.Waived))
        {
            await journal.WaivedAsync(waived, cancellationToken).ConfigureAwait(false);
        }

        await run.Journal.AppendAsync(JournalKinds.Readiness, null, new JsonObject
        {
            ["checks"] = JsonSerializer.SerializeToNode(checks, MigrationJson.Line),
            ["verdict"] = verdict.ToString(),
        }, cancellationToken).ConfigureAwait(false);
        if (verdict.LetsPass())
        {
            return true;
        }

        var open = checks.Where(check => check.Required && !check.Verdict.LetsPass() && check.Verdict != Verdict.Skipped).ToList();
        await journal.RunEndedAsync(
            RunStatus.NotReady, verdict, $"not ready, nothing was changed: {string.Join("; ", open.Select(check => $"{check.Name}: {check.Message}"))}").ConfigureAwait(false);
        return false;
    }

    private async Task<RunState> StopAsync(
        RunHandle run, MigrationSpec spec, StepStop stop, PlanStep step, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var journal = new StepJournal(run.Journal);
        var rollingBack = spec.RollbackIn(step.Part);

        // What can't be removed of the old side is no reason to take a migration back that was watched and approved.
        var undo = (stop.IsAlarm || !step.Contracts) && Undoes(stop, rollingBack);
        if (undo)
        {
            observer.Logger.LogWarning("Rolling back: {Reason}", stop.Message);
            var phase = rollingBack.Scope == RollbackScope.Phase ? step.Part : null;
            return await rollback.UndoAsync(run, spec, phase, stop.Message, stop.Verdict, options, observer, cancellationToken).ConfigureAwait(false);
        }

        var (status, advice) = stop.Verdict == Verdict.Failed
            ? (RunStatus.Failed, "mend the cause and resume it, or roll it back")
            : (RunStatus.Held, "mend the cause and resume it, or roll it back");
        await journal.RunEndedAsync(status, stop.Verdict, $"{stop.Message} — {advice}").ConfigureAwait(false);
        return run.State();
    }

    private static bool Undoes(StepStop stop, RollbackSpec rollback) =>
        stop.Verdict == Verdict.Failed ? rollback.Mode == RollbackMode.Automatic : stop.Fallback == GateFallback.Rollback;

    private static JsonObject Describe(MigrationSpec spec, MigrationPlan plan, RunOptions options) => new()
    {
        ["specId"] = spec.Id,
        ["specName"] = spec.Name,
        ["specHash"] = spec.Hash,
        ["specFile"] = spec.Path,
        ["planHash"] = plan.Hash,
        ["strategy"] = plan.Strategy.ToString(),
        ["toolVersion"] = ProductVersion.Text,
        ["user"] = options.User,
    };
}
