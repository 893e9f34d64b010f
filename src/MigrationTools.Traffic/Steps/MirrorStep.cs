using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.Steps;

/// <summary>
/// Begins (<c>traffic.mirror</c>) or ends (<c>traffic.unmirror</c>) sending the target a copy of what the source gets. As a compensation, with the parameter
/// <c>restore</c>, it brings back what was before the step. Data: <c>{ lane, percent, mirrored, members }</c>.
/// </summary>
public sealed class MirrorStep : TrafficStep
{
    private readonly bool _mirrors;

    private MirrorStep(bool mirrors, TrafficCatalog catalog, TimeProvider time)
        : base(catalog, time) => _mirrors = mirrors;

    public override string Verb => _mirrors ? TrafficStepNames.Mirror : TrafficStepNames.Unmirror;

    public static MirrorStep Begin(TrafficCatalog catalog, TimeProvider time) => new(true, catalog, time);

    public static MirrorStep End(TrafficCatalog catalog, TimeProvider time) => new(false, catalog, time);

    protected override async Task<StepObservation> ExecuteAsync(
        TrafficSystemSpec system, TrafficLane lane, ITrafficRouter router, StepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(lane);
        ArgumentNullException.ThrowIfNull(router);
        var mirrored = Goal(context);
        var split = await router.SetMirrorAsync(lane, mirrored, cancellationToken).ConfigureAwait(false);
        var seen = mirrored ? $"{lane.Target} gets a copy of what {lane.Source} gets" : $"{lane.Target} gets no copies";
        return new StepObservation($"{lane.Name}: {seen}")
        {
            Evidence = [split.Evidence],
            Checks = [ReadBack(system, lane, $"the router says whether {lane.Name} is mirrored", seen, split)],
            Data = TrafficParameters.Describe(split),
        };
    }

    protected override EffectReport Judge(TrafficSplit split, TrafficLane lane, StepContext context)
    {
        ArgumentNullException.ThrowIfNull(split);
        return new EffectReport(split.Mirrored == Goal(context) ? Effect.Applied : Effect.NotApplied, split.Mirrored ? "requests are mirrored" : "requests are not mirrored");
    }

    private bool Goal(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return TrafficParameters.Truth(context.Action.Parameters["restore"], whenMissing: false)
            ? TrafficParameters.Truth(context.Prior["mirrored"], whenMissing: false)
            : _mirrors;
    }
}
