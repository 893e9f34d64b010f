using Microsoft.Extensions.Logging;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Triggers;

/// <summary>Watches the spec's triggers from the first step that moves traffic until the run ends: a trigger that fires stops whatever step is under way.</summary>
public sealed class TriggerGuard(MetricSources sources, TimeProvider time) : IRunGuard
{
    private static readonly string[] MovingVerbs = ["traffic.", "unit."];

    /// <summary>Whether a step of this verb moves traffic, so that triggers are watched from it on.</summary>
    public static bool Watches(string verb) => MovingVerbs.Any(moving => verb.StartsWith(moving, StringComparison.Ordinal));

    public IActiveGuard? Begin(MigrationSpec spec, PlanStep step, IOperationObserver observer)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(observer);
        if (spec.Rollback.Triggers.Count == 0 || !Watches(step.Action.Verb))
        {
            return null;
        }

        observer.Logger.LogInformation("Watching triggers from step {Step} on: {Triggers}", step.Id, string.Join(", ", spec.Rollback.Triggers));
        return new Active(spec, sources.OpenAll(spec), observer, time);
    }

    private sealed class Active : IActiveGuard
    {
        private readonly CancellationTokenSource _raised = new();
        private readonly CancellationTokenSource _ended = new();
        private readonly IReadOnlyList<IMetricProbe> _probes;
        private readonly IOperationObserver _observer;
        private readonly TimeProvider _time;
        private readonly Task _watching;
        private DateTimeOffset? _blindSince;

        public Active(MigrationSpec spec, IReadOnlyList<IMetricProbe> probes, IOperationObserver observer, TimeProvider time)
        {
            (_probes, _observer, _time) = (probes, observer, time);
            var request = new TriggerWatchRequest
            {
                Conditions = [.. spec.Rollback.Triggers.Select(trigger => Condition.Parse(trigger, spec.Metrics))],
                Probes = probes,
                Interval = spec.Rollback.Interval,
                MinSamples = spec.Rollback.MinSamples,
                Looked = Look,
            };
            _watching = Task.Run(() => WatchAsync(new TriggerWatch(request, time)));
        }

        public CancellationToken Raised => _raised.Token;

        public RunAlarm? Alarm { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await _ended.CancelAsync().ConfigureAwait(false);
            await _watching.ConfigureAwait(false);
            foreach (var probe in _probes)
            {
                await probe.DisposeAsync().ConfigureAwait(false);
            }

            _raised.Dispose();
            _ended.Dispose();
        }

        private async Task WatchAsync(TriggerWatch watch)
        {
            try
            {
                if (await watch.WatchAsync(_ended.Token).ConfigureAwait(false) is { } fired)
                {
                    Raise(new RunAlarm(fired.Condition.Condition, Verdict.Failed, fired.Condition.Seen, fired.FirstBadAt, fired.At)
                    {
                        Evidence = [.. fired.Windows.Select(window => window.Evidence)],
                    });
                }
            }
            catch (Exception broken)
            {
                // Whatever it is: a watch that ended without a word would leave the run unguarded, and the run would not know.
                var why = broken is MigrationToolsException ? broken.Message : $"they can't be watched any more: the watch broke by {broken.GetType().Name}: {EndpointRedaction.Redact(broken.Message)}";
                Raise(new RunAlarm("the triggers", Verdict.Error, why, _time.GetUtcNow(), _time.GetUtcNow()));
            }
        }

        private void Look(TriggerState state)
        {
            _observer.Logger.LogDebug("Triggers, look {Look}: {Seen}", state.Looks, string.Join("; ", state.Conditions.Select(condition => $"{condition.Condition}: {condition.Answer}, {condition.Seen}").Concat(state.Broken)));
            _blindSince = state.BrokenInARow == 0 ? null : _blindSince ?? state.At;
            if (state.IsBlind && Alarm is null)
            {
                Raise(new RunAlarm("the triggers", Verdict.Error, $"they can't be watched any more: {string.Join("; ", state.Broken)}", _blindSince ?? _time.GetUtcNow(), _time.GetUtcNow()));
            }
        }

        private void Raise(RunAlarm alarm)
        {
            Alarm ??= alarm;
            try
            {
                _observer.Logger.LogWarning("Trigger {Condition}: {Message}", alarm.Condition, alarm.Message);
            }
            finally
            {
                // Also where the log can't be written: the run is stopped first of all.
                _raised.Cancel();
            }
        }
    }
}
