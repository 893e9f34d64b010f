using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates.Watching;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Rollouts;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Gates;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.Watching;

/// <summary>
/// Watches a gate while traffic stays at its shares. What was measured while the router had other shares (it was restarted) says nothing of this stage: the shares are
/// put right and the gate begins anew. A router that restarts can't be asked for a moment: it is asked again, as often as the gate lets measurements break in a
/// row, and no gate is believed before a last look at it. Parameters: <c>stage</c>, <c>phase</c>, <c>expected</c> (lane → percent). Data: <c>stage</c>, <c>end</c>, <c>measurements</c>, <c>drifts</c>.
/// </summary>
public sealed class WatchStep(TrafficCatalog catalog, MetricSources sources, IRunBoard board, TimeProvider time) : IStepAction
{
    private const int MostBeginnings = 3;
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(1);

    public string Verb => RolloutStepNames.Watch;

    public Task<JsonObject> CaptureAsync(StepContext context, CancellationToken cancellationToken) => Task.FromResult(new JsonObject());

    public async Task<StepObservation> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var rollout = RolloutOf(context);
        var stage = (string?)context.Action.Parameters["stage"] ?? context.Step.Id;
        var gate = rollout.Gate ?? throw new InvalidRequestException($"Step '{context.Step.Id}' watches a gate that the spec does not have.");

        // Staying at a share for so long means measuring it for so long.
        gate = gate with { Count = Math.Max(gate.Count, (int)Math.Ceiling(rollout.Hold / gate.Interval)) };
        var shares = new ExpectedShares(catalog, context);
        var probes = sources.OpenAll(context.Spec);
        try
        {
            var shown = new GateBoard(board, context, shares.ByLane, time);
            var request = new GateWatchRequest { Stage = stage, Gate = gate, Metrics = context.Spec.Metrics, Probes = probes, Shown = shown.ShowAsync };
            for (var beginning = 1; ; beginning++)
            {
                await LookAsync(gate, shares, cancellationToken).ConfigureAwait(false);
                if (shares.LostWhy is { } why)
                {
                    throw new TrafficException(why);
                }

                var beginsRight = shares.Drifts.Count;
                var outcome = await WatchAsync(request, shares, context, cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                if (shares.Drifts.Count == beginsRight || beginning == MostBeginnings)
                {
                    return Observe(stage, outcome, shares, kept: shares.Drifts.Count == beginsRight);
                }
            }
        }
        finally
        {
            foreach (var probe in probes)
            {
                await probe.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    public Task<EffectReport> LookAsync(StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectReport(Effect.NotApplied, "it only looks, so it is watched again from the beginning"));

    private static RolloutSpec RolloutOf(StepContext context) =>
        (string?)context.Action.Parameters["phase"] is { } phase
            ? context.Spec.Phases.First(candidate => candidate.Name == phase).Rollout ?? context.Spec.Rollout
            : context.Spec.Rollout;

    /// <summary>The gate and the router beside it; a router that has other shares ends the gate, which begins anew.</summary>
    private async Task<GateOutcome> WatchAsync(GateWatchRequest request, ExpectedShares shares, StepContext context, CancellationToken cancellationToken)
    {
        GateOutcome outcome;
        using var drifted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var keeping = KeepAsync();
        try
        {
            outcome = await new GateWatch(time).WatchAsync(request, context.Observer, drifted.Token).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await keeping.ConfigureAwait(false);
        }

        if (outcome.End == GateEnd.Completed && shares.LostWhy is null)
        {
            // What came since the last look nobody else would see.
            await LookAsync(request.Gate, shares, cancellationToken).ConfigureAwait(false);
        }

        return outcome;

        async Task KeepAsync()
        {
            try
            {
                do
                {
                    await Task.Delay(request.Gate.Interval, time, ended.Token).ConfigureAwait(false);
                }
                while (!await shares.TryEnsureAsync(request.Gate.ConsecutiveErrorLimit, request.Gate.Interval, time, ended.Token).ConfigureAwait(false));

                await drifted.CancelAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                // The gate ended first.
            }
        }
    }

    /// <summary>A look that nobody waits an interval for.</summary>
    private Task LookAsync(GateSpec gate, ExpectedShares shares, CancellationToken cancellationToken) =>
        shares.TryEnsureAsync(gate.ConsecutiveErrorLimit, ShortPause < gate.Interval ? ShortPause : gate.Interval, time, cancellationToken);

    private StepObservation Observe(string stage, GateOutcome outcome, ExpectedShares shares, bool kept)
    {
        var checks = outcome.Checks.ToList();
        if (shares.Any)
        {
            checks.Add(new CheckResult
            {
                Id = CheckIds.Of("gate", CheckIds.PartOf(stage), "shares"),
                Name = $"Traffic stays at its shares while {stage} is watched",
                Category = "gate",
                Verdict = shares.LostWhy is not null ? Verdict.Error : kept ? Verdict.Passed : Verdict.Inconclusive,
                Message = shares.LostWhy ?? (shares.Drifts.Count == 0 ? $"{shares.Looks} looks at the router found them" : $"found wrong and put right {shares.Drifts.Count} times: {string.Join("; ", shares.Drifts)}"),
                Remedy = shares.LostWhy is null && kept ? null : "Find out who restarts or reconfigures the router; give it a state file that lasts, then resume the run.",
                Evidence = [new Evidence("the router's own weights", shares.LastSeen, time.GetUtcNow()) { Expected = shares.Describe() }],
            });
        }

        return new StepObservation($"{stage}: {outcome.Message}")
        {
            Evidence = [.. checks.SelectMany(check => check.Evidence.TakeLast(1))],
            Checks = checks,
            Data = new JsonObject
            {
                ["stage"] = stage,
                ["end"] = outcome.End.ToString(),
                ["measurements"] = new JsonArray([.. outcome.Measurements.TakeLast(100).Select(Describe)]),
                ["drifts"] = new JsonArray([.. shares.Drifts.Select(drift => JsonValue.Create(drift))]),
            },
        };
    }

    private static JsonObject Describe(GateMeasurement measurement) => new()
    {
        ["number"] = measurement.Number,
        ["from"] = measurement.From,
        ["to"] = measurement.To,
        ["verdict"] = measurement.Verdict.ToString(),
        ["conditions"] = new JsonArray([.. measurement.Conditions.Select(condition => new JsonObject { ["condition"] = condition.Condition, ["answer"] = condition.Answer.ToString(), ["seen"] = condition.Seen })]),
        ["windows"] = JsonSerializer.SerializeToNode(
            measurement.Windows.Select(window => new { window.Metric, Side = window.Side.ToString(), window.Samples, window.Errors, window.Figures }), MigrationJson.Line),
        ["broken"] = new JsonArray([.. measurement.Broken.Select(text => JsonValue.Create(text))]),
    };
}
