using System.Runtime.CompilerServices;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies;

/// <summary>Servers are upgraded in place, so many at a time: drain → upgrade → verify → undrain, each batch watched.</summary>
public sealed class RollingStrategy : IStrategy
{
    private static readonly Verb[] Verbs = [Verb.Drain, Verb.Upgrade, Verb.Verify, Verb.Undrain];

    public StrategyKind Kind => StrategyKind.Rolling;

    public async IAsyncEnumerable<StepDraft> PlanAsync(StrategyContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Traffic.All(system => system.Units.Count == 0))
        {
            throw context.Impossible("Rolling upgrades servers one after the other, and no router lists any. Give a system of kind traffic its 'units:', or choose another strategy.");
        }

        await foreach (var step in StrategyParts.MoveDataForRolloutAsync(context, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }

        foreach (var system in context.Traffic.Where(system => system.Units.Count > 0))
        {
            if (context.Rollout.MaxUnavailable >= system.Units.Count)
            {
                throw context.Impossible($"rollout.maxUnavailable is {context.Rollout.MaxUnavailable}, and '{system.Name}' has {system.Units.Count} units: none would be left to serve.");
            }

            foreach (var batch in system.Units.Chunk(context.Rollout.MaxUnavailable))
            {
                foreach (var verb in Verbs)
                {
                    foreach (var unit in batch)
                    {
                        foreach (var step in await context.StepsAsync(new VerbCall(verb) { Unit = unit }, system, cancellationToken).ConfigureAwait(false))
                        {
                            yield return step;
                        }
                    }
                }

                if (context.Rollout.Gate is not null)
                {
                    yield return StrategyParts.Watch(context, system, $"after {string.Join(", ", batch.Select(unit => unit.Name))}", new Dictionary<string, decimal>());
                }
            }
        }

        await foreach (var step in StrategyParts.CutOverAsync(context, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }
    }
}
