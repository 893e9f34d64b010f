using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Strategies;

namespace MigrationTools.Engine.Planning;

/// <summary>Makes the plan of a spec. Looks at the endpoints, changes nothing.</summary>
public sealed class Planner(StrategyCatalog strategies, IReadOnlyList<ISystemVerbs> verbs)
{
    /// <summary>The plan; the same spec on the same systems gives the same hashes.</summary>
    /// <exception cref="PlanException">The strategy is not there yet, or a system has no action that it needs.</exception>
    public async Task<MigrationPlan> PlanAsync(MigrationSpec spec, IOperationObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var strategy = strategies.Find(spec.Strategy);
        var context = new StrategyContext(spec, verbs, observer);
        var drafts = new List<StepDraft>();
        await foreach (var draft in strategy.PlanAsync(context, cancellationToken).ConfigureAwait(false))
        {
            drafts.Add(draft);
        }

        if (drafts.Count == 0)
        {
            throw new PlanException(ErrorIds.PlanImpossible, $"{spec.Path ?? spec.Id}: nothing to do: the spec names no system that {strategy.Kind} moves.");
        }

        return new MigrationPlan
        {
            SpecId = spec.Id,
            SpecHash = spec.Hash,
            Strategy = spec.Strategy,
            Steps = PlanChain.Link(spec.Hash, drafts),
            Notes = context.Notes,
        };
    }
}
