using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Metrics.Windows.Sql;

/// <summary>Measures by a query at the window's end, on a side of a database system.</summary>
/// <param name="measurements">What knows how to ask databases.</param>
/// <param name="time">The clock.</param>
public sealed class SqlMetricSource(Measurements measurements, TimeProvider time) : IMetricSource
{
    public bool Serves(MetricSpec metric) => metric is SqlMetricSpec;

    public IMetricProbe Open(MetricSpec metric, MigrationSpec spec) => new SqlMetricProbe((SqlMetricSpec)metric, spec, measurements, time);
}
