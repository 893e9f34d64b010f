using System.Globalization;
using System.Text.Json;
using System.Xml;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Metrics.Windows.LoadTests;

/// <summary>
/// Reads the file when the window is over. What is older than the window, or than the spec allows, was not measured now and does not count. Its stamps are of
/// the wall clock and may be of another machine's: where this one's was set, and what is old can't be told from what is fresh, nothing counts.
/// </summary>
internal sealed class LoadTestMetricProbe(LoadTestMetricSpec metric, TimeProvider time) : IMetricProbe
{
    /// <summary>Clocks of two machines agree to so much.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    private readonly ClockHistory _clock = new(time);

    public string Metric => metric.Name;

    public IReadOnlyList<EndpointSide> Sides => metric.Sides;

    public async Task<MetricWindow> MeasureAsync(EndpointSide side, TimeSpan window, CancellationToken cancellationToken)
    {
        var from = _clock.Look();
        await Task.Delay(window, time, cancellationToken).ConfigureAwait(false);
        var to = _clock.Look();
        var file = metric.File.Replace(LoadTestMetricSpec.SidePlaceholder, side.Word(), StringComparison.Ordinal);
        var since = metric.MaxAge is { } age ? to - age : from;
        var result = _clock.IsAmbiguous(since, to)
            ? LoadTestResult.None($"the clock of this machine was set while it was watched, so what of the file is from {since:u} to {to:u} and what is from before can't be told apart")
            : await ReadAsync(file, since, to, cancellationToken).ConfigureAwait(false);
        return new MetricWindow(metric.Name, side, from < to ? from : to, to)
        {
            Figures = result.Figures,
            Samples = result.Requests,
            Errors = result.Errors,
            Latencies = metric.HasLatencies ? result.Latencies : [],
            FirstErrorAt = result.FirstErrorAt,
            Missing = result.Missing,
            Evidence = new Evidence(file, result.Missing ?? string.Create(CultureInfo.InvariantCulture, $"{result.Requests} requests, {result.Errors} failed"), to),
        };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<LoadTestResult> ReadAsync(string file, DateTimeOffset since, DateTimeOffset to, CancellationToken cancellationToken)
    {
        try
        {
            var written = new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero);
            if (!File.Exists(file))
            {
                return LoadTestResult.None("the file is not there");
            }

            if (written < since)
            {
                return LoadTestResult.None($"the file was last written at {written:u}, before {since:u}: its results are too old");
            }

            if (written > to + Ahead)
            {
                return LoadTestResult.None($"the file was last written at {written:u}, after now ({to:u}): the clocks do not agree, so how old its results are is not known");
            }

            var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, useAsync: true);
            await using var ofStream = stream.ConfigureAwait(false);
            return metric.Format == LoadTestFormat.K6
                ? await K6Summary.ReadAsync(stream, cancellationToken).ConfigureAwait(false)
                : await JMeterResults.ReadAsync(stream, metric.Label, since, to, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException or XmlException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new MeasurementException($"The results in '{file}' can't be read: {unreadable.Message}", unreadable);
        }
    }
}
