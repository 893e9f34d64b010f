using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Rollouts;

/// <summary>
/// Waits until a person says yes or no, from this process or any other that reaches the store of runs. Parameters: <c>before</c>, what is approved;
/// <c>deadline</c>, how long it waits before the run holds. Data: <c>who</c>, <c>why</c>.
/// </summary>
public sealed class ApprovalStep(IRunStore store, TimeProvider time) : IStepAction
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public string Verb => RolloutStepNames.Approve;

    /// <summary>What was said of this step before it asked: of a phase that was undone and begins anew, the word of the first time.</summary>
    public async Task<JsonObject> CaptureAsync(StepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var approvals = await store.ReadApprovalsAsync(context.RunId, cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["spent"] = new JsonArray([.. approvals.Where(approval => approval.Step == context.Step.Id).Select(approval => JsonValue.Create(Mark(approval)))]) };
    }

    public async Task<StepObservation> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var before = (string?)context.Action.Parameters["before"] ?? "";
        var deadline = TimeSpan.Parse((string)context.Action.Parameters["deadline"]!, CultureInfo.InvariantCulture);
        var spent = (context.Prior["spent"] as JsonArray ?? []).Select(mark => (string?)mark).ToHashSet(StringComparer.Ordinal);
        var begun = time.GetTimestamp();
        var activity = $"waiting for an approval: {before}";
        context.Observer.Logger.LogInformation("Run {RunId} waits for an approval of step {Step}: {Before}", context.RunId, context.Step.Id, before);
        try
        {
            while (true)
            {
                var approvals = await store.ReadApprovalsAsync(context.RunId, cancellationToken).ConfigureAwait(false);
                if (approvals.LastOrDefault(approval => approval.Step == context.Step.Id && !spent.Contains(Mark(approval))) is { } approval)
                {
                    return Answered(before, approval);
                }

                var waited = time.GetElapsedTime(begun);
                if (waited >= deadline)
                {
                    return Unanswered(context, before, deadline);
                }

                context.Observer.Report(new Progress(activity, (long)waited.TotalSeconds, (long)deadline.TotalSeconds, "seconds"));
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            context.Observer.Report(new Progress(activity, (long)time.GetElapsedTime(begun).TotalSeconds, null, "seconds") { Completed = true });
        }
    }

    public Task<EffectReport> LookAsync(StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.NotApplied, "nothing is changed by waiting, so it is waited for again"));

    private static string Mark(StepApproval approval) => $"{approval.At:O} {approval.Who}";

    private static StepObservation Answered(string before, StepApproval approval)
    {
        var word = approval.Approved ? "approved" : "refused";
        var check = Question(before) with
        {
            Verdict = approval.Approved ? Verdict.Passed : Verdict.Failed,
            Message = $"{word} by {approval.Who}: {approval.Why}",
            Evidence = [new Evidence("a person's word", $"{word} by {approval.Who}: {approval.Why}", approval.At)],
        };
        return new StepObservation($"{word} by {approval.Who}: {approval.Why}")
        {
            Evidence = check.Evidence,
            Checks = [check],
            Data = new JsonObject { ["approved"] = approval.Approved, ["who"] = approval.Who, ["why"] = approval.Why, ["at"] = approval.At },
        };
    }

    private static StepObservation Unanswered(StepContext context, string before, TimeSpan deadline)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"nobody answered within {deadline}");
        return new StepObservation(message)
        {
            Checks =
            [
                Question(before) with
                {
                    Verdict = Verdict.Inconclusive,
                    Message = message,
                    Remedy = $"Approve or refuse the step {context.Step.Id} of run {context.RunId} (migrationtools approve; in PowerShell Approve-MigrationGate), then resume the run.",
                },
            ],
        };
    }

    private static CheckResult Question(string before) => new() { Id = $"approval:{before}", Name = $"a person approves: {before}", Category = "approval" };
}
