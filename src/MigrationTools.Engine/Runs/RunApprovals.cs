using MigrationTools.Engine.Rollouts;

namespace MigrationTools.Engine.Runs;

/// <summary>Takes a person's word on a step that waits for one. Only what a run waits for now can be approved: a word given before the evidence was there is none.</summary>
public sealed class RunApprovals(IRunStore store, TimeProvider time)
{
    /// <summary>The steps of a run that wait for a person now.</summary>
    public static IReadOnlyList<StepState> Waiting(RunState run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.IsFinal ? [] : [.. run.Steps.Where(step => step.Step.Action.Verb == RolloutStepNames.Approve && step.Status is StepStatus.Intended or StepStatus.Observed && step.Gate?.Verdict is not Checks.Verdict.Passed)];
    }

    /// <summary>What such a step asks, and how long.</summary>
    internal static RunWait WaitOf(RunState run, StepState step)
    {
        var parameters = step.Step.Action.Parameters;
        var limit = TimeSpan.TryParse((string?)parameters["deadline"], System.Globalization.CultureInfo.InvariantCulture, out var deadline) ? deadline : (TimeSpan?)null;
        return new RunWait(step.Step.Id, (string?)parameters["before"] ?? "", step.StartedAt, run.Status == RunStatus.Running ? step.StartedAt + limit : null);
    }

    /// <summary>Keeps the word; the run sees it when it looks next, or when it is resumed.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="step">The step's id; null for the only one that waits.</param>
    /// <param name="approved">Yes or no.</param>
    /// <param name="who">The person.</param>
    /// <param name="why">Their reason.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidRequestException">Nothing waits, another step does, or nobody and no reason is named.</exception>
    /// <exception cref="RunNotFoundException">No such run.</exception>
    public async Task<StepApproval> GiveAsync(string runId, string? step, bool approved, string who, string why, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(who) || string.IsNullOrWhiteSpace(why))
        {
            throw new InvalidRequestException("An approval names the person who gives it and the reason: both are kept with the run.");
        }

        var run = await store.LookAsync(runId, cancellationToken).ConfigureAwait(false);
        var waiting = Waiting(run);
        var found = waiting.FirstOrDefault(candidate => step is null || candidate.Step.Id == step);
        if (found is null)
        {
            var gates = run.Steps.Where(candidate => candidate.Step.Action.Verb == RolloutStepNames.Approve).Select(candidate => $"{candidate.Step.Id} ({candidate.Status})").ToList();
            throw new InvalidRequestException(
                $"Run '{runId}' does not wait for an approval{(step is null ? "" : $" of '{step}'")}: it is {run.Status} ({run.Message}). "
                + (gates.Count == 0 ? "Its plan asks for none." : $"Its plan asks for: {string.Join(", ", gates)}."));
        }

        var approval = new StepApproval(found.Step.Id, approved, who.Trim(), why.Trim(), time.GetUtcNow());
        await store.ApproveAsync(runId, approval, cancellationToken).ConfigureAwait(false);
        return approval;
    }
}
