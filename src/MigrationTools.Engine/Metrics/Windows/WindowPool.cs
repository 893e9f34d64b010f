using System.Globalization;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Metrics.Windows;

/// <summary>Puts windows of one metric and side together until they have enough requests. Windows of single values are passed on as they are.</summary>
internal sealed class WindowPool(int minSamples)
{
    // What was seen a while ago says little about now: traffic so thin stays unknown.
    private const int MostWindows = 30;

    private readonly Dictionary<(string Metric, EndpointSide Side), List<MetricWindow>> _thin = [];

    /// <summary>The windows of a look, each with those before it that had too few requests on their own.</summary>
    public IReadOnlyList<MetricWindow> Add(IReadOnlyList<MetricWindow> windows) => [.. windows.Select(Add)];

    private MetricWindow Add(MetricWindow window)
    {
        var key = (window.Metric, window.Side);
        if (!CanBePooled(window) || window.Samples >= minSamples)
        {
            _thin.Remove(key);
            return window;
        }

        var thin = _thin.TryGetValue(key, out var known) ? known : _thin[key] = [];
        thin.Add(window);
        if (thin.Count > MostWindows)
        {
            thin.RemoveAt(0);
        }

        var pooled = Together(thin);
        if (pooled.Samples >= minSamples)
        {
            _thin.Remove(key);
        }

        return pooled;
    }

    /// <summary>Only what can be worked out again of several windows: counts, single latencies, a mean.</summary>
    private static bool CanBePooled(MetricWindow window) =>
        window.CountsRequests && window.Figures.Keys.All(RequestFigures.Timed.Contains) && (window.Latencies.Count > 0 || !window.Figures.ContainsKey(MetricFigures.P95));

    private static MetricWindow Together(List<MetricWindow> windows)
    {
        var (first, last) = (windows[0], windows[^1]);
        if (windows.Count == 1)
        {
            return first;
        }

        var (requests, errors) = (windows.Sum(window => window.Samples), windows.Sum(window => window.Errors));
        double[] latencies = [.. windows.SelectMany(window => window.Latencies)];
        var span = TimeSpan.FromTicks(windows.Sum(window => (window.To - window.From).Ticks));
        return last with
        {
            From = first.From,
            Samples = requests,
            Errors = errors,
            Latencies = latencies,
            Missing = windows.Select(window => window.Missing).LastOrDefault(missing => missing is not null),
            FirstErrorAt = windows.Select(window => window.FirstErrorAt).Min(),
            Figures = latencies.Length > 0 ? RequestFigures.Of(requests, errors, span, latencies) : RequestFigures.Of(requests, errors, span, Mean(windows)),
            Evidence = last.Evidence with { Observed = string.Create(CultureInfo.InvariantCulture, $"{requests} requests, {errors} failed, in {windows.Count} looks together") },
        };
    }

    /// <summary>Of all their requests; null where one of them does not know its part.</summary>
    private static double? Mean(List<MetricWindow> windows)
    {
        var timed = windows.Where(window => window.Samples > window.Errors).ToList();
        return timed.Count == 0 || timed.Exists(window => !window.Figures.ContainsKey(MetricFigures.Mean))
            ? null
            : timed.Sum(window => window.Figures[MetricFigures.Mean] * (window.Samples - window.Errors)) / timed.Sum(window => window.Samples - window.Errors);
    }
}
