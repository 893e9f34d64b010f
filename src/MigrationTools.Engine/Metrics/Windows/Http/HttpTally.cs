using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Metrics.Windows.Http;

/// <summary>How a window's requests ended. Safe to add to from several threads.</summary>
internal sealed class HttpTally
{
    /// <summary>Kinds of error that are told by their name; a service can make up any number of them.</summary>
    private const int MostReasons = 5;

    private readonly object _lock = new();
    private readonly List<double> _latencies = [];
    private readonly Dictionary<string, long> _problems = new(StringComparer.Ordinal);
    private DateTimeOffset? _firstErrorAt;

    public void Add(string? problem, TimeSpan latency, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (problem is null)
            {
                _latencies.Add(latency.TotalMilliseconds);
                return;
            }

            _problems[problem] = _problems.GetValueOrDefault(problem) + 1;
            _firstErrorAt = _firstErrorAt is { } first && first < at ? first : at;
        }
    }

    public MetricWindow ToWindow(string metric, EndpointSide side, DateTimeOffset from, DateTimeOffset to, TimeSpan span)
    {
        lock (_lock)
        {
            var errors = _problems.Values.Sum();
            var requests = errors + _latencies.Count;
            return new MetricWindow(metric, side, from, to)
            {
                Figures = RequestFigures.Of(requests, errors, span, _latencies),
                Samples = requests,
                Errors = errors,
                Latencies = [.. _latencies],
                FirstErrorAt = _firstErrorAt,
                Evidence = new Evidence(metric, null, to),
            };
        }
    }

    public string Describe()
    {
        lock (_lock)
        {
            var errors = _problems.Values.Sum();
            var reasons = _problems.OrderByDescending(problem => problem.Value).ThenBy(problem => problem.Key, StringComparer.Ordinal)
                .Take(MostReasons)
                .Select(problem => string.Create(CultureInfo.InvariantCulture, $"{problem.Value} × {problem.Key}"));
            var more = _problems.Count > MostReasons ? " and others" : "";
            var counts = string.Create(CultureInfo.InvariantCulture, $"{errors + _latencies.Count} requests, {errors} failed");
            return errors == 0 ? counts : $"{counts} ({string.Join(", ", reasons)}{more})";
        }
    }
}
