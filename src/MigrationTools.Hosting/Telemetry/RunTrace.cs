using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Hosting.Telemetry;

/// <summary>
/// A run as spans: one for the time that this process has it, below it one a step and one a compensation, with the times of the journal. Attributes are ids,
/// names, verdicts and numbers; sentences (which may quote data or a program's output) stay in the journal. Not thread-safe.
/// </summary>
internal sealed class RunTrace(ActivitySource source, RunHandle run)
{
    private const string ContextFile = "traceparent";

    private readonly Dictionary<(string Step, bool IsUndoing), Activity> _open = [];
    private Activity? _root;
    private bool _begun;
    private DateTimeOffset _last;

    /// <summary>Takes in an entry that was just written.</summary>
    public void Hear(JournalEntry entry)
    {
        _last = entry.At;
        if (!_begun)
        {
            Begin(entry.At);
        }

        if (entry.Step is { } id && run.Plan.Steps.FirstOrDefault(step => step.Id == id) is { } step)
        {
            HearOf(step, entry);
            return;
        }

        switch (entry.Kind)
        {
            case JournalKinds.Readiness:
                Tell(_root, entry, "readiness", ("migration.verdict", VerdictOf(entry)), ("migration.checks", (entry.Data["checks"] as JsonArray)?.Count));
                break;
            case JournalKinds.Waived:
                Tell(_root, entry, "waived", ("migration.check", entry.Get<string>("check")));
                break;
            case JournalKinds.RollbackStarted:
                Tell(_root, entry, "rollback", ("migration.phase", entry.Get<string>("phase")));
                break;
            case JournalKinds.Alarm:
                Alarm(entry);
                break;
            case JournalKinds.RunEnded:
                EndOpen(VerdictOf(entry), entry.At);
                _root?.SetTag("migration.status", entry.Get<RunStatus>("status").ToString());
                Judge(_root, VerdictOf(entry), null);
                break;
        }
    }

    /// <summary>The run is let go.</summary>
    public void End()
    {
        EndOpen(Verdict.NotRun, _last);
        _root?.SetEndTime(_last.UtcDateTime);
        _root?.Stop();
        _root = null;
    }

    private void Begin(DateTimeOffset at)
    {
        _begun = true;
        _root = source.StartActivity(
            "migration.run",
            ActivityKind.Internal,
            Before(),
            [
                new("migration.run.id", run.RunId),
                new("migration.spec.id", run.Plan.SpecId),
                new("migration.strategy", run.Plan.Strategy.ToString()),
                new("migration.steps", run.Plan.Steps.Count),
                new("migration.run.resumed", run.Journal.Entries.Any(entry => entry.Kind == JournalKinds.Owned)),
            ],
            startTime: at);
        Keep();
    }

    private void HearOf(PlanStep step, JournalEntry entry)
    {
        var isUndoing = entry.Kind is JournalKinds.CompensationIntent or JournalKinds.CompensationObserved or JournalKinds.Compensated or JournalKinds.CompensationFailed;
        var span = SpanOf(step, isUndoing, entry.At);
        switch (entry.Kind)
        {
            case JournalKinds.Looked:
                Tell(span, entry, "looked", ("migration.effect", entry.Get<string>("effect")));
                break;
            case JournalKinds.Observed or JournalKinds.CompensationObserved:
                span?.SetTag("migration.effect", entry.Get<string>("effect"));
                Tell(span, entry, "observed", ("migration.effect", entry.Get<string>("effect")), ("migration.duration_ms", entry.Get<long>("durationMs")));
                TellOfConditions(span, entry);
                break;
            case JournalKinds.Gate when entry.Get<GateResult>("result") is { } gate:
                Tell(span, entry, "gate", ("migration.gate", gate.Gate), ("migration.verdict", gate.Verdict.ToString()));
                if (!gate.Verdict.LetsPass())
                {
                    // The step is left here: it is not committed, and the run stops or goes back.
                    Close(step, isUndoing, gate.Verdict, null, entry.At);
                }

                break;
            case JournalKinds.Committed:
                Close(step, isUndoing, Verdict.Passed, null, entry.At);
                break;
            case JournalKinds.Compensated:
                Close(step, isUndoing, VerdictOf(entry), null, entry.At);
                break;
            case JournalKinds.StepFailed or JournalKinds.CompensationFailed:
                Close(step, isUndoing, VerdictOf(entry), entry.Get<string>("errorId"), entry.At);
                break;
        }
    }

