using MigrationTools.Engine.Specs.Gates;
using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Specs.Reading.Forms;
using MigrationTools.Engine.Specs.Reading.Nodes;

namespace MigrationTools.Engine.Specs.Reading.Sections;

/// <summary>The statistical comparison of the sides.</summary>
internal sealed class JudgeSection : MappingForm<JudgeSpec>
{
    private static readonly JudgeSpec Default = new((string?)null);

    private readonly Field<string> _metric;
    private readonly Field<double> _tolerance;
    private readonly Field<double> _confidence;

    public JudgeSection()
        : base("judge")
    {
        _metric = Optional("metric", TextForm.Line, "The metric whose requests are compared; the first that times requests of both sides where it is not given.");
        _tolerance = Optional("tolerance", new ShareForm(0.01m, 10), Default.Tolerance, "By how much the new side may be slower, as a share of the old side's times, before it counts as worse.");
        _confidence = Optional("confidence", new ShareForm(0.5m, 0.9999m), Default.Confidence, "With which confidence it is called worse, or no worse.");
    }

    protected override void Check(FieldValues values, ReadingContext context)
    {
        var metric = values.Find(_metric);
        var node = values.NodeOf(_metric);
        if (!values.IsGiven(_metric) || metric is not null)
        {
            context.Later(() => CheckMetric(metric, node, context));
        }
    }

    protected override JudgeSpec Build(FieldValues values, ReadingContext context) =>
        new(values.Find(_metric)) { Tolerance = values.Of(_tolerance), Confidence = values.Of(_confidence) };

    private static void CheckMetric(string? metric, SpecNode node, ReadingContext context)
    {
        if (!context.Metrics.IsWhole)
        {
            return;
        }

        var fitting = context.Metrics.All.Where(IsJudged).Select(known => known.Name).ToList();
        if (metric is null ? fitting.Count > 0 : fitting.Contains(metric))
        {
            return;
        }

        var known = fitting.Count == 0 ? "no metric times requests of both sides (http and jmeter do)." : $"expected {Words.List(fitting.Select(Echo.Quote), "or")}.";
        if (metric is null)
        {
            context.Mistake(node, $"there is nothing to judge: {known}");
            return;
        }

        var exists = context.Metrics.All.Any(one => one.Name == metric);
        context.Mistake(node, $"{(exists ? $"the metric {Echo.Quote(metric)} does not time requests of both sides" : $"no metric is named {Echo.Quote(metric)}")}; {known}");
    }

    private static bool IsJudged(MetricSpec metric) => metric.HasLatencies && metric.Sides.Count == 2;
}
