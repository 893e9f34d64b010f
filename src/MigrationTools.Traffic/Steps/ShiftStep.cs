using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Traffic.Proof;

namespace MigrationTools.Traffic.Steps;

/// <summary>
/// Gives the target a share of a lane's new requests, reads it back, and proves it by counting. Parameters: <c>lane</c>, <c>percent</c>, and <c>prove</c>
/// (true where it is not given). Data: <c>{ lane, percent, mirrored, members, before }</c>.
/// </summary>
public sealed class ShiftStep(TrafficCatalog catalog, TrafficProof proof, TimeProvider time) : TrafficStep(catalog, time)
{
    public override string Verb => TrafficStepNames.Shift;

    protected override async Task<StepObservation> ExecuteAsync(
        TrafficSystemSpec system, TrafficLane lane, ITrafficRouter router, StepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(lane);
        ArgumentNullException.ThrowIfNull(router);
        ArgumentNullException.ThrowIfNull(context);
        var percent = PercentOf(context);
        var before = TrafficParameters.Percent(context.Prior["percent"]);
        var split = await router.SetShareAsync(lane, percent, cancellationToken).ConfigureAwait(false);
        var checks = new List<CheckResult>
        {
            ReadBack(system, lane, $"the router says {TrafficParameters.Show(percent)} for {lane.Name}", $"it says {TrafficParameters.Show(split.TargetPercent)}", split),
        };
        if (TrafficParameters.Truth(context.Action.Parameters["prove"], whenMissing: true))
        {
            checks.Add(await proof.ProveAsync(system, router, lane, percent, cancellationToken).ConfigureAwait(false));
        }

        var data = TrafficParameters.Describe(split);
        data["before"] = before;
        return new StepObservation($"{lane.Name}: {TrafficParameters.Show(percent)} of new requests go to {lane.Target} (before: {TrafficParameters.Show(before)}){(checks.Count > 1 ? $"; {checks[1].Message}" : "")}")
        {
            Evidence = [split.Evidence],
            Checks = checks,
            Data = data,
        };
    }

    /// <summary>Applied without an observation, so that a resumed run sets it again, which changes nothing, and proves it.</summary>
    protected override EffectReport Judge(TrafficSplit split, TrafficLane lane, StepContext context)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(context);
        var percent = PercentOf(context);
        return new EffectReport(
            split.TargetPercent == percent ? Effect.Applied : Effect.NotApplied,
            $"the router gives the target {TrafficParameters.Show(split.TargetPercent)} where the step sets {TrafficParameters.Show(percent)} ({split.Evidence.Observed})");
    }

    private static decimal PercentOf(StepContext context) =>
        TrafficParameters.Percent(context.Action.Parameters["percent"])
        ?? throw new InvalidRequestException($"Step '{context.Step.Id}' shifts traffic and does not say how much (parameter 'percent').");
}
