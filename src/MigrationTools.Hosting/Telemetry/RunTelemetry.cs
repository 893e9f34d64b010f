using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MigrationTools.Engine.Gates.Watching;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Runs.Watching;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Hosting.Telemetry;

/// <summary>
/// Tells machines what runs do, from their journals: spans and metrics to where OTEL_EXPORTER_OTLP_ENDPOINT says, metrics into a file for Prometheus. Whatever
/// goes wrong here is a warning in the run's log; no run stops for it, and only its end waits, some seconds, for what is still to be sent.
/// </summary>
/// <param name="settings">Where to.</param>
/// <param name="store">Where specs of runs that are taken over are read.</param>
/// <param name="board">Where runs show what they measure, which this one stands before.</param>
/// <param name="log">The log of runs, which this one stands before.</param>
internal sealed class RunTelemetry(TelemetrySettings settings, IRunStore store, IRunBoard board, IRunLog log) : IRunWatcher, IRunBoard, IRunLog
{
    private readonly object _turn = new();
    private readonly Dictionary<string, (RunFigures Figures, RunTrace? Trace)> _runs = new(StringComparer.Ordinal);
    private readonly MetricsFile? _file = settings.MetricsFile is { } path ? new MetricsFile(path) : null;
    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _warned = new(StringComparer.Ordinal);
    private ILogger? _logger;
    private OtlpPipeline? _pipeline;

    public async ValueTask TakenAsync(RunHandle run, MigrationSpec? spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var told = spec ?? await store.ReadSpecAsync(run.RunId, cancellationToken).ConfigureAwait(false);
        Try(() =>
        {
            _underWay.Add(run.RunId);
            _pipeline ??= Open();
            _runs[run.RunId] = (new RunFigures(run, told), _pipeline is { } pipeline ? new RunTrace(pipeline.Source, run) : null);
        });
    }

    public async ValueTask AppendedAsync(RunHandle run, JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(entry);
        Try(() =>
        {
            if (_runs.TryGetValue(run.RunId, out var telling))
            {
                telling.Figures.Hear(entry);
                telling.Trace?.Hear(entry);
                _file?.Write(AllPoints());
            }
        });
        if (entry.Kind == JournalKinds.RunEnded)
        {
            // While the run's log is open: what could not be sent is said there.
            await EndAsync(run.RunId).ConfigureAwait(false);
        }
    }

    public Task ShowAsync(string runId, WatchedGate gate, CancellationToken cancellationToken)
    {
        Try(() =>
        {
            if (_runs.TryGetValue(runId, out var telling))
            {
                telling.Figures.See(gate);
                _file?.Write(AllPoints());
            }
        });
        return board.ShowAsync(runId, gate, cancellationToken);
    }

    public ValueTask ReleasingAsync(RunHandle run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return EndAsync(run.RunId);
    }

    public IRunLogObserver Attach(string runId, string runDirectory, IOperationObserver observer)
    {
        var attached = log.Attach(runId, runDirectory, observer);
        lock (_warned)
        {
            _logger = attached.Logger;
            foreach (var what in _warned.Where(what => !what.Value).Select(what => what.Key).ToList())
            {
                _warned[what] = true;
                Log(_logger, what);
            }
        }

        return attached;
    }

    /// <summary>Sends what is left, once nobody has a run here any more.</summary>
    private async ValueTask EndAsync(string runId)
    {
        OtlpPipeline? ending = null;
        Try(() =>
        {
            if (!_underWay.Remove(runId))
            {
                return;
            }

            if (_runs.TryGetValue(runId, out var telling))
            {
                telling.Trace?.End();
            }

            if (_underWay.Count == 0)
            {
                ending = _pipeline;
                _pipeline = null;
            }
        });
        if (ending is not null)
        {
            await ending.DisposeAsync().ConfigureAwait(false);
        }
    }

    private OtlpPipeline? Open()
    {
        if (settings.Traces is null && settings.Metrics is null)
        {
            return null;
        }

        try
        {
            return new OtlpPipeline(settings, PointsForExport, Warn);
        }
        catch (FormatException wrong)
        {
            Warn(wrong.Message);
            return null;
        }
    }

    private IReadOnlyList<MetricPoint> PointsForExport()
    {
        lock (_turn)
        {
            return AllPoints();
        }
    }

    private List<MetricPoint> AllPoints() => [.. _runs.Values.SelectMany(telling => telling.Figures.Points)];

    /// <summary>Does it, in its turn, without leaving a span as the current one of whoever writes the journal.</summary>
    private void Try(Action work)
    {
        var current = Activity.Current;
        Activity.Current = null;
        try
        {
            lock (_turn)
            {
                work();
            }
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            Warn($"the metrics file was not written: {broken.Message}");
        }
#pragma warning disable CA1031 // The edge: a mistake in telling of a run must not end it.
        catch (Exception mistake)
#pragma warning restore CA1031
        {
            Warn($"a mistake in this program ({mistake.GetType().Name}: {mistake.Message})");
        }
        finally
        {
            Activity.Current = current;
        }
    }

    /// <summary>Once for each thing that goes wrong, for it would go wrong with every entry; as soon as there is a log.</summary>
    private void Warn(string what)
    {
        lock (_warned)
        {
            if (_warned.TryAdd(what, _logger is not null) && _logger is { } logger)
            {
                Log(logger, what);
            }
        }
    }

    private static void Log(ILogger logger, string what) => logger.LogWarning("Telemetry: {Problem}. The run goes on without it", what);
}
