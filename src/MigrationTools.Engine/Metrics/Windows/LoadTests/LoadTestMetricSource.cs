using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Metrics.Windows.LoadTests;

/// <summary>Measures by what a load test wrote: a summary of k6, or a JTL file of JMeter.</summary>
public sealed class LoadTestMetricSource(TimeProvider time) : IMetricSource
{
    public bool Serves(MetricSpec metric) => metric is LoadTestMetricSpec;

    public IMetricProbe Open(MetricSpec metric, MigrationSpec spec) => new LoadTestMetricProbe((LoadTestMetricSpec)metric, time);
}
