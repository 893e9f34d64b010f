using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Traffic.Proof;

namespace MigrationTools.Traffic.Steps;

/// <summary>
/// Takes traffic back: to the share that the shift found (nothing where that is not known), or to the parameter <c>to</c>. Where the target is not well,
/// where the router refuses the share, or where requests at that share are not answered, all of it is taken back, for a share of a dead server is none; and what has
/// gone further back already is never given a share again. Parameter <c>prove</c> as for shifting; that nothing reaches the target any more need not be
/// proven for traffic to go back, but what was seen against it does not pass. Data: <c>{ lane, percent, mirrored, members, to }</c>.
/// </summary>
public sealed class ReturnStep(TrafficCatalog catalog, TrafficProof proof, TimeProvider time) : TrafficStep(catalog, time)
{
    public override string Verb => TrafficStepNames.Return;

    protected override async Task<StepObservation> ExecuteAsync(
        TrafficSystemSpec system, TrafficLane lane, ITrafficRouter router, StepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(lane);
        ArgumentNullException.ThrowIfNull(router);
        ArgumentNullException.ThrowIfNull(context);
        var asked = Goal(context);
        var now = await router.ReadAsync(lane, cancellationToken).ConfigureAwait(false);
        var isFurtherBack = now.TargetPercent < asked && Rises(context);
        var unwell = now.Members.FirstOrDefault(member => member.Name == lane.Target)?.State is TrafficMemberState.Down or TrafficMemberState.Maintenance or TrafficMemberState.Draining;
        var (observation, why) = unwell && asked > 0
            ? (null, $"{lane.Target} takes no requests")
            : await TryAsync(system, lane, router, isFurtherBack ? now.TargetPercent!.Value : asked, context, cancellationToken).ConfigureAwait(false);
        if (observation is null)
        {
            observation = await SetAsync(system, lane, router, 0, context, cancellationToken).ConfigureAwait(false);
            observation = observation with { Summary = $"{observation.Summary} — instead of {TrafficParameters.Show(asked)}, for {why}" };
        }

        observation.Data["to"] = asked;
        return observation;
    }

    /// <summary>A stage on the way back; null with the reason where it is none, so that all traffic has to go back at once.</summary>
    private async Task<(StepObservation? Observation, string Why)> TryAsync(
        TrafficSystemSpec system, TrafficLane lane, ITrafficRouter router, decimal percent, StepContext context, CancellationToken cancellationToken)
    {
        if (percent == 0)
        {
            return (await SetAsync(system, lane, router, 0, context, cancellationToken).ConfigureAwait(false), "");
        }

        try
        {
            var split = await router.SetShareAsync(lane, percent, cancellationToken).ConfigureAwait(false);
            if (!Proves(system, context))
            {
                return (Observe(system, lane, split, percent, null), "");
            }

            var (proven, mayStay) = await proof.ProveStageAsync(system, router, lane, percent, cancellationToken).ConfigureAwait(false);
            return mayStay ? (Observe(system, lane, split, percent, proven), "") : (null, $"that share was not seen: {proven.Message}");
        }
        catch (TrafficException refused)
        {
            return (null, refused.Message);
        }
    }

    private async Task<StepObservation> SetAsync(
        TrafficSystemSpec system, TrafficLane lane, ITrafficRouter router, decimal percent, StepContext context, CancellationToken cancellationToken)
    {
        var split = await router.SetShareAsync(lane, percent, cancellationToken).ConfigureAwait(false);
        var proven = Proves(system, context) ? await proof.ProveAsync(system, router, lane, percent, cancellationToken).ConfigureAwait(false) : null;
        return Observe(system, lane, split, percent, proven);
    }

    private static bool Proves(TrafficSystemSpec system, StepContext context) =>
        TrafficParameters.Truth(context.Action.Parameters["prove"], whenMissing: true) && TrafficProof.CanProbe(system);

    /// <summary>A proof that could not be had does not keep traffic from going back.</summary>
    private static StepObservation Observe(TrafficSystemSpec system, TrafficLane lane, TrafficSplit split, decimal percent, CheckResult? proven)
    {
        var checks = new List<CheckResult>
        {
            ReadBack(system, lane, $"the router says {TrafficParameters.Show(percent)} for {lane.Name} again", $"it says {TrafficParameters.Show(split.TargetPercent)}", split),
        };
        if (proven is not null)
        {
            checks.Add(proven with { Required = proven.Verdict is Verdict.Passed or Verdict.Failed });
        }

        return new StepObservation($"{lane.Name}: {TrafficParameters.Show(percent)} of new requests go to {lane.Target} again{(proven is null ? "" : $"; {proven.Message}")}")
        {
            Evidence = [split.Evidence],
            Checks = checks,
            Data = TrafficParameters.Describe(split),
        };
    }

    /// <summary>Less at the target than asked for is further back, and undoes a rise as well.</summary>
    protected override EffectReport Judge(TrafficSplit split, TrafficLane lane, StepContext context)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(context);
        var goal = Goal(context);
        var isBack = split.TargetPercent == goal || split.TargetPercent == 0 || (split.TargetPercent < goal && Rises(context));
        return new EffectReport(
            isBack ? Effect.Applied : Effect.NotApplied,
            $"the router gives the target {TrafficParameters.Show(split.TargetPercent)}{(split.TargetPercent == goal ? "" : $", where {TrafficParameters.Show(goal)} was asked for")}");
    }

    /// <summary>Whether the shift that is undone gave the target more than it gets back.</summary>
    private static bool Rises(StepContext context) => TrafficParameters.Percent(context.Step.Action.Parameters["percent"]) > Goal(context);

    private static decimal Goal(StepContext context) =>
        TrafficParameters.Percent(context.Action.Parameters["to"]) ?? TrafficParameters.Percent(context.Prior["percent"]) ?? 0;
}
