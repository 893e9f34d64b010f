using System.Globalization;
using MigrationTools.Engine.Metrics.Windows;

namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>Finds a figure among windows, and says why it can't be used.</summary>
internal static class FigureLookup
{
    public static FigureSeen Find(FigureReference figure, IReadOnlyCollection<MetricWindow> windows, long minSamples)
    {
        var window = windows.FirstOrDefault(candidate => candidate.Metric == figure.Metric && candidate.Side == figure.Side);
        if (window is null)
        {
            return new FigureSeen(figure.ToString(), null, 0, "was not measured");
        }

        var samples = SamplesBehind(figure.Figure, window);
        var needed = Needed(window, minSamples);
        if (!window.Figures.TryGetValue(figure.Figure, out var value) || !double.IsFinite(value))
        {
            return new FigureSeen(figure.ToString(), null, samples, window.Missing ?? NoValue(figure.Figure, window));
        }

        return samples < needed
            ? new FigureSeen(figure.ToString(), null, samples, string.Create(CultureInfo.InvariantCulture, $"{value:0.######} on {samples} of the {needed} samples that it takes"))
            : new FigureSeen(figure.ToString(), value, samples, null);
    }

    /// <summary>Samples that it takes: single values are one each.</summary>
    public static long Needed(MetricWindow? window, long minSamples) => window?.CountsRequests == false ? 1 : Math.Max(1, minSamples);

    /// <summary>Times are of the requests that succeeded, so a window of a hundred errors and one answer has one sample of them.</summary>
    private static long SamplesBehind(string figure, MetricWindow window) => ConditionUnits.IsTime(figure) ? window.Samples - window.Errors : window.Samples;

    private static string NoValue(string figure, MetricWindow window) =>
        window.Samples == 0 ? "no samples"
        : window.Errors == window.Samples && ConditionUnits.IsTime(figure) ? string.Create(CultureInfo.InvariantCulture, $"every one of the {window.Samples} requests failed")
        : "the source gave no such figure";
}
