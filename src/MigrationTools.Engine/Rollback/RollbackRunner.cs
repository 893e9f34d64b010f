using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Rollback;

/// <summary>
/// Walks a run's steps backwards. Each compensation is journalled before it executes, may be executed again after a cut, and
/// counts only once what it should have brought about was seen.
/// </summary>
public sealed class RollbackRunner(IRunStore store, StepActionCatalog actions, IRunLog log, TimeProvider time)
{
    /// <summary>Takes a run and undoes it.</summary>
    /// <returns>The run: RolledBack where everything was seen to be undone.</returns>
    /// <exception cref="InvalidRequestException">There is nothing to undo.</exception>
    public async Task<RunState> RollbackAsync(string runId, string reason, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var before = await store.LookAsync(runId, cancellationToken).ConfigureAwait(false);
        var reach = UndoneReach.Of(before, options.Phase);
        RefuseUndone(before);

        if (options.Phase is not null && reach.Steps.Count == 0 && !before.IsRollingBack)
        {
            throw new InvalidRequestException($"Run '{runId}': phase '{options.Phase}' is {before.Phases.First(phase => phase.Name == options.Phase).Status}, and no later one has begun: there is nothing to roll back.");
        }

        var spec = await store.ReadSpecAsync(runId, cancellationToken).ConfigureAwait(false);
        KeptPlan.RequireSpec(runId, before.Plan, spec);
        if (await ForeseeAsync(before, spec, reach.Steps, options, observer, cancellationToken).ConfigureAwait(false) is { Count: > 0 } losses)
        {
            return before with { RollbackRefused = true, Verdict = Verdict.Failed, Message = $"not rolled back, and nothing was changed: {string.Join("; and ", losses)}" };
        }

        var run = await store.TakeAsync(runId, RefuseUndone, cancellationToken).ConfigureAwait(false);
        await using var _ = run.ConfigureAwait(false);
        using var logged = log.Attach(run.RunId, run.Directory, observer);
        return await UndoAsync(run, spec, options.Phase, reason, null, options, logged, cancellationToken).ConfigureAwait(false);
    }

    private static void RefuseUndone(RunState run)
    {
        if (run.Status is RunStatus.RolledBack or RunStatus.NotReady)
        {
            throw new InvalidRequestException($"Run '{run.RunId}' is {run.Status}: there is nothing to roll back.");
        }
    }

    /// <summary>Undoes a run that is already in hand.</summary>
    /// <param name="run">The run.</param>
    /// <param name="spec">Its spec.</param>
    /// <param name="phase">Back to and with this phase; null for all of it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="failure">The verdict of what failed, which the run keeps while phases of it stay; null where a person asked for it: then the rest of the run is NotRun.</param>
    /// <param name="options">Who, and waivers.</param>
    /// <param name="observer">Hears of it.</param>
    /// <param name="cancellationToken">Stops between compensations.</param>
    internal async Task<RunState> UndoAsync(
        RunHandle run, MigrationSpec spec, string? phase, string reason, Verdict? failure, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var journal = new StepJournal(run.Journal);
        var reach = UndoneReach.Of(run.State(), phase);
        var steps = reach.Steps;
        await journal.RollbackStartedAsync(reason, options.User, phase, steps.Select(step => step.Step)).ConfigureAwait(false);
        var verdicts = new List<Verdict>();
        var begun = time.GetTimestamp();
        for (var index = 0; index < steps.Count; index++)
        {
            observer.Report(new Progress("rollback", index, steps.Count, "steps"));
            var (verdict, message) = await UndoStepAsync(run, spec, steps[index], options, observer, cancellationToken).ConfigureAwait(false);
            if (!verdict.LetsPass())
            {
                await journal.RunEndedAsync(RunStatus.RollbackIncomplete, verdict, $"{message} — mend the cause and roll {(phase is null ? "" : $"phase '{phase}' ")}back again").ConfigureAwait(false);
                return run.State();
            }

            verdicts.Add(verdict);
        }

        observer.Report(new Progress("rollback", steps.Count, steps.Count, "steps") { Completed = true });
        var combined = steps.Count == 0 ? Verdict.Passed : Verdicts.Combine(verdicts);
        var late = Late(spec.RollbackIn(phase), time.GetElapsedTime(begun), observer);
        if (reach.Kept.Count > 0)
        {
            var undone = Undone(run, phase!);
            await journal.RunEndedAsync(
                RunStatus.Held,
                failure ?? Verdict.NotRun,
                $"{reason} — {UndoneReach.Names(undone)} {(undone.Count == 1 ? "is" : "are")} undone ({UndoneReach.Count(steps.Count)}){late}; {UndoneReach.Names(reach.Kept)} {(reach.Kept.Count == 1 ? "stays" : "stay")} in place. Mend the cause and resume it, which begins {UndoneReach.Names(undone)} anew, or roll back the rest").ConfigureAwait(false);
            return run.State();
        }

        await journal.RunEndedAsync(
            RunStatus.RolledBack,
            combined,
            steps.Count == 0 ? "no step had begun: there was nothing to undo" : $"{steps.Count} steps are undone: {reason}{late}").ConfigureAwait(false);
        return run.State();
    }

