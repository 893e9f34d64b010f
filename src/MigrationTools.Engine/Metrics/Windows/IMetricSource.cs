using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Metrics.Windows;

/// <summary>Measures one kind of metric. A new kind is a <see cref="MetricSpec"/>, one of these and one registration.</summary>
public interface IMetricSource
{
    bool Serves(MetricSpec metric);

    /// <summary>Makes ready to measure; nothing is asked before the first window.</summary>
    IMetricProbe Open(MetricSpec metric, MigrationSpec spec);
}
