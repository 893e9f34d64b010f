using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Triggers;

namespace MigrationTools.Engine.Runs;

/// <summary>Writes what happens to steps in the journal's words.</summary>
internal sealed class StepJournal(IJournal journal)
{
    public Task<JournalEntry> IntentAsync(PlanStep step, JsonObject prior, CancellationToken cancellationToken) =>
        AppendAsync(JournalKinds.Intent, step, new JsonObject
        {
            ["action"] = Node(step.Action),
            ["compensation"] = Node(step.Compensation),
            ["irreversible"] = step.Irreversible,
            ["prior"] = prior.DeepClone(),
        }, cancellationToken);

    public Task ObservedAsync(PlanStep step, Effect effect, StepObservation observation, TimeSpan duration) =>
        AppendAsync(JournalKinds.Observed, step, Describe(observation, duration, effect), CancellationToken.None);

    public Task LookedAsync(PlanStep step, EffectReport report) =>
        AppendAsync(JournalKinds.Looked, step, new JsonObject { ["effect"] = report.Effect.ToString(), ["message"] = report.Message, ["continuable"] = report.Continuable }, CancellationToken.None);

    public Task GateAsync(PlanStep step, GateResult result) =>
        AppendAsync(JournalKinds.Gate, step, new JsonObject { ["result"] = Node(result) }, CancellationToken.None);

    public Task CommittedAsync(PlanStep step) => AppendAsync(JournalKinds.Committed, step, [], CancellationToken.None);

    public Task FailedAsync(string kind, PlanStep step, string errorId, string message, Verdict verdict) =>
        AppendAsync(kind, step, new JsonObject { ["errorId"] = errorId, ["message"] = message, ["verdict"] = verdict.ToString() }, CancellationToken.None);

    public Task CompensationIntentAsync(PlanStep step, CancellationToken cancellationToken) =>
        AppendAsync(JournalKinds.CompensationIntent, step, new JsonObject { ["action"] = Node(step.Compensation), ["irreversible"] = step.Irreversible }, cancellationToken);

    public Task CompensationObservedAsync(PlanStep step, StepObservation observation, TimeSpan duration) =>
        AppendAsync(JournalKinds.CompensationObserved, step, Describe(observation, duration, Effect.Applied), CancellationToken.None);

    public Task CompensatedAsync(PlanStep step, Verdict verdict, string message) =>
        AppendAsync(JournalKinds.Compensated, step, new JsonObject { ["verdict"] = verdict.ToString(), ["message"] = message }, CancellationToken.None);

    public Task WaivedAsync(CheckResult check, CancellationToken cancellationToken) =>
        journal.AppendAsync(JournalKinds.Waived, null, new JsonObject { ["check"] = check.Id, ["who"] = check.Waiver?.Who, ["why"] = check.Waiver?.Why }, cancellationToken);

    public Task RollbackStartedAsync(string reason, string by, string? phase, IEnumerable<PlanStep> steps) =>
        journal.AppendAsync(JournalKinds.RollbackStarted, null, new JsonObject { ["reason"] = reason, ["by"] = by, ["phase"] = phase, ["steps"] = Ids(steps) }, CancellationToken.None);

    public Task ReopenedAsync(IEnumerable<PlanStep> steps, string by) =>
        journal.AppendAsync(JournalKinds.Reopened, null, new JsonObject { ["steps"] = Ids(steps), ["by"] = by }, CancellationToken.None);

    public Task AlarmAsync(RunAlarm alarm) =>
        journal.AppendAsync(JournalKinds.Alarm, null, (JsonObject)Node(alarm)!, CancellationToken.None);

    public Task RunEndedAsync(RunStatus status, Verdict verdict, string message) =>
        journal.AppendAsync(JournalKinds.RunEnded, null, new JsonObject { ["status"] = status.ToString(), ["verdict"] = verdict.ToString(), ["message"] = message }, CancellationToken.None);

    private static JsonObject Describe(StepObservation observation, TimeSpan duration, Effect effect) => new()
    {
        ["effect"] = effect.ToString(),
        ["summary"] = observation.Summary,
        ["evidence"] = Node(observation.Evidence),
        ["checks"] = Node(observation.Checks),
        ["data"] = observation.Data.DeepClone(),
        ["durationMs"] = (long)duration.TotalMilliseconds,
    };

    private static JsonArray Ids(IEnumerable<PlanStep> steps) => new([.. steps.Select(step => JsonValue.Create(step.Id))]);

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, MigrationJson.Line);

    private Task<JournalEntry> AppendAsync(string kind, PlanStep step, JsonObject data, CancellationToken cancellationToken) =>
        journal.AppendAsync(kind, step.Id, data, cancellationToken);
}