    private Activity? SpanOf(PlanStep step, bool isUndoing, DateTimeOffset at)
    {
        if (_open.TryGetValue((step.Id, isUndoing), out var open))
        {
            return open;
        }

        var verb = isUndoing ? step.Compensation?.Verb ?? step.Action.Verb : step.Action.Verb;
        var span = _root is null ? null : source.StartActivity(
            isUndoing ? $"compensation {verb}" : $"step {verb}",
            ActivityKind.Internal,
            _root.Context,
            [
                new("migration.run.id", run.RunId),
                new("migration.step.id", step.Id),
                new("migration.step.phase", step.Phase),
                new("migration.verb", verb),
                new("migration.system", step.System),
            ],
            startTime: at);
        if (span is not null)
        {
            _open[(step.Id, isUndoing)] = span;
        }

        return span;
    }

    /// <summary>What a watched gate came to: each of its conditions, as the last measurement answered it.</summary>
    private static void TellOfConditions(Activity? span, JournalEntry entry)
    {
        if ((entry.Data["data"] as JsonObject)?["measurements"] is not JsonArray { Count: > 0 } measurements)
        {
            return;
        }

        foreach (var condition in (measurements[^1]?["conditions"] as JsonArray ?? []).OfType<JsonObject>())
        {
            Tell(span, entry, "gate.condition",
                ("migration.gate.stage", (string?)entry.Data["data"]?["stage"]), ("migration.condition", (string?)condition["condition"]), ("migration.answer", (string?)condition["answer"]));
        }
    }

    private void Alarm(JournalEntry entry)
    {
        (string, object?)[] what = [("migration.condition", entry.Get<string>("condition")), ("migration.verdict", VerdictOf(entry).ToString()), ("migration.first_bad_at", entry.Get<DateTimeOffset>("firstBadAt").ToString("O"))];
        Tell(_root, entry, "alarm", what);
        foreach (var span in _open.Values)
        {
            Tell(span, entry, "alarm", what);
        }

        EndOpen(VerdictOf(entry), entry.At);
    }

    private void EndOpen(Verdict verdict, DateTimeOffset at)
    {
        foreach (var (step, isUndoing) in _open.Keys.ToList())
        {
            Close(run.Plan.Steps.First(candidate => candidate.Id == step), isUndoing, verdict, null, at);
        }
    }

    private void Close(PlanStep step, bool isUndoing, Verdict verdict, string? errorId, DateTimeOffset at)
    {
        if (_open.Remove((step.Id, isUndoing), out var span))
        {
            Judge(span, verdict, errorId);
            span.SetEndTime(at.UtcDateTime);
            span.Stop();
        }
    }

    private static void Judge(Activity? span, Verdict verdict, string? errorId)
    {
        span?.SetTag("migration.verdict", verdict.ToString());
        if (verdict is Verdict.Failed or Verdict.Error)
        {
            span?.SetTag("error.type", errorId ?? verdict.ToString());
            span?.SetStatus(ActivityStatusCode.Error);
        }
        else if (verdict.LetsPass())
        {
            span?.SetStatus(ActivityStatusCode.Ok);
        }
    }

    private static void Tell(Activity? span, JournalEntry entry, string name, params (string Name, object? Value)[] attributes) =>
        span?.AddEvent(new ActivityEvent(name, entry.At, new ActivityTagsCollection(attributes.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Name, one.Value is Verdict verdict ? verdict.ToString() : one.Value)))));

    private static Verdict VerdictOf(JournalEntry entry) => entry.Data["verdict"]?.Deserialize<Verdict>() ?? Verdict.NotRun;

    /// <summary>The span of the process that had the run before, so that all of a run is one trace; none where its directory is on another host.</summary>
    private ActivityContext Before()
    {
        var file = Path.Combine(run.Directory, ContextFile);
        return File.Exists(file) && ActivityContext.TryParse(File.ReadAllText(file).Trim(), null, isRemote: true, out var context) ? context : default;
    }

    private void Keep()
    {
        var file = Path.Combine(run.Directory, ContextFile);
        if (_root?.Id is { } id && !File.Exists(file))
        {
            PrivateFiles.WriteAtomically(file, id);
        }
    }
}
