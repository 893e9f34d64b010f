using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Metrics.Windows;

/// <summary>What looking at several metrics at the same time gave.</summary>
/// <param name="From">When it began.</param>
/// <param name="To">When the last one ended: what passed since, also where the clock was set meanwhile.</param>
/// <param name="Windows">What was seen; at most one a metric and side.</param>
/// <param name="Broken">The looks that broke, in words.</param>
public sealed record MetricLook(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<MetricWindow> Windows, IReadOnlyList<string> Broken)
{
    /// <summary>
    /// Measures all that is needed, every metric and side at the same time. It lasts as long as the window even where every source answers at once. A source
    /// that breaks, by whatever, is told as broken and ends nothing.
    /// </summary>
    /// <param name="probes">The probes.</param>
    /// <param name="needs">Metrics and sides.</param>
    /// <param name="window">How long each is looked at.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="MeasurementException">There is no probe for something that is needed.</exception>
    public static async Task<MetricLook> TakeAsync(
        IReadOnlyList<IMetricProbe> probes,
        IReadOnlyCollection<(string Metric, EndpointSide Side)> needs,
        TimeSpan window,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(probes);
        ArgumentNullException.ThrowIfNull(needs);
        ArgumentNullException.ThrowIfNull(time);
        cancellationToken.ThrowIfCancellationRequested();
        var pairs = needs.Select(need => (need.Side, Probe: probes.FirstOrDefault(probe => probe.Metric == need.Metric)
            ?? throw new MeasurementException($"No probe measures the metric '{need.Metric}'."))).ToList();
        var moment = SteadyMoment.Begin(time);
        var results = await Task.WhenAll(pairs.Select(pair => MeasureAsync(pair.Probe, pair.Side, window, cancellationToken))).ConfigureAwait(false);
        var rest = window - moment.Elapsed;
        if (rest > TimeSpan.Zero)
        {
            // A source that breaks at once is not asked again at once.
            await Task.Delay(rest, time, cancellationToken).ConfigureAwait(false);
        }

        return new MetricLook(moment.From, moment.Now, [.. results.Select(result => result.Window).OfType<MetricWindow>()], [.. results.Select(result => result.Problem).OfType<string>()]);
    }

    private static async Task<(MetricWindow? Window, string? Problem)> MeasureAsync(IMetricProbe probe, EndpointSide side, TimeSpan window, CancellationToken cancellationToken)
    {
        try
        {
            return (await probe.MeasureAsync(side, window, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception broken) when (broken is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever a source breaks by, even what nobody foresaw: a look that ended in an exception would end the watch, and with it what others rely on.
            return (null, $"{probe.Metric} ({(side == EndpointSide.Source ? "baseline" : "canary")}): {Words(broken)}");
        }
    }

    /// <summary>What was foreseen says it in sentences for people; the rest is named by its kind, and may quote an address.</summary>
    private static string Words(Exception broken) =>
        broken is MigrationToolsException ? broken.Message : $"it broke by {broken.GetType().Name}: {EndpointRedaction.Redact(broken.Message)}";
}
