namespace MigrationTools.Hosting.Telemetry;

/// <summary>A metric with all its label values.</summary>
/// <param name="Name">As OpenTelemetry spells it: <c>migrationtools.rows.copied</c>.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Unit">By UCUM: <c>s</c>, <c>1</c> for a ratio, <c>{row}</c> for what is counted.</param>
/// <param name="Help">One line.</param>
internal sealed record MetricFamily(string Name, MetricKind Kind, string Unit, string Help)
{
    /// <summary>
    /// As Prometheus spells it: the name that a collector makes of it by OpenTelemetry's rules ("Prometheus and OpenMetrics compatibility"), so that dashboards
    /// are the same whichever way the figures come.
    /// </summary>
    public string PrometheusName => Name.Replace('.', '_')
        + (Unit == "s" ? "_seconds" : Unit == "1" && Kind == MetricKind.Gauge ? "_ratio" : "")
        + (Kind == MetricKind.Counter ? "_total" : "");
}
