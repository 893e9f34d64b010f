using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Metrics.Windows;

/// <summary>The kinds of metric source that are wired in.</summary>
public sealed class MetricSources(IEnumerable<IMetricSource> sources)
{
    private readonly IReadOnlyList<IMetricSource> _sources = [.. sources];

    /// <summary>Makes ready to measure one metric.</summary>
    /// <exception cref="MeasurementException">No source serves it, or what it names is not there.</exception>
    public IMetricProbe Open(MetricSpec metric, MigrationSpec spec)
    {
        ArgumentNullException.ThrowIfNull(metric);
        var source = _sources.FirstOrDefault(candidate => candidate.Serves(metric))
            ?? throw new MeasurementException($"Nothing here can measure the metric '{metric.Name}', which is of the kind {metric.GetType().Name}.");
        return source.Open(metric, spec);
    }

    /// <summary>Likewise for all metrics of a spec. The caller disposes of the probes.</summary>
    public IReadOnlyList<IMetricProbe> OpenAll(MigrationSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return [.. spec.Metrics.Select(metric => Open(metric, spec))];
    }
}
