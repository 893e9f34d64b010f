using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Metrics.Windows;

/// <summary>A metric source at work.</summary>
public interface IMetricProbe : IAsyncDisposable
{
    /// <summary>The metric's name in the spec.</summary>
    string Metric { get; }

    /// <summary>The sides it can tell apart; a source without sides serves only the target.</summary>
    IReadOnlyList<EndpointSide> Sides { get; }

    /// <summary>Looks at a side for so long. Both sides are measured by two calls at the same time.</summary>
    /// <exception cref="MeasurementException">The look itself broke (no answer from the metrics server): an Error, never a figure. A service that fails its requests is no such break: it is errors in the window.</exception>
    Task<MetricWindow> MeasureAsync(EndpointSide side, TimeSpan window, CancellationToken cancellationToken);
}
