using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Metrics.Windows.Http;

/// <summary>
/// Measures by asking: requests at a steady rate to a side of an http system, sent when they are due whether earlier ones were answered or not, so that a
/// slow service can't hide behind fewer requests. Timeouts, refused connections and wrong answers are errors in the window.
/// </summary>
/// <param name="client">Sends the requests. It should not follow redirects, and its own time limit should be infinite.</param>
/// <param name="time">The clock.</param>
public sealed class HttpMetricSource(HttpClient client, TimeProvider time) : IMetricSource
{
    public bool Serves(MetricSpec metric) => metric is HttpMetricSpec;

    /// <exception cref="MeasurementException">The system is no http system of the spec.</exception>
    public IMetricProbe Open(MetricSpec metric, MigrationSpec spec)
    {
        var http = (HttpMetricSpec)metric;
        ArgumentNullException.ThrowIfNull(spec);
        var system = spec.Systems.OfType<HttpSystemSpec>().FirstOrDefault(candidate => candidate.Name == http.System)
            ?? throw new MeasurementException($"'{http.System}' is not an http system of the spec.");
        return new HttpMetricProbe(http, system, client, time);
    }
}
