namespace MigrationTools.Hosting.Telemetry;

/// <summary>One value of a metric.</summary>
/// <param name="Family">The metric.</param>
/// <param name="Labels">Names and values, in the order in which they are written.</param>
/// <param name="Value">In the metric's unit.</param>
internal sealed record MetricPoint(MetricFamily Family, IReadOnlyList<KeyValuePair<string, string>> Labels, double Value);
