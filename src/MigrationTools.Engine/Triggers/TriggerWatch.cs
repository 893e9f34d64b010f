using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Metrics.Windows;

namespace MigrationTools.Engine.Triggers;

/// <summary>
/// Looks at conditions without a pause until one holds or it is cancelled. What is not known never fires: looks without data and looks that broke are counted
/// and told. A look with too few requests is put together with the ones after it until there are enough, so that thin traffic is watched too, only slower.
/// </summary>
public sealed class TriggerWatch(TriggerWatchRequest request, TimeProvider time)
{
    private readonly WindowPool _pool = new(request.MinSamples);
    private MetricLook? _before;

    /// <summary>How it stands; replaced as a whole after each look, so it may be read from any thread.</summary>
    public TriggerState State { get; private set; } = new();

    /// <summary>Watches; to be called once.</summary>
    /// <returns>The first trigger that fired; null when it was cancelled.</returns>
    /// <exception cref="MeasurementException">A metric that is needed has no probe.</exception>
    public async Task<TriggerFired?> WatchAsync(CancellationToken cancellationToken)
    {
        var needs = request.Conditions.SelectMany(condition => condition.Needs).Select(figure => (figure.Metric!, figure.Side)).Distinct().ToList();
        try
        {
            while (true)
            {
                var look = await MetricLook.TakeAsync(request.Probes, needs, request.Interval, time, cancellationToken).ConfigureAwait(false);
                var windows = _pool.Add(look.Windows);
                var outcomes = request.Conditions.Select(condition => condition.Evaluate(windows, request.MinSamples)).ToList();
                Note(look, outcomes);
                if (outcomes.FindIndex(outcome => outcome.Answer == ConditionAnswer.Holds) is var index and >= 0)
                {
                    return Fired(request.Conditions[index], outcomes[index], windows, look);
                }

                _before = look;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private void Note(MetricLook look, List<ConditionOutcome> outcomes)
    {
        var isBroken = look.Broken.Count > 0;
        var inARow = isBroken ? State.BrokenInARow + 1 : 0;
        State = new TriggerState
        {
            Looks = State.Looks + 1,
            LooksWithoutData = State.LooksWithoutData + (!isBroken && outcomes.Any(outcome => outcome.Answer == ConditionAnswer.Unknown) ? 1 : 0),
            BrokenLooks = State.BrokenLooks + (isBroken ? 1 : 0),
            BrokenInARow = inARow,
            IsBlind = inARow >= request.BlindAfter,
            At = look.To,
            Conditions = outcomes,
            Broken = look.Broken,
        };
        request.Looked?.Invoke(State);
    }

    private TriggerFired Fired(Condition condition, ConditionOutcome outcome, IReadOnlyList<MetricWindow> windows, MetricLook look)
    {
        // One look begins where the last one ended; where it does not, the clock was set between them.
        var set = _before is null ? TimeSpan.Zero : look.From - _before.To;
        var behind = windows.Where(window => condition.Needs.Any(figure => figure.Metric == window.Metric && figure.Side == window.Side)).ToList();
        var first = behind.Select(window => Began(condition, window)).Concat(
            (_before?.Windows ?? []).Where(window => behind.Any(other => other.Metric == window.Metric && other.Side == window.Side)).Select(window => window.FirstErrorAt + set)).Min();
        return new TriggerFired(outcome, look.To, first is { } began && began < look.To ? began : look.To) { Windows = behind };
    }

    /// <summary>Failures have a time of their own; of a slow answer only the window is known.</summary>
    private static DateTimeOffset? Began(Condition condition, MetricWindow window) =>
        condition.Needs.Any(figure => figure.Metric == window.Metric && figure.Side == window.Side && ConditionUnits.IsTime(figure.Figure)) ? window.From : window.FirstErrorAt ?? window.From;
}
