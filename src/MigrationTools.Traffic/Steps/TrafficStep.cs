using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Traffic.Proof;

namespace MigrationTools.Traffic.Steps;

/// <summary>
/// What the traffic steps share: the router is opened for as long as the step works, and what stood before is taken down as
/// <c>{ lane, percent, mirrored, members }</c>. Parameter of all: <c>lane</c>, which a system without routes need not name.
/// </summary>
public abstract class TrafficStep(TrafficCatalog catalog, TimeProvider time) : IStepAction
{
    public abstract string Verb { get; }

    protected TimeProvider Time => time;

    public async Task<JsonObject> CaptureAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (system, lane, router) = Open(context);
        await using var dispose = router.ConfigureAwait(false);
        return TrafficParameters.Describe(await router.ReadAsync(lane, cancellationToken).ConfigureAwait(false));
    }

    public async Task<StepObservation> ExecuteAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (system, lane, router) = Open(context);
        await using var dispose = router.ConfigureAwait(false);
        return await ExecuteAsync(system, lane, router, context, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A router that can't be asked leaves the effect unknown; a run then stops and says so.</summary>
    public async Task<EffectReport> LookAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (_, lane, router) = Open(context);
        await using var dispose = router.ConfigureAwait(false);
        try
        {
            return Judge(await router.ReadAsync(lane, cancellationToken).ConfigureAwait(false), lane, context);
        }
        catch (TrafficException failed)
        {
            return new EffectReport(Effect.Unknown, failed.Message);
        }
    }

    protected abstract Task<StepObservation> ExecuteAsync(
        TrafficSystemSpec system, TrafficLane lane, ITrafficRouter router, StepContext context, CancellationToken cancellationToken);

    /// <summary>What of the step is in place by what the router says.</summary>
    protected abstract EffectReport Judge(TrafficSplit split, TrafficLane lane, StepContext context);

    /// <summary>The check that the router itself says what it was told.</summary>
    protected static CheckResult ReadBack(TrafficSystemSpec system, TrafficLane lane, string question, string seen, TrafficSplit split) => new()
    {
        Id = CheckIds.Of("traffic-set", system.Name, CheckIds.PartOf(lane.Name)),
        Name = question,
        System = system.Name,
        Category = TrafficProof.Category,
        Verdict = Verdict.Passed,
        Message = seen,
        Evidence = [split.Evidence],
    };

    private (TrafficSystemSpec System, TrafficLane Lane, ITrafficRouter Router) Open(StepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var system = context.System<TrafficSystemSpec>();
        var lane = LaneNames.Find(system, (string?)context.Action.Parameters["lane"]);
        return (system, lane, catalog.Open(system, context.Spec.Directory));
    }
}
