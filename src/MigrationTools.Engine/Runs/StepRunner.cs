using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Runs;

/// <summary>
/// Carries one step to its commit, from wherever its journal says it is: intent → execute → observed → gate → committed.
/// An intent without an observation is settled by looking, never by running it blindly again.
/// </summary>
internal sealed class StepRunner(StepActionCatalog actions, TimeProvider time)
{
    /// <summary>Answers null when the step is committed, otherwise why the run can't go on.</summary>
    public async Task<StepStop?> RunAsync(
        RunHandle run, MigrationSpec spec, StepState state, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var step = state.Step;
        var journal = new StepJournal(run.Journal);
        using var scope = observer.Logger.BeginScope(new Dictionary<string, object> { ["StepId"] = step.Id });
        try
        {
            var action = actions.Find(step.Action.Verb);
            var context = ContextFor(run, spec, state, options, observer);
            var observation = state switch
            {
                // Cut off between the observation and its gate: what was observed is judged now.
                { Status: StepStatus.Observed, Gate: null } =>
                    new StepObservation(state.Summary ?? "") { Evidence = state.Evidence, Checks = state.Checks, Data = state.Data },

                // The gate did not let it pass the last time: the world is looked at anew, for it may have been mended.
                { Status: StepStatus.Observed or StepStatus.Intended } => await SettleAsync(action, context, journal, cancellationToken).ConfigureAwait(false),
                _ => null,
            };
            observation ??= await ExecuteAsync(action, context, state, journal, cancellationToken).ConfigureAwait(false);
            return await JudgeAsync(step, observation, options, journal, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (MigrationToolsException e)
        {
            observer.Logger.LogError(e, "Step {Step} stopped: {Message}", step.Id, e.Message);
            // Data that the target will not take is an answer; a server that went away is none.
            var verdict = e.ErrorId == ErrorIds.TooManyRejected || e is DatabaseException { IsDataError: true } ? Verdict.Failed : Verdict.Error;
            await journal.FailedAsync(JournalKinds.StepFailed, step, e.ErrorId, e.Message, verdict).ConfigureAwait(false);
            return new StepStop(verdict, $"step {step.Id}: {e.Message}");
        }
    }

    /// <summary>Whether nothing of the step is in place: it was not begun, or an attempt at it is seen to have left nothing.</summary>
    public async Task<bool> IsNotInPlaceAsync(
        RunHandle run, MigrationSpec spec, StepState state, RunOptions options, IOperationObserver observer, CancellationToken cancellationToken)
    {
        if (state.Status != StepStatus.Intended)
        {
            return state.Status == StepStatus.Pending;
        }

        try
        {
            return (await actions.Find(state.Step.Action.Verb).LookAsync(ContextFor(run, spec, state, options, observer), cancellationToken).ConfigureAwait(false)).Effect == Effect.NotApplied;
        }
        catch (MigrationToolsException e)
        {
            observer.Logger.LogWarning(e, "Whether {Step} left something can't be seen now: {Message}", state.Step.Id, e.Message);
            return false;
        }
    }

    private async Task<StepObservation?> SettleAsync(IStepAction action, StepContext context, StepJournal journal, CancellationToken cancellationToken)
    {
        var report = await action.LookAsync(context, cancellationToken).ConfigureAwait(false);
        await journal.LookedAsync(context.Step, report).ConfigureAwait(false);
        switch (report.Effect)
        {
            case Effect.Applied when report.Observation is { } seen:
                await journal.ObservedAsync(context.Step, Effect.Applied, seen, TimeSpan.Zero).ConfigureAwait(false);
                return seen;
            case Effect.Applied or Effect.NotApplied:
                return null;
            case Effect.Partial when report.Continuable:
                return null;
            case Effect.Partial when context.Step.Compensation is { } compensation:
                var undo = await actions.Find(compensation.Verb).ExecuteAsync(context with { Action = compensation }, cancellationToken).ConfigureAwait(false);
                context.Observer.Logger.LogInformation("Step {Step}: its partial effect was undone: {Summary}", context.Step.Id, undo.Summary);
                return null;
            default:
                throw new EffectUnknownException(
                    $"it was cut off, and looking does not tell what it left: {report.Message}. Look at the endpoint by hand; then resume the run, or roll it back.");
        }
    }

    private async Task<StepObservation> ExecuteAsync(
        IStepAction action, StepContext context, StepState state, StepJournal journal, CancellationToken cancellationToken)
    {
        // The state before is taken down once: a second attempt would take its own leftovers for it.
        var prior = state.Attempts == 0 ? await action.CaptureAsync(context, cancellationToken).ConfigureAwait(false) : state.Prior;
        var intent = await journal.IntentAsync(context.Step, prior, cancellationToken).ConfigureAwait(false);

        context = context with { Prior = (JsonObject)prior.DeepClone(), Intent = intent.Seq };
        context.Observer.Logger.LogInformation("Step {Step}: {Description}", context.Step.Id, context.Action.Description);
        var begun = time.GetTimestamp();
        using var limit = context.Step.Timeout is { } timeout ? new CancellationTokenSource(timeout, time) : new CancellationTokenSource();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        StepObservation observation;
        try
        {
            observation = await action.ExecuteAsync(context, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StepTimeoutException($"it did not end within {context.Step.Timeout}. Resume the run to go on, or roll it back.");
        }

        await journal.ObservedAsync(context.Step, Effect.Applied, observation, time.GetElapsedTime(begun)).ConfigureAwait(false);
        context.Observer.Logger.LogInformation("Step {Step}: {Summary}", context.Step.Id, observation.Summary);
        return observation;
    }

    private async Task<StepStop?> JudgeAsync(
        PlanStep step, StepObservation observation, RunOptions options, StepJournal journal, CancellationToken cancellationToken)
    {
        if (step.GateAfter is { } gate)
        {
            var checks = Waiving.Apply(observation.Checks, options, time.GetUtcNow());
            foreach (var waived in checks.Where(check => check.Verdict == Verdict.Waived))
            {
                await journal.WaivedAsync(waived, cancellationToken).ConfigureAwait(false);
            }

            var result = gate.Judge(checks);
            await journal.GateAsync(step, result).ConfigureAwait(false);
            if (!result.Verdict.LetsPass())
            {
                return new StepStop(result.Verdict, $"gate '{gate.Name}' after step {step.Id}: {result.Message}") { Fallback = gate.OnInconclusive };
            }
        }

        await journal.CommittedAsync(step).ConfigureAwait(false);
        return null;
    }

    private static StepContext ContextFor(RunHandle run, MigrationSpec spec, StepState state, RunOptions options, IOperationObserver observer) => new()
    {
        RunId = run.RunId,
        RunDirectory = run.Directory,
        Spec = spec,
        Step = state.Step,
        Action = state.Step.Action,
        Prior = (JsonObject)state.Prior.DeepClone(),
        Observed = run.State().Steps.ToDictionary(other => other.Step.Id, other => other.Data, StringComparer.Ordinal),
        AcceptDataLoss = options.AcceptDataLoss,
        Observer = observer,
    };
}
