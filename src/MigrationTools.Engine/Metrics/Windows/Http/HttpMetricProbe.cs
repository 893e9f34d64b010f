using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Metrics.Windows.Http;

/// <summary>
/// Sends a window's requests. A latency is counted from the moment a request was due, not from when it could be sent: what a service that stalls keeps
/// waiting counts too (what load testers call coordinated omission).
/// </summary>
internal sealed class HttpMetricProbe(HttpMetricSpec metric, HttpSystemSpec system, HttpClient client, TimeProvider time) : IMetricProbe
{
    /// <summary>Requests of a side under way at a time; more wait, and their waiting is measured.</summary>
    private const int MostAtOnce = 256;

    private readonly HttpAnswerCheck _check = new(metric.ExpectStatus, metric.Body);

    public string Metric => metric.Name;

    public IReadOnlyList<EndpointSide> Sides => metric.Sides;

    public async Task<MetricWindow> MeasureAsync(EndpointSide side, TimeSpan window, CancellationToken cancellationToken)
    {
        var endpoint = side == EndpointSide.Source ? system.Source : system.Target;
        using (HttpRequests.Get(endpoint, metric.Path))
        {
            // What is wrong with the address or its secrets is told before anything is sent.
        }

        var moment = SteadyMoment.Begin(time);
        var tally = new HttpTally();
        await SendAllAsync(new HttpWindowSender(endpoint, metric, _check, client, time, moment, tally), window, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var to = moment.Now;
        var source = string.Create(CultureInfo.InvariantCulture, $"GET {metric.Path}, {metric.RatePerSecond:0.###} a second for {window.TotalSeconds:0.###} s");
        return tally.ToWindow(metric.Name, side, moment.From, to, window) with
        {
            Evidence = new Evidence(source, tally.Describe(), to) { Endpoint = endpoint.Redacted, Expected = _check.Expected },
        };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task SendAllAsync(HttpWindowSender sender, TimeSpan window, CancellationToken cancellationToken)
    {
        var count = Math.Max(1, (int)Math.Round(metric.RatePerSecond * window.TotalSeconds));
        var started = time.GetTimestamp();
        using var slots = new SemaphoreSlim(MostAtOnce);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sent = new List<Task>(count);
        try
        {
            for (var number = 0; number < count; number++)
            {
                var due = window * ((double)number / count);
                var early = due - time.GetElapsedTime(started);
                if (early > TimeSpan.Zero)
                {
                    await Task.Delay(early, time, ending.Token).ConfigureAwait(false);
                }

                sent.Add(sender.SendAsync(started, due, slots, ending.Token));
            }

            var rest = window - time.GetElapsedTime(started);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, time, ending.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            // Every request comes to its end, in an answer, at its time limit or by cancellation: none outlives its window's measurement.
            await Task.WhenAll(sent).ConfigureAwait(false);
        }
    }
}
