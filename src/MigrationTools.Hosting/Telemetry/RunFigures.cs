using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Gates.Watching;
using MigrationTools.Engine.Rollouts;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Hosting.Telemetry;

/// <summary>
/// A run in figures, told from its journal: whoever takes the run over comes to the same values by reading it again. Only of a gate that is watched just now its board
/// is asked. Not thread-safe.
/// </summary>
internal sealed class RunFigures
{
    private readonly RunHandle _run;
    private readonly MetricPoints _points;
    private readonly GateFigures _gates;

    public RunFigures(RunHandle run, MigrationSpec spec)
    {
        _run = run;
        _points = new MetricPoints(run.RunId, run.Plan.SpecId);
        _gates = new GateFigures(_points, spec.Metrics);
        foreach (var entry in run.Journal.Entries)
        {
            Count(entry);
        }

        Stand();
    }

    public IReadOnlyCollection<MetricPoint> Points => _points.All;

    /// <summary>Takes in an entry that was just written.</summary>
    public void Hear(JournalEntry entry)
    {
        Count(entry);
        Stand();
    }

    /// <summary>Takes in a gate that is watched just now; what its step journals at the end replaces it.</summary>
    public void See(WatchedGate gate)
    {
        if (_run.Plan.Steps.FirstOrDefault(step => step.Id == gate.Step) is { } step)
        {
            _gates.See(gate, ("system", step.System));
        }
    }

    /// <summary>What an entry adds.</summary>
    private void Count(JournalEntry entry)
    {
        _points.Set(MetricFamilies.RunLastEntry, Seconds(entry.At));
        switch (entry.Kind)
        {
            case JournalKinds.Readiness:
                CountChecks(entry);
                break;
            case JournalKinds.Intent when IsApproval(entry):
                _points.Set(MetricFamilies.RunWaiting, 1);
                break;
            case JournalKinds.Observed:
                CountChecks(entry);
                Observe(entry, "forward");
                break;
            case JournalKinds.CompensationObserved:
                CountChecks(entry);
                Observe(entry, "back");
                break;
            case JournalKinds.Gate when entry.Get<GateResult>("result") is { } gate:
                CountVerdict("gate", gate.Verdict);
                break;
            case JournalKinds.Committed:
                CountVerdict("step", Verdict.Passed);
                break;
            case JournalKinds.StepFailed:
                CountVerdict("step", entry.Get<Verdict>("verdict"));
                break;
            case JournalKinds.Compensated or JournalKinds.CompensationFailed:
                CountVerdict("compensation", entry.Get<Verdict>("verdict"));
                break;
            case JournalKinds.Alarm:
                _points.Add(MetricFamilies.Alarms, 1, ("condition", entry.Get<string>("condition") ?? ""), ("verdict", entry.Get<Verdict>("verdict").ToString()));
                break;
        }

        if (entry.Kind is JournalKinds.Observed or JournalKinds.StepFailed or JournalKinds.RunEnded or JournalKinds.Alarm)
        {
            _points.Set(MetricFamilies.RunWaiting, 0);
        }
    }

    /// <summary>How the run stands after all entries.</summary>
    private void Stand()
    {
        var state = _run.State();
        _points.Clear(MetricFamilies.RunStatus);
        _points.Set(MetricFamilies.RunStatus, 1, ("status", state.Status.ToString()), ("strategy", _run.Plan.Strategy.ToString()), ("verdict", state.Verdict.ToString()));
        SetOrRemove(MetricFamilies.RunStart, state.StartedAt);
        SetOrRemove(MetricFamilies.RunEnd, state.EndedAt);
        foreach (var status in Enum.GetValues<StepStatus>())
        {
            _points.Set(MetricFamilies.RunSteps, state.Steps.Count(step => step.Status == status), ("status", status.ToString()));
        }

        if (state.TrafficReturn?.Reaction is { } reaction)
        {
            _points.Set(MetricFamilies.TrafficReturn, reaction.TotalSeconds);
        }
    }

    private void Observe(JournalEntry entry, string direction)
    {
        var step = _run.Plan.Steps.FirstOrDefault(candidate => candidate.Id == entry.Step);
        var action = direction == "back" ? step?.Compensation : step?.Action;
        if (step is null || action is null)
        {
            return;
        }

        (string, string) on = ("step", step.Id);
        (string, string) system = ("system", step.System);
        _points.Set(MetricFamilies.StepDuration, entry.Get<long>("durationMs") / 1000.0, on, system, ("verb", action.Verb), ("direction", direction));
        if (entry.Data["data"] is not JsonObject data)
        {
            return;
        }

        if (NumberIn(data, "percent") is { } percent && data["lane"] is JsonValue lane)
        {
            _points.Set(MetricFamilies.TrafficShare, percent / 100, system, ("lane", lane.ToString()));
        }

        if (direction == "back")
        {
            return;
        }

        Total(MetricFamilies.RowsCopied, data, "rows", system, on);
        Total(MetricFamilies.RowsRejected, data, "rejected", system, on);
        Total(MetricFamilies.AnswersCompared, data, "compared", system, on);
        Total(MetricFamilies.AnswersDifferent, data, "different", system, on);
        foreach (var change in (string[])["inserted", "updated", "deleted"])
        {
            Total(MetricFamilies.RowsCaughtUp, data, change, system, on, ("change", change));
        }

        if ((data["comparison"] as JsonObject)?["tables"] is JsonArray tables)
        {
            _points.Set(MetricFamilies.RowsCompared, tables.Sum(table => NumberIn(table, "sourceRows") ?? 0), system, on);
            _points.Set(MetricFamilies.RowsDifferent, tables.Sum(table => (NumberIn(table, "missing") ?? 0) + (NumberIn(table, "extra") ?? 0) + (NumberIn(table, "changed") ?? 0)), system, on);
        }

        _gates.Observe(data, system);
    }

    private void Total(MetricFamily family, JsonObject data, string property, params (string, string)[] labels)
    {
        if (NumberIn(data, property) is { } value)
        {
            _points.Set(family, value, labels);
        }
    }

    private void CountChecks(JournalEntry entry)
    {
        foreach (var check in (entry.Data["checks"] as JsonArray ?? []).OfType<JsonObject>())
        {
            CountVerdict("check", check["verdict"]?.Deserialize<Verdict>() ?? Verdict.NotRun);
        }
    }

    private void CountVerdict(string of, Verdict verdict) => _points.Add(MetricFamilies.Verdicts, 1, ("of", of), ("verdict", verdict.ToString()));

    private void SetOrRemove(MetricFamily family, DateTimeOffset? at)
    {
        if (at is { } known)
        {
            _points.Set(family, Seconds(known));
        }
        else
        {
            _points.Remove(family);
        }
    }

    internal static double? NumberIn(JsonNode? node, string property) =>
        node is JsonObject found && found[property] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.Deserialize<double>() : null;

    private static bool IsApproval(JournalEntry entry) => (string?)entry.Get<JsonObject>("action")?["verb"] == RolloutStepNames.Approve;

    private static double Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000.0;
}