    /// <summary>
    /// All that going back would lose, as far as it can be seen before the run is taken and anything goes back. Nothing is journalled: whoever is told of it may as well leave the run as it is. What can't be
    /// looked at now is looked at when its turn comes; a database that is down keeps no traffic where it is.
    /// </summary>
    private async Task<IReadOnlyList<string>> ForeseeAsync(
        RunState run, MigrationSpec spec, IReadOnlyList<StepState> steps, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var losses = new List<string>();
        foreach (var state in steps)
        {
            try
            {
                if (RemovesForGood(state.Step))
                {
                    losses.AddRange(await WhatWasRemovedAsync(run, spec, state, options, observer, cancellationToken).ConfigureAwait(false) is { } removed ? [removed] : []);
                }
                else if (state.Step.Compensation is { } compensation && actions.Find(compensation.Verb) is ILossCheck check && (!options.AcceptDataLoss || state.Step.Contracts))
                {
                    await check.ExecuteAsync(ContextFor(run, spec, state, compensation, options, observer), cancellationToken).ConfigureAwait(false);
                }
            }
            catch (RollbackWouldLoseDataException e)
            {
                losses.Add(e.Message);
            }
            catch (MigrationToolsException e)
            {
                observer.Logger.LogWarning(e, "Whether undoing {Step} would lose data can't be seen now, and is looked at when its turn comes: {Message}", state.Step.Id, e.Message);
            }
        }

        losses.ForEach(loss => observer.Logger.LogError("Not rolled back: {Loss}", loss));
        return losses;
    }

    private static bool RemovesForGood(PlanStep step) => step is { Contracts: true, PointOfNoReturn: true, Compensation: null };

    /// <summary>What such a step removed, as its look tells; null where it did not, or where that is accepted.</summary>
    private async Task<string?> WhatWasRemovedAsync(
        RunState run, MigrationSpec spec, StepState state, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (options.AcceptDataLoss)
        {
            return null;
        }

        var step = state.Step;
        var looked = await actions.Find(step.Action.Verb).LookAsync(ContextFor(run, spec, state, step.Action, options, observer), cancellationToken).ConfigureAwait(false);

        // The steps before it would go back to a side that is no longer whole, and then remove the other.
        return looked.Effect == Effect.NotApplied
            ? null
            : $"step {step.Id} may have removed something of the old side ({looked.Message}), and nothing brings that back ({step.Irreversible}). Going back needs the old side whole: see that it is, then say that what is lost may be lost (--accept-data-loss; in PowerShell -AcceptDataLoss)";
    }

    private static StepContext ContextFor(RunState run, MigrationSpec spec, StepState state, StepAction compensation, RunOptions options, IOperationObserver observer) => new()
    {
        RunId = run.RunId,
        RunDirectory = run.Directory,
        Spec = spec,
        Step = state.Step,
        Action = compensation,
        Prior = (JsonObject)state.Prior.DeepClone(),
        Observed = run.Steps.ToDictionary(other => other.Step.Id, other => other.Data, StringComparer.Ordinal),
        AcceptDataLoss = options.AcceptDataLoss,
        Observer = observer,
    };

    /// <summary>The phases from the given one on that are undone now, also by an earlier attempt.</summary>
    private static List<string> Undone(RunHandle run, string from) =>
        [.. run.State().Phases.SkipWhile(phase => phase.Name != from).Where(phase => phase.Status == RunPhaseStatus.Undone).Select(phase => phase.Name)];

