using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Traffic.Proof;

namespace MigrationTools.Traffic.Steps;

/// <summary>
/// Takes traffic back: to the share that the shift found (nothing where that is not known), or to the parameter <c>to</c>. Where the target is not well
/// it takes all of it back, for a share of a dead server is none. Parameter <c>prove</c> as for shifting; a proof that could not be had does not keep
/// traffic from going back, one that failed does not pass. Data: <c>{ lane, percent, mirrored, members, to }</c>.
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
        var unwell = now.Members.FirstOrDefault(member => member.Name == lane.Target)?.State is TrafficMemberState.Down or TrafficMemberState.Maintenance or TrafficMemberState.Draining;
        var percent = unwell ? 0 : asked;
        var split = await router.SetShareAsync(lane, percent, cancellationToken).ConfigureAwait(false);
        var checks = new List<CheckResult>
        {
            ReadBack(system, lane, $"the router says {TrafficParameters.Show(percent)} for {lane.Name} again", $"it says {TrafficParameters.Show(split.TargetPercent)}", split),
        };
        if (TrafficParameters.Truth(context.Action.Parameters["prove"], whenMissing: true) && TrafficProof.CanProbe(system))
        {
            var proven = await proof.ProveAsync(system, router, lane, percent, cancellationToken).ConfigureAwait(false);
            checks.Add(proven with { Required = proven.Verdict is Verdict.Passed or Verdict.Failed });
        }

        var data = TrafficParameters.Describe(split);
        data["to"] = asked;
        var why = unwell && asked > 0 ? $" instead of {TrafficParameters.Show(asked)}, for {lane.Target} takes no requests" : "";
        return new StepObservation($"{lane.Name}: {TrafficParameters.Show(percent)} of new requests go to {lane.Target} again{why}{(checks.Count > 1 ? $"; {checks[1].Message}" : "")}")
        {
            Evidence = [split.Evidence],
            Checks = checks,
            Data = data,
        };
    }

    /// <summary>Nothing at the target is further back than asked for, and undoes the shift as well.</summary>
    protected override EffectReport Judge(TrafficSplit split, TrafficLane lane, StepContext context)
    {
        ArgumentNullException.ThrowIfNull(split);
        var goal = Goal(context);
        var isBack = split.TargetPercent == goal || split.TargetPercent == 0;
        return new EffectReport(
            isBack ? Effect.Applied : Effect.NotApplied,
            $"the router gives the target {TrafficParameters.Show(split.TargetPercent)}{(split.TargetPercent == goal ? "" : $", where {TrafficParameters.Show(goal)} was asked for")}");
    }

    private static decimal Goal(StepContext context) =>
        TrafficParameters.Percent(context.Action.Parameters["to"]) ?? TrafficParameters.Percent(context.Prior["percent"]) ?? 0;
}
