using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Metrics.Windows.Command;

/// <summary>Measures by a program, run at the window's end with <c>MIGRATIONTOOLS_SIDE</c> (source or target) and <c>MIGRATIONTOOLS_WINDOW</c> (seconds) in its environment.</summary>
public sealed class CommandMetricSource(TimeProvider time) : IMetricSource
{
    public bool Serves(MetricSpec metric) => metric is CommandMetricSpec;

    public IMetricProbe Open(MetricSpec metric, MigrationSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new CommandMetricProbe((CommandMetricSpec)metric, spec.Directory, time);
    }
}
