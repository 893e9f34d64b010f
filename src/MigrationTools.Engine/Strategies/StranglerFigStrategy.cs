using System.Globalization;
using System.Runtime.CompilerServices;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Engine.Strategies;

/// <summary>Route by route: mirrored where the router can, shifted by rising shares, each watched; the old routes are retired at the end.</summary>
public sealed class StranglerFigStrategy : IStrategy
{
    public StrategyKind Kind => StrategyKind.StranglerFig;

    public async IAsyncEnumerable<StepDraft> PlanAsync(StrategyContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Traffic.All(system => system.Routes.Count == 0))
        {
            throw context.Impossible("StranglerFig moves route by route, and no router lists any. Give a system of kind traffic its 'routes:', or choose another strategy.");
        }

        await foreach (var step in StrategyParts.MoveDataForRolloutAsync(context, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }

        foreach (var system in context.Traffic)
        {
            foreach (var lane in system.Lanes)
            {
                await foreach (var step in RouteAsync(context, system, lane, cancellationToken).ConfigureAwait(false))
                {
                    yield return step;
                }
            }
        }

        await foreach (var step in StrategyParts.CutOverAsync(context, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }

        var contract = await StrategyParts.ContractAsync(context, cancellationToken).ConfigureAwait(false);
        foreach (var step in StrategyParts.ApprovedContract(context, "retire the old routes", contract))
        {
            yield return step;
        }
    }

    private static async IAsyncEnumerable<StepDraft> RouteAsync(
        StrategyContext context, TrafficSystemSpec system, TrafficLane lane, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var mirror = await context.StepsAsync(new VerbCall(Verb.Mirror) { Lane = lane }, system, cancellationToken).ConfigureAwait(false);
        foreach (var step in mirror)
        {
            yield return step;
        }

        if (mirror.Count > 0)
        {
            yield return StrategyParts.Watch(context, system, $"route {lane.Name}, mirrored", new Dictionary<string, decimal> { [lane.Name] = 0 });
            foreach (var step in await context.StepsAsync(new VerbCall(Verb.Unmirror) { Lane = lane }, system, cancellationToken).ConfigureAwait(false))
            {
                yield return step;
            }
        }
        else
        {
            context.AddNote($"{system.Name}: {system.Router} can't mirror; route '{lane.Name}' begins with its first share.");
        }

        var before = 0m;
        foreach (var percent in context.Rollout.Weights)
        {
            foreach (var step in await context.StepsAsync(StrategyParts.Shift(context, lane, before, percent), system, cancellationToken).ConfigureAwait(false))
            {
                yield return step;
            }

            yield return StrategyParts.Watch(context, system, string.Create(CultureInfo.InvariantCulture, $"route {lane.Name} at {percent} %"), new Dictionary<string, decimal> { [lane.Name] = percent });
            before = percent;
        }
    }
}
