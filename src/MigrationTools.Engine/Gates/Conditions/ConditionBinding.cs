using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Specs.Reading;

namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>Finds the metric behind each figure of a condition.</summary>
internal static class ConditionBinding
{
    /// <summary>Names that a condition may use where nothing is known of the metrics.</summary>
    public static IReadOnlyList<string> StandardFigures { get; } =
    [
        MetricFigures.P50, MetricFigures.P95, MetricFigures.P99, MetricFigures.Mean, MetricFigures.ResponseTime, MetricFigures.ErrorRate,
        MetricFigures.Availability, MetricFigures.Requests, MetricFigures.Rate, MetricFigures.Value,
    ];

    /// <exception cref="ConditionException">No metric, or more than one, gives a figure.</exception>
    public static ConditionNode Bind(string text, ConditionNode node, IReadOnlyList<MetricSpec> metrics) => node switch
    {
        FigureNode figure => figure with { Reference = figure.Reference with { Metric = MetricOf(text, figure, metrics).Name } },
        SignNode sign => sign with { Of = Bind(text, sign.Of, metrics) },
        PairNode pair => pair with { Left = Bind(text, pair.Left, metrics), Right = Bind(text, pair.Right, metrics) },
        _ => node,
    };

    private static MetricSpec MetricOf(string text, FigureNode node, IReadOnlyList<MetricSpec> metrics)
    {
        var (side, name, figure) = node.Reference;
        if (metrics.Count == 0)
        {
            throw new ConditionException(text, node.Position, $"nothing measures '{figure}': the spec has no 'metrics'.");
        }

        var metric = name is null ? OnlyOne(text, node, metrics) : Named(text, node, metrics);
        if (!metric.Sides.Contains(side))
        {
            var (word, other) = side == EndpointSide.Source ? (FigureReference.Baseline, FigureReference.Canary) : (FigureReference.Canary, FigureReference.Baseline);
            throw new ConditionException(text, node.Position, $"the metric '{metric.Name}' does not measure the {word}; it measures only the {other}.");
        }

        return metric;
    }

    private static MetricSpec Named(string text, FigureNode node, IReadOnlyList<MetricSpec> metrics)
    {
        var (_, name, figure) = node.Reference;
        var metric = metrics.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new ConditionException(text, node.Position, $"no metric is named '{name}'{Advice(name!, metrics.Select(known => known.Name), "Metrics are")}");
        return metric.Figures.Contains(figure)
            ? metric
            : throw new ConditionException(text, node.Position, $"the metric '{name}' gives no '{figure}'{Advice(figure, metric.Figures, "It gives")}");
    }

    private static MetricSpec OnlyOne(string text, FigureNode node, IReadOnlyList<MetricSpec> metrics)
    {
        var (side, _, figure) = node.Reference;
        var giving = metrics.Where(candidate => candidate.Figures.Contains(figure)).ToList();
        var fitting = giving.Where(candidate => candidate.Sides.Contains(side)).ToList();
        if (fitting.Count > 1)
        {
            throw new ConditionException(text, node.Position, $"'{figure}' is given by {Words.List(fitting.Select(one => $"'{one.Name}'"), "and")}; say which, as in {fitting[0].Name}.{figure}.");
        }

        if (giving.Count > 0)
        {
            return fitting.FirstOrDefault() ?? giving[0];
        }

        var known = metrics.SelectMany(metric => metric.Figures).Distinct(StringComparer.Ordinal).ToList();
        var problem = metrics.Any(metric => metric.Name == figure)
            ? $"'{figure}' is a metric; say which of its figures, as in {figure}.{metrics.First(metric => metric.Name == figure).Figures[0]}."
            : $"no metric gives '{figure}'{Advice(figure, known, "The metrics give")}";
        throw new ConditionException(text, node.Position, problem);
    }

    /// <summary>Checks a condition's names where the metrics are not known: those with a metric's name are passed over.</summary>
    public static void CheckStandardNames(string text, ConditionNode node)
    {
        foreach (var figure in node.Figures.Where(figure => figure.Reference.Metric is null && !StandardFigures.Contains(figure.Reference.Figure)))
        {
            var name = figure.Reference.Figure;
            throw new ConditionException(text, figure.Position, $"'{name}' is no figure{Advice(name, StandardFigures, "Figures are")}");
        }
    }

    private static string Advice(string name, IEnumerable<string> known, string introduction)
    {
        var all = known.ToList();
        var nearest = NearestName.Suggest(name, all);
        return nearest.Length > 0 ? nearest : $". {introduction} {Words.List(all, "and")}.";
    }
}
