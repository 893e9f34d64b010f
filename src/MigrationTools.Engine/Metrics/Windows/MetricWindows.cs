using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Metrics.Windows;

/// <summary>Makes windows of sources that have single values.</summary>
internal static class MetricWindows
{
    /// <summary>A value; null or not finite is no figure, and no sample.</summary>
    public static MetricWindow OfValue(string metric, EndpointSide side, SteadyMoment moment, double? value, string? missing, Evidence evidence)
    {
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        if (value is { } number && double.IsFinite(number))
        {
            figures[MetricFigures.Value] = number;
        }

        return new MetricWindow(metric, side, moment.From, moment.Now)
        {
            Figures = figures,
            Samples = figures.Count,
            Missing = figures.Count > 0 ? null : missing ?? $"the value is {value}, which is no number to compare",
            Evidence = evidence,
        };
    }

    /// <summary>As specs and programs write a side.</summary>
    public static string Word(this EndpointSide side) => side == EndpointSide.Source ? "source" : "target";
}
