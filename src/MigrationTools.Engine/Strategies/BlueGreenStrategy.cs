using System.Runtime.CompilerServices;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies;

/// <summary>
/// The new side is built beside the old one and kept in step; writers are kept out only for the last difference; all traffic switches at once, is
/// watched, and only then, after an approval, is the old side cleaned up.
/// </summary>
public sealed class BlueGreenStrategy : IStrategy
{
    public StrategyKind Kind => StrategyKind.BlueGreen;

    public async IAsyncEnumerable<StepDraft> PlanAsync(StrategyContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var verb in new[] { Verb.Capture, Verb.Expand, Verb.Copy, Verb.Replicate, Verb.Verify, Verb.Fence, Verb.CatchUp, Verb.Compare, Verb.CutOver })
        {
            await foreach (var step in context.ForEachButTrafficAsync(verb, cancellationToken).ConfigureAwait(false))
            {
                yield return step;
            }
        }

        await foreach (var step in StrategyParts.SwitchAsync(context, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }

        var contract = await StrategyParts.ContractAsync(context, cancellationToken).ConfigureAwait(false);
        if (context.Traffic.Any() || contract.Any(step => step.PointOfNoReturn))
        {
            var everything = context.Traffic.SelectMany(traffic => traffic.Lanes).ToDictionary(lane => lane.Name, _ => 100m, StringComparer.Ordinal);
            yield return StrategyParts.Watch(context, context.Traffic.FirstOrDefault() ?? context.Systems[0], everything.Count > 0 ? "green with all traffic" : "green", everything);
        }

        foreach (var step in StrategyParts.ApprovedContract(context, "clean up blue", contract))
        {
            yield return step;
        }
    }
}
