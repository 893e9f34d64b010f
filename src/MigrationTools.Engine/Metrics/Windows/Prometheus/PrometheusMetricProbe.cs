using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Metrics.Windows.Prometheus;

/// <summary>
/// Asks when the window is over, as of the server's own moment: samples are stamped by it and by those that it asks, so a wrong clock here, or one that is set
/// meanwhile, makes no old sample pass for a fresh one. The number of samples is asked for as of the same moment.
/// </summary>
internal sealed class PrometheusMetricProbe(PrometheusMetricSpec metric, HttpClient client, TimeProvider time) : IMetricProbe
{
    private readonly PrometheusServer _server = new(metric.Server, client, metric.Timeout, time);

    public string Metric => metric.Name;

    public IReadOnlyList<EndpointSide> Sides => metric.Sides;

    public async Task<MetricWindow> MeasureAsync(EndpointSide side, TimeSpan window, CancellationToken cancellationToken)
    {
        var moment = SteadyMoment.Begin(time);
        await Task.Delay(window, time, cancellationToken).ConfigureAwait(false);
        var query = Fill(metric.Query, side, window);
        var answer = await _server.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        var evidence = new Evidence(query, answer.Value?.ToString(CultureInfo.InvariantCulture) ?? answer.Missing, moment.Now) { Endpoint = metric.Server.Redacted };
        var result = MetricWindows.OfValue(metric.Name, side, moment, answer.Value, answer.Missing, evidence);
        return metric.Samples is null ? result : await CountAsync(result, Fill(metric.Samples, side, window), answer.At, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The number of requests behind the value; where it can't be told there are none.</summary>
    private async Task<MetricWindow> CountAsync(MetricWindow window, string query, string? at, CancellationToken cancellationToken)
    {
        var answer = await _server.QueryAsync(query, at, cancellationToken).ConfigureAwait(false);
        var requests = answer.Value is { } count && double.IsFinite(count) && count > 0 ? (long)Math.Min(Math.Round(count), 1e15) : 0;
        return window with
        {
            Samples = requests,
            Figures = new Dictionary<string, double>(window.Figures) { [MetricFigures.Requests] = requests },
            Missing = window.Missing ?? (answer.Value is null ? $"the number of samples is not known: {answer.Missing}" : null),
            Evidence = window.Evidence with { Observed = string.Create(CultureInfo.InvariantCulture, $"{window.Evidence.Observed}, {requests} samples ({query})") },
        };
    }

    private string Fill(string query, EndpointSide side, TimeSpan window) => query
        .Replace(PrometheusMetricSpec.SidePlaceholder, side == EndpointSide.Source ? metric.Source : metric.Target, StringComparison.Ordinal)
        .Replace(PrometheusMetricSpec.WindowPlaceholder, Math.Max(1, (long)Math.Round(window.TotalSeconds)).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
