using System.Diagnostics;
using System.Diagnostics.Metrics;
using MigrationTools.Engine;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MigrationTools.Hosting.Telemetry;

/// <summary>
/// Sends spans and metrics while runs are under way. Everything is sent from threads of its own; what can't be sent is dropped after the specification's limits
/// (OTEL_BSP_*), and said once.
/// </summary>
internal sealed class OtlpPipeline : IAsyncDisposable
{
    private const string ScopeName = "MigrationTools";

    /// <summary>How long the end waits for what is still to be sent.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly Meter _meter;
    private readonly Action<string> _warn;
    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;
    private int _warned;

    /// <param name="settings">Where to.</param>
    /// <param name="points">The values of the metrics; called from a thread of the exporter.</param>
    /// <param name="warn">Says what goes wrong; called from any thread.</param>
    /// <exception cref="FormatException">A variable's value is none.</exception>
    public OtlpPipeline(TelemetrySettings settings, Func<IReadOnlyList<MetricPoint>> points, Action<string> warn)
    {
        _warn = warn;
        Source = new ActivitySource(ScopeName, ProductVersion.Text);
        _meter = new Meter(ScopeName, ProductVersion.Text);
        foreach (var family in MetricFamilies.All)
        {
            IEnumerable<Measurement<double>> Observe() => points().Where(point => point.Family == family).Select(Measure);
            _ = family.Kind == MetricKind.Counter
                ? (Instrument)_meter.CreateObservableCounter(family.Name, Observe, family.Unit, family.Help)
                : _meter.CreateObservableGauge(family.Name, Observe, family.Unit, family.Help);
        }

        _traces = settings.Traces is { } traces ? Traces(traces) : null;
        _metrics = settings.Metrics is { } metrics ? Metrics(metrics) : null;
    }

    /// <summary>What spans are made with.</summary>
    public ActivitySource Source { get; }

    /// <summary>Sends what is left, for some seconds at most.</summary>
    public async ValueTask DisposeAsync()
    {
        var ending = Task.Run(() =>
        {
            // Both at once: one that is slow does not take the other's time.
            Parallel.Invoke(() => _traces?.Shutdown((int)Farewell.TotalMilliseconds), () => _metrics?.Shutdown((int)Farewell.TotalMilliseconds));
            _traces?.Dispose();
            _metrics?.Dispose();
            Source.Dispose();
            _meter.Dispose();
        });
        try
        {
            await ending.WaitAsync(Farewell).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Warn("not all of it was sent within the time that the end of a run gives it");
        }
    }

    private TracerProvider Traces(OtlpSignal signal)
    {
        var options = signal.Options("v1/traces");
        var batches = new BatchExportActivityProcessorOptions();
        return Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddSource(ScopeName)
            .AddProcessor(new OwnSpanProcessor(
                Source,
                new ReportingTraceExporter(options, () => Warn($"traces could not be sent to {signal.Redacted}")),
                batches.MaxQueueSize, batches.ScheduledDelayMilliseconds, batches.ExporterTimeoutMilliseconds, batches.MaxExportBatchSize))
            .Build();
    }

    private MeterProvider Metrics(OtlpSignal signal)
    {
        var options = signal.Options("v1/metrics");
        var periods = new PeriodicExportingMetricReaderOptions();
        return Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddMeter(ScopeName)
            .AddView(instrument => ReferenceEquals(instrument.Meter, _meter) ? null : MetricStreamConfiguration.Drop)
            .AddReader(new PeriodicExportingMetricReader(
                new ReportingMetricExporter(options, () => Warn($"metrics could not be sent to {signal.Redacted}")),
                periods.ExportIntervalMilliseconds ?? 60_000, periods.ExportTimeoutMilliseconds ?? 30_000))
            .Build();
    }

    // What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say comes last, and so goes before ours.
    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddService("migrationtools", serviceVersion: ProductVersion.Text)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();

    private static Measurement<double> Measure(MetricPoint point) =>
        new(point.Value, point.Labels.Select(label => KeyValuePair.Create<string, object?>(label.Key, label.Value)));

    private void Warn(string what)
    {
        if (Interlocked.Exchange(ref _warned, 1) == 0)
        {
            _warn(what);
        }
    }
}
