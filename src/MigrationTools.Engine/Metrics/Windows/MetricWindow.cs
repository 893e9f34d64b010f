using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Metrics.Windows;

/// <summary>What a metric source saw of one side between two moments.</summary>
/// <param name="Metric">Name of the metric in the spec.</param>
/// <param name="Side">Source is the baseline, target the canary.</param>
/// <param name="From">When it began to look.</param>
/// <param name="To">When it ended: what passed since, also where the clock was set meanwhile.</param>
public sealed record MetricWindow(string Metric, EndpointSide Side, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>
    /// Figures by their <see cref="MetricFigures"/> names: latencies in milliseconds, rates as shares of 1. A figure that could not be measured is
    /// not there; NaN and infinities are never there.
    /// </summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>Requests, points or rows behind the figures; 0 where nothing was seen.</summary>
    public long Samples { get; init; }

    /// <summary>Of these, those that failed.</summary>
    public long Errors { get; init; }

    /// <summary>Latencies of the requests that succeeded, in milliseconds, for the judge; empty where the source has only figures.</summary>
    public IReadOnlyList<double> Latencies { get; init; } = [];

    /// <summary>When the first request that failed ended; null where none did, or the source does not know.</summary>
    public DateTimeOffset? FirstErrorAt { get; init; }

    /// <summary>Why figures are not there, for people; null where nothing is missing or the numbers say it themselves.</summary>
    public string? Missing { get; init; }

    /// <summary>Whether the source counts requests, which <see cref="Samples"/> then are: limits on samples apply. A source of single values has one sample or none.</summary>
    public bool CountsRequests => Figures.ContainsKey(MetricFigures.Requests);

    /// <summary>What was asked, and what was seen, in words.</summary>
    public required Evidence Evidence { get; init; }
}
