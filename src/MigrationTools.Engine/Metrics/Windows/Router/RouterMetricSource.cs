using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Engine.Metrics.Windows.Router;

/// <summary>Measures by a router's own counters, before the window and after it: what clients really got.</summary>
public sealed class RouterMetricSource(TrafficCatalog routers, TimeProvider time) : IMetricSource
{
    public bool Serves(MetricSpec metric) => metric is RouterMetricSpec;

    /// <exception cref="MeasurementException">The system is no traffic system of the spec, or has no such route.</exception>
    public IMetricProbe Open(MetricSpec metric, MigrationSpec spec)
    {
        var router = (RouterMetricSpec)metric;
        ArgumentNullException.ThrowIfNull(spec);
        var system = spec.Systems.OfType<TrafficSystemSpec>().FirstOrDefault(candidate => candidate.Name == router.System)
            ?? throw new MeasurementException($"'{router.System}' is not a traffic system of the spec.");
        var lanes = system.Lanes.Where(lane => router.Route is null || lane.Name == router.Route).ToList();
        return lanes.Count > 0
            ? new RouterMetricProbe(router, lanes, routers.Open(system, spec.Directory), time)
            : throw new MeasurementException($"The traffic system '{system.Name}' has no route '{router.Route}'; it has {string.Join(", ", system.Lanes.Select(lane => lane.Name))}.");
    }
}