    /// <summary>A way back that is cut off halfway is worse than a slow one: it is carried to its end, and that it took too long is told.</summary>
    private static string Late(RollbackSpec rollback, TimeSpan took, IOperationObserver observer)
    {
        if (rollback.MaxDuration is not { } allowed || took <= allowed)
        {
            return "";
        }

        observer.Logger.LogWarning("The rollback took {Took}, longer than the {Allowed} that the spec allows", took, allowed);
        return string.Create(CultureInfo.InvariantCulture, $" — it took {took.TotalSeconds:0.###} s, longer than the {allowed.TotalSeconds:0.###} s that the spec allows");
    }

    private async Task<(Verdict Verdict, string Message)> UndoStepAsync(
        RunHandle run, MigrationSpec spec, StepState state, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var step = state.Step;
        var journal = new StepJournal(run.Journal);
        using var scope = observer.Logger.BeginScope(new Dictionary<string, object> { ["StepId"] = step.Id });
        try
        {
            if (step.Compensation is not { } compensation)
            {
                await journal.CompensationIntentAsync(step, cancellationToken).ConfigureAwait(false);
                if (RemovesForGood(step) && await WhatWasRemovedAsync(run.State(), spec, state, options, observer, cancellationToken).ConfigureAwait(false) is { } removed)
                {
                    await journal.FailedAsync(JournalKinds.CompensationFailed, step, ErrorIds.RollbackWouldLoseData, removed, Verdict.Failed).ConfigureAwait(false);
                    return (Verdict.Failed, removed);
                }

                var reason = $"nothing to undo: {step.Irreversible}";
                await journal.CompensatedAsync(step, Verdict.Passed, reason).ConfigureAwait(false);
                return (Verdict.Passed, reason);
            }

            var action = actions.Find(compensation.Verb);
            var context = ContextFor(run.State(), spec, state, compensation, options, observer);
            await journal.CompensationIntentAsync(step, cancellationToken).ConfigureAwait(false);
            observer.Logger.LogInformation("Undoing {Step}: {Description}", step.Id, compensation.Description);
            var begun = time.GetTimestamp();
            var observation = await action.ExecuteAsync(context, cancellationToken).ConfigureAwait(false);
            await journal.CompensationObservedAsync(step, observation, time.GetElapsedTime(begun)).ConfigureAwait(false);

            // Undone is what was seen to be undone, not what ran without an error.
            var looked = await action.LookAsync(context, cancellationToken).ConfigureAwait(false);
            var judged = Waiving.Apply(observation.Checks, options, time.GetUtcNow());
            foreach (var waived in judged.Where(check => check.Verdict == Verdict.Waived))
            {
                await journal.WaivedAsync(waived, CancellationToken.None).ConfigureAwait(false);
            }

            var checks = Verdicts.Combine(judged);
            var verdict = looked.Effect switch
            {
                Effect.Applied => observation.Checks.Count == 0 ? Verdict.Passed : checks,
                Effect.Unknown => Verdict.Inconclusive,
                _ => Verdict.Failed,
            };
            var message = verdict.LetsPass() ? $"{observation.Summary}; {looked.Message}" : $"undoing step {step.Id}: {looked.Message}; {observation.Summary}";
            if (!verdict.LetsPass())
            {
                await journal.FailedAsync(JournalKinds.CompensationFailed, step, ErrorIds.RollbackFailed, message, verdict).ConfigureAwait(false);
                return (verdict, message);
            }

            await journal.CompensatedAsync(step, verdict, message).ConfigureAwait(false);
            return (verdict, message);
        }
        catch (MigrationToolsException e)
        {
            observer.Logger.LogError(e, "Undoing {Step} stopped: {Message}", step.Id, e.Message);
            var verdict = e.ErrorId == ErrorIds.RollbackWouldLoseData ? Verdict.Failed : Verdict.Error;
            await journal.FailedAsync(JournalKinds.CompensationFailed, step, e.ErrorId, e.Message, verdict).ConfigureAwait(false);
            return (verdict, $"undoing step {step.Id}: {e.Message}");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await journal.RunEndedAsync(RunStatus.RollbackIncomplete, Verdict.Inconclusive, $"cancelled while undoing step {step.Id}; roll back again to go on").ConfigureAwait(false);
            throw;
        }
    }
}
