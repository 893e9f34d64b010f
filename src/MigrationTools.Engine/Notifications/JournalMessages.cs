using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Rollouts;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs.Notifications;

namespace MigrationTools.Engine.Notifications;

/// <summary>What of a journal people are told, in words that make sense without the journal.</summary>
internal static class JournalMessages
{
    /// <summary>The message of an entry, with all events that it counts as, the most telling first; null for an entry that is nobody's business.</summary>
    /// <param name="run">The run, the entry included.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="isFirst">Whether this process has written nothing to the run before.</param>
    public static (NotificationMessage Message, IReadOnlyList<NotificationEvent> Events)? Of(RunHandle run, JournalEntry entry, bool isFirst)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(entry);
        var told = entry.Kind switch
        {
            JournalKinds.RunStarted => Told(NotificationEvent.Start, $"run {run.RunId} began: {run.Plan.Strategy}, {run.Plan.Steps.Count} steps", null),
            JournalKinds.RollbackStarted => Told(NotificationEvent.Rollback, $"rollback {(entry.Get<string>("phase") is { } phase ? $"of phase '{phase}' " : "")}began: {entry.Get<string>("reason")}", null),
            JournalKinds.Gate when entry.Get<GateResult>("result") is { } gate => Gate(gate, entry.Step),
            JournalKinds.Intent when IsApproval(entry) => Told(NotificationEvent.Hold, Waits(run, entry), Verdict.Inconclusive),
            JournalKinds.StepFailed => Told(NotificationEvent.Failure, $"step {entry.Step} failed: {entry.Get<string>("message")}", entry.Get<Verdict>("verdict")),
            JournalKinds.CompensationFailed => Told(NotificationEvent.Failure, $"step {entry.Step} could not be undone: {entry.Get<string>("message")}", entry.Get<Verdict>("verdict")),
            JournalKinds.Alarm => Told(NotificationEvent.Failure, $"trigger '{entry.Get<string>("condition")}': {entry.Get<string>("message")}", entry.Get<Verdict>("verdict")),
            JournalKinds.RunEnded => Ended(entry),
            _ when isFirst => Told(NotificationEvent.Start, $"run {run.RunId} goes on: {Progressed(run)}", null),
            _ => null,
        };
        if (told is not { } known)
        {
            return null;
        }

        var state = run.State();
        return (new NotificationMessage(run.Plan.SpecId, known.Text, entry.At)
        {
            RunId = run.RunId,
            SpecName = state.SpecName,
            Event = known.Events[0],
            Status = state.Status,
            Verdict = known.Verdict,
            Step = entry.Step,
        }, known.Events);
    }

    private static (string Text, Verdict? Verdict, NotificationEvent[] Events)? Told(NotificationEvent what, string text, Verdict? verdict) => (text, verdict, [what]);

    private static (string Text, Verdict? Verdict, NotificationEvent[] Events)? Gate(GateResult gate, string? step) =>
        ($"gate '{gate.Gate}' after step {step}: {gate.Verdict}: {gate.Message}", gate.Verdict,
            gate.Verdict == Verdict.Failed ? [NotificationEvent.Failure, NotificationEvent.Gate] : [NotificationEvent.Gate]);

    private static (string Text, Verdict? Verdict, NotificationEvent[] Events)? Ended(JournalEntry entry)
    {
        var status = entry.Get<RunStatus>("status");
        NotificationEvent[] events = status switch
        {
            RunStatus.Held => [NotificationEvent.Hold, NotificationEvent.End],
            RunStatus.RollbackIncomplete => [NotificationEvent.Failure, NotificationEvent.End],
            _ => [NotificationEvent.End],
        };
        return ($"{status}: {entry.Get<string>("message")}", entry.Get<Verdict>("verdict"), events);
    }

    private static bool IsApproval(JournalEntry entry) => (string?)entry.Get<JsonObject>("action")?["verb"] == RolloutStepNames.Approve;

    private static string Waits(RunHandle run, JournalEntry entry)
    {
        var before = (string?)entry.Get<JsonObject>("action")?["parameters"]?["before"];
        return $"run {run.RunId} waits for a person to approve step {entry.Step} ({before}). To answer: migrationtools approve {run.RunId} --step {entry.Step} --why '...' (--refuse to say no), "
            + $"or Approve-MigrationGate -RunId {run.RunId} -Step {entry.Step} -Reason '...'";
    }

    private static string Progressed(RunHandle run)
    {
        var steps = run.State().Steps;
        return $"{steps.Count(step => step.Status == StepStatus.Committed)} of {steps.Count} steps are committed";
    }
}
