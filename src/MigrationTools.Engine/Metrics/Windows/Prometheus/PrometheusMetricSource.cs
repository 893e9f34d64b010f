using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Metrics.Windows.Prometheus;

/// <summary>Measures by a query to Prometheus at the window's end (its HTTP API, https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries).</summary>
public sealed class PrometheusMetricSource(HttpClient client, TimeProvider time) : IMetricSource
{
    public bool Serves(MetricSpec metric) => metric is PrometheusMetricSpec;

    public IMetricProbe Open(MetricSpec metric, MigrationSpec spec) => new PrometheusMetricProbe((PrometheusMetricSpec)metric, client, time);
}
