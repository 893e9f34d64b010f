using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Specs.Gates;

namespace MigrationTools.Engine.Gates.Watching;

/// <summary>Counts a gate's measurements against its limits.</summary>
internal sealed class GateTally(GateSpec gate, IReadOnlyList<Condition> conditions, GateJudge? judge)
{
    private readonly List<GateMeasurement> _measurements = [];
    private int _errorsInARow;

    public IReadOnlyList<Condition> Conditions => conditions;

    public GateJudge? Judge => judge;

    public IReadOnlyList<GateMeasurement> Measurements => _measurements;

    /// <summary>Measurements that said something. One that broke or was inconclusive is taken again.</summary>
    public int Taken => Held + Failed;

    public int Held => Count(Verdict.Passed);

    public int Failed => Count(Verdict.Failed);

    public int Inconclusive => Count(Verdict.Inconclusive);

    public int Broken => Count(Verdict.Error);

    public int ErrorsInARow => _errorsInARow;

    /// <summary>The conditions at the last measurement, each figure beside its limit.</summary>
    public IReadOnlyList<GateReading> Readings => _measurements.Count == 0
        ? []
        : [.. conditions.Zip(_measurements[^1].Conditions, (condition, outcome) => new GateReading(outcome.Condition, outcome.Answer, FiguresOf(condition, outcome, _measurements[^1].Windows)))];

    /// <summary>Why no more is measured; null where more is.</summary>
    public GateEnd? End =>
        Failed > gate.FailureLimit ? GateEnd.Failures
        : Inconclusive > gate.InconclusiveLimit ? GateEnd.Inconclusive
        : _errorsInARow > gate.ConsecutiveErrorLimit ? GateEnd.Errors
        : Taken >= gate.Count ? GateEnd.Completed
        : null;

    public GateMeasurement Add(MetricLook look)
    {
        var outcomes = conditions.Select(condition => condition.Evaluate(look.Windows, gate.MinSamples)).ToList();
        judge?.Add(look.Windows);
        var measurement = new GateMeasurement(_measurements.Count + 1, look.From, look.To, VerdictOf(outcomes, look)) { Conditions = outcomes, Windows = look.Windows, Broken = look.Broken };
        _errorsInARow = measurement.Verdict == Verdict.Error ? _errorsInARow + 1 : 0;
        _measurements.Add(measurement with { Windows = [.. look.Windows.Select(window => window with { Latencies = [] })] });
        return measurement;
    }

    private IReadOnlyList<GateFigure> FiguresOf(Condition condition, ConditionOutcome outcome, IReadOnlyList<MetricWindow> windows)
    {
        var limits = condition.LimitsOver(windows);
        return [.. condition.Needs.Zip(outcome.Figures, (figure, seen) =>
        {
            var limit = limits.FirstOrDefault(candidate => candidate.Figure == figure);
            return new GateFigure(seen.Figure, seen.Value, seen.Samples)
            {
                Needed = FigureLookup.Needed(windows.FirstOrDefault(window => window.Metric == figure.Metric && window.Side == figure.Side), gate.MinSamples),
                Comparison = limit?.Comparison,
                Limit = limit?.Value,
                Missing = seen.Missing,
            };
        })];
    }

    /// <summary>A condition that was seen to fail has failed, whatever else could not be seen.</summary>
    private Verdict VerdictOf(List<ConditionOutcome> outcomes, MetricLook look) =>
        outcomes.Any(outcome => outcome.Answer == ConditionAnswer.Fails) ? Verdict.Failed
        : look.Broken.Count > 0 ? Verdict.Error
        : outcomes.Any(outcome => outcome.Answer != ConditionAnswer.Holds) ? Verdict.Inconclusive
        : outcomes.Count == 0 && judge?.HasEnough(look.Windows) != true ? Verdict.Inconclusive
        : Verdict.Passed;

    private int Count(Verdict verdict) => _measurements.Count(measurement => measurement.Verdict == verdict);
}
