namespace MigrationTools.Hosting.Telemetry;

/// <summary>What a metric's values are.</summary>
internal enum MetricKind
{
    /// <summary>A value that goes up and down.</summary>
    Gauge = 0,

    /// <summary>A count that only grows while a run goes on.</summary>
    Counter,
}
