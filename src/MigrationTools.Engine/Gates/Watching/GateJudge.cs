using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates.Judging;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Gates;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Gates.Watching;

/// <summary>
/// Gathers both sides' requests over a gate's measurements and judges them once, at its end: one look keeps the stated confidence, where a look each interval
/// would raise an alarm sooner or later whatever the services do. Failures while it runs are for conditions and triggers, which are fixed limits.
/// </summary>
internal sealed class GateJudge
{
    /// <summary>A difference of error rates that must be ruled out before they are called the same: a percentage point.</summary>
    private const double ErrorMargin = 0.01;

    private readonly JudgeSpec _judge;
    private readonly int _minSamples;
    private readonly Dictionary<EndpointSide, Side> _sides = new() { [EndpointSide.Source] = new Side(), [EndpointSide.Target] = new Side() };

    public GateJudge(JudgeSpec judge, int minSamples, IReadOnlyList<MetricSpec> metrics)
    {
        (_judge, _minSamples) = (judge, minSamples);
        Metric = metrics.FirstOrDefault(metric => metric.HasLatencies && metric.Sides.Count == 2 && (judge.Metric is null || metric.Name == judge.Metric))?.Name;
    }

    /// <summary>The metric whose requests are compared; null where none can be.</summary>
    public string? Metric { get; }

    public IEnumerable<(string, EndpointSide)> Needs => Metric is null ? [] : [(Metric, EndpointSide.Source), (Metric, EndpointSide.Target)];

    public void Add(IReadOnlyList<MetricWindow> windows)
    {
        // Only what both sides were asked at the same time: a minute that one side was not measured in is no comparison.
        var both = windows.Where(window => window.Metric == Metric).ToList();
        if (both.Count < 2)
        {
            return;
        }

        foreach (var window in both)
        {
            var side = _sides[window.Side];
            side.Latencies.AddRange(window.Latencies);
            side.Requests += window.Samples;
            side.Errors += window.Errors;
        }
    }

    /// <summary>Whether both sides had enough requests in a measurement.</summary>
    public bool HasEnough(IReadOnlyList<MetricWindow> windows) => windows.Count(window => window.Metric == Metric && window.Samples >= Math.Max(1, _minSamples)) == 2;

    public (LatencyJudgement Latencies, ErrorJudgement Errors) Decide()
    {
        // Two questions are asked, so each gets half of the false alarms that the confidence allows (Bonferroni).
        var confidence = 1 - ((1 - _judge.Confidence) / 2);
        var (old, @new) = (_sides[EndpointSide.Source], _sides[EndpointSide.Target]);
        return (
            LatencyJudge.Judge(old.Latencies, @new.Latencies, _judge.Tolerance, confidence, _minSamples),
            ErrorJudge.Judge((old.Requests, old.Errors), (@new.Requests, @new.Errors), ErrorMargin, confidence, _minSamples));
    }

    /// <summary>Worse in either fails; that the latencies are no worse must be shown, while error rates that are not shown to differ are left to conditions.</summary>
    public static Verdict VerdictOf(LatencyJudgement latencies, ErrorJudgement errors) =>
        latencies.Answer == JudgeAnswer.Worse || errors.Answer == JudgeAnswer.Worse ? Verdict.Failed
        : latencies.Answer == JudgeAnswer.NotEnoughData ? Verdict.Inconclusive
        : Verdict.Passed;

    private sealed class Side
    {
        public List<double> Latencies { get; } = [];

        public long Requests { get; set; }

        public long Errors { get; set; }
    }
}
