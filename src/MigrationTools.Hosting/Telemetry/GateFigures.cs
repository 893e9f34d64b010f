using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Gates.Watching;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Hosting.Telemetry;

/// <summary>What the last measurement of a watched gate saw, and the limits that it stood against: as its step shows it while it watches, and journals it at the end.</summary>
internal sealed class GateFigures(MetricPoints points, IReadOnlyList<MetricSpec> metrics)
{
    /// <summary>Takes in a step's data; one that measured no gate is passed over.</summary>
    /// <param name="data">As the step journalled it.</param>
    /// <param name="system">The label of the step's system.</param>
    public void Observe(JsonObject data, (string Name, string Value) system)
    {
        if (data["measurements"] is not JsonArray measurements || (string?)data["stage"] is not { } name)
        {
            return;
        }

        var stage = ("stage", name);
        foreach (var group in measurements.OfType<JsonObject>().GroupBy(one => (string?)one["verdict"] ?? nameof(Verdict.NotRun)))
        {
            points.Set(MetricFamilies.GateMeasurements, group.Count(), system, stage, ("verdict", group.Key));
        }

        if (measurements.OfType<JsonObject>().LastOrDefault() is not { } last)
        {
            return;
        }

        Forget(name);
        var windows = WindowsOf(last);
        foreach (var window in windows)
        {
            Set(new GateSide(window.Metric, window.Side, window.Samples, window.Errors, window.Figures), system, stage);
        }

        foreach (var outcome in (last["conditions"] as JsonArray ?? []).OfType<JsonObject>())
        {
            Judge((string?)outcome["condition"] ?? "", (string?)outcome["answer"], windows, system, stage);
        }
    }

    /// <summary>Takes in a gate that is watched just now.</summary>
    /// <param name="gate">As it is shown.</param>
    /// <param name="system">The label of the step's system.</param>
    public void See(WatchedGate gate, (string Name, string Value) system)
    {
        var stage = ("stage", gate.Stage);
        points.RemoveAll(MetricFamilies.GateMeasurements, "stage", gate.Stage);
        foreach (var (verdict, count) in new[] { (Verdict.Passed, gate.Held), (Verdict.Failed, gate.Failed), (Verdict.Inconclusive, gate.Inconclusive), (Verdict.Error, gate.Broken) })
        {
            if (count > 0)
            {
                points.Set(MetricFamilies.GateMeasurements, count, system, stage, ("verdict", verdict.ToString()));
            }
        }

        Forget(gate.Stage);
        foreach (var side in gate.Sides)
        {
            Set(side, system, stage);
        }

        var windows = gate.Sides.Select(side => new MetricWindow(side.Metric, side.Side, default, default) { Samples = side.Samples, Errors = side.Errors, Figures = side.Figures, Evidence = new Evidence("the board", "", default) }).ToList();
        foreach (var reading in gate.Conditions)
        {
            Judge(reading.Condition, reading.Answer.ToString(), windows, system, stage);
        }
    }

    /// <summary>A gate that was watched again has other figures, or fewer.</summary>
    private void Forget(string stage)
    {
        foreach (var family in (MetricFamily[])[MetricFamilies.GateFigure, MetricFamilies.GateLimit, MetricFamilies.GateHolds, MetricFamilies.GateSamples])
        {
            points.RemoveAll(family, "stage", stage);
        }
    }

    private void Set(GateSide seen, (string, string) system, (string, string) stage)
    {
        (string, string) metric = ("metric", seen.Metric);
        (string, string) side = ("side", SideOf(seen.Side));
        points.Set(MetricFamilies.GateSamples, seen.Samples, system, stage, metric, side);
        foreach (var (figure, value) in seen.Figures)
        {
            points.Set(MetricFamilies.GateFigure, value, system, stage, metric, side, ("figure", figure));
        }
    }

    private void Judge(string text, string? answer, IReadOnlyList<MetricWindow> windows, (string, string) system, (string, string) stage)
    {
        (string, string) condition = ("condition", text);
        if (answer is nameof(ConditionAnswer.Holds) or nameof(ConditionAnswer.Fails))
        {
            points.Set(MetricFamilies.GateHolds, answer == nameof(ConditionAnswer.Holds) ? 1 : 0, system, stage, condition);
        }

        foreach (var limit in LimitsOf(text, windows))
        {
            points.Set(
                MetricFamilies.GateLimit, limit.Value, system, stage, ("metric", limit.Figure.Metric ?? ""), ("side", SideOf(limit.Figure.Side)),
                ("figure", limit.Figure.Figure), ("comparison", limit.Comparison), condition);
        }
    }

    private IReadOnlyList<ConditionLimit> LimitsOf(string text, IReadOnlyList<MetricWindow> windows)
    {
        try
        {
            return Condition.Parse(text, metrics).LimitsOver(windows);
        }
        catch (ConditionException)
        {
            // The spec of an older version: its figures are told without their limits.
            return [];
        }
    }

    private static List<MetricWindow> WindowsOf(JsonObject measurement) =>
    [
        .. (measurement["windows"] as JsonArray ?? []).OfType<JsonObject>().Select(window => new MetricWindow(
            (string?)window["metric"] ?? "", (string?)window["side"] == nameof(EndpointSide.Source) ? EndpointSide.Source : EndpointSide.Target, default, default)
        {
            Samples = (long)(RunFigures.NumberIn(window, "samples") ?? 0),
            Errors = (long)(RunFigures.NumberIn(window, "errors") ?? 0),
            Figures = (window["figures"] as JsonObject ?? [])
                .Select(figure => (figure.Key, Value: RunFigures.NumberIn(window["figures"], figure.Key)))
                .Where(figure => figure.Value is not null)
                .ToDictionary(figure => figure.Key, figure => figure.Value!.Value, StringComparer.Ordinal),
            Evidence = new Evidence("the journal", "", default),
        }),
    ];

    private static string SideOf(EndpointSide side) => side == EndpointSide.Source ? FigureReference.Baseline : FigureReference.Canary;
}
