using System.Globalization;
using Microsoft.Extensions.Logging;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Engine.Gates.Watching;

/// <summary>
/// Carries a gate out: measures interval after interval, both sides at the same time, until enough measurements were taken, a limit is passed, the deadline is
/// over or it is cancelled. Every end but the first is never Passed, and neither is a gate that measured nothing.
/// </summary>
public sealed class GateWatch(TimeProvider time)
{
    /// <summary>Watches to the end.</summary>
    /// <param name="request">The gate and what to measure it with.</param>
    /// <param name="observer">Hears each measurement.</param>
    /// <param name="cancellationToken">Ends it early. The outcome, not an exception, says so: what was measured until then is not lost.</param>
    /// <exception cref="ConditionException">A condition can't be understood; a spec that was read has none such.</exception>
    /// <exception cref="MeasurementException">A metric that is needed has no probe.</exception>
    public async Task<GateOutcome> WatchAsync(GateWatchRequest request, IOperationObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(observer);
        var gate = request.Gate;
        var conditions = gate.Conditions.Select(condition => Condition.Parse(condition, request.Metrics)).ToList();
        var judging = gate.Judge is { } judge ? new GateJudge(judge, gate.MinSamples, request.Metrics) : null;
        var tally = new GateTally(gate, conditions, judging);
        if (conditions.Count == 0 && judging is null)
        {
            return new GateReport(request.Stage, gate, tally).Outcome(GateEnd.NothingToMeasure, time.GetUtcNow());
        }

        var needs = conditions.SelectMany(condition => condition.Needs).Select(figure => (figure.Metric!, figure.Side)).Concat(judging?.Needs ?? []).Distinct().ToList();
        var end = await MeasureAsync(request, needs, tally, observer, cancellationToken).ConfigureAwait(false);
        observer.Report(Progress(request, tally) with { Completed = true });
        return new GateReport(request.Stage, gate, tally).Outcome(end, time.GetUtcNow());
    }

    private async Task<GateEnd> MeasureAsync(
        GateWatchRequest request, List<(string, Specs.EndpointSide)> needs, GateTally tally, IOperationObserver observer, CancellationToken cancellationToken)
    {
        var gate = request.Gate;
        var deadline = gate.Deadline ?? gate.Interval * gate.Count * 3;
        var started = time.GetTimestamp();
        var since = time.GetUtcNow();

        // A measurement that began in time may end, but one that hangs does not hold the gate for ever.
        using var limit = new CancellationTokenSource(deadline + gate.Interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await ShowAsync(request, tally, since, deadline, either.Token).ConfigureAwait(false);
            while (true)
            {
                if (time.GetElapsedTime(started) >= deadline)
                {
                    return GateEnd.Deadline;
                }

                var look = await MetricLook.TakeAsync(request.Probes, needs, gate.Interval, time, either.Token).ConfigureAwait(false);
                var measurement = tally.Add(look);
                Tell(request, tally, measurement, observer);
                await ShowAsync(request, tally, since, deadline, either.Token).ConfigureAwait(false);
                if (tally.End is { } end)
                {
                    return end;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return GateEnd.Cancelled;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return GateEnd.Deadline;
        }
    }

    private static Task ShowAsync(GateWatchRequest request, GateTally tally, DateTimeOffset since, TimeSpan deadline, CancellationToken cancellationToken)
    {
        if (request.Shown is not { } shown)
        {
            return Task.CompletedTask;
        }

        var gate = request.Gate;
        var last = tally.Measurements.Count == 0 ? null : tally.Measurements[^1];
        return shown(
            new WatchedGate
            {
                Stage = request.Stage,
                Since = since,
                Deadline = since + deadline,
                MeasuredAt = last?.To,
                LastMeasurement = last?.Verdict,
                Interval = gate.Interval,
                Count = gate.Count,
                Held = tally.Held,
                Failed = tally.Failed,
                FailureLimit = gate.FailureLimit,
                Inconclusive = tally.Inconclusive,
                InconclusiveLimit = gate.InconclusiveLimit,
                Broken = tally.Broken,
                ErrorsInARow = tally.ErrorsInARow,
                ConsecutiveErrorLimit = gate.ConsecutiveErrorLimit,
                MinSamples = gate.MinSamples,
                OnInconclusive = gate.OnInconclusive,
                Conditions = tally.Readings,
                Sides = last is null ? [] : [.. last.Windows.Select(Seen)],
                Judges = tally.Judge?.Metric,
                BrokenBy = last?.Broken ?? [],
            },
            cancellationToken);
    }

    // What a source gives against its promise (NaN) can't be written as JSON.
    private static GateSide Seen(MetricWindow window) =>
        new(window.Metric, window.Side, window.Samples, window.Errors, window.Figures.Where(figure => double.IsFinite(figure.Value)).ToDictionary(figure => figure.Key, figure => figure.Value, StringComparer.Ordinal));

    private static void Tell(GateWatchRequest request, GateTally tally, GateMeasurement measurement, IOperationObserver observer)
    {
        observer.Report(Progress(request, tally));
        var seen = string.Join("; ", measurement.Conditions.Select(condition => $"{condition.Condition}: {condition.Answer}, {condition.Seen}").Concat(measurement.Broken));
        observer.Logger.Log(
            measurement.Verdict == Verdict.Passed ? LogLevel.Information : LogLevel.Warning,
            "Gate {Stage}, measurement {Number}: {Verdict}. {Seen}",
            request.Stage,
            measurement.Number.ToString(CultureInfo.InvariantCulture),
            measurement.Verdict,
            seen);
        request.Measured?.Invoke(measurement);
    }

    private static Progress Progress(GateWatchRequest request, GateTally tally) => new($"gate {request.Stage}", tally.Taken, request.Gate.Count, "measurements");
}
