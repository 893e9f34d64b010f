using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Specs.Gates;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Gates.Watching;

/// <summary>A gate to watch.</summary>
public sealed record GateWatchRequest
{
    /// <summary>What it stands before, such as canary-25: part of check ids.</summary>
    public required string Stage { get; init; }

    public required GateSpec Gate { get; init; }

    /// <summary>The spec's metrics, by which the conditions' names are understood.</summary>
    public required IReadOnlyList<MetricSpec> Metrics { get; init; }

    /// <summary>Opened sources of at least the metrics that the gate needs. They stay the caller's.</summary>
    public required IReadOnlyList<IMetricProbe> Probes { get; init; }

    /// <summary>Shown the gate as it stands, before the first measurement and after each; null for nobody. It does not fail.</summary>
    public Func<WatchedGate, CancellationToken, Task>? Shown { get; init; }

    /// <summary>Told each measurement as it was taken; null for nobody.</summary>
    public Action<GateMeasurement>? Measured { get; init; }
}
