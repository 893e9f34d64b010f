using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Rollouts;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Strategies;
using MigrationTools.Engine.Triggers;

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

        RefuseWhatStays(context, drafts);
        RefuseWhatFollows(context, drafts);
        WatchTriggers(context, drafts);
        return new MigrationPlan
        {
            SpecId = spec.Id,
            SpecHash = spec.Hash,
            Strategy = spec.Strategy,
            Steps = PlanChain.Link(spec.Hash, drafts),
            Notes = context.Notes,
        };
    }

    /// <summary>What the spec has removed in the end must be removed by the plan: a strategy that removes nothing would leave it in silence.</summary>
    private static void RefuseWhatStays(StrategyContext context, List<StepDraft> drafts)
    {
        foreach (var system in context.Spec.Systems.Where(system => system.Contracts && !drafts.Exists(draft => draft.System == system.Name && draft.Contracts && draft.Action.Verb != RolloutStepNames.Approve)))
        {
            var strategy = context.Spec.Phases.FirstOrDefault(phase => phase.Systems.Contains(system.Name))?.Strategy ?? context.Strategy;
            throw context.Impossible($"system '{system.Name}' has something that is removed in the end (contract), and {strategy} removes nothing: BlueGreen, Canary and StranglerFig do. Choose one of them, or remove it yourself after the run.");
        }
    }

    /// <summary>What nothing brings back goes last: a later step that fails would go back to a side that is no longer there.</summary>
    private static void RefuseWhatFollows(StrategyContext context, List<StepDraft> drafts)
    {
        var first = drafts.FindIndex(draft => draft is { Contracts: true, PointOfNoReturn: true });
        if (first >= 0 && drafts.Skip(first).FirstOrDefault(draft => !draft.Contracts) is { } later)
        {
            throw context.Impossible($"system '{drafts[first].System}' has something removed that nothing brings back ({drafts[first].Action.Description}), and more would follow ('{later.Action.Description}'{(later.Part is null ? "" : $" of phase '{later.Part}'")}). Remove it in the last phase, or yourself after the run.");
        }
    }

    /// <summary>Triggers are watched while traffic moves: where none does that is said, and where nothing measures them the plan is refused.</summary>
    private static void WatchTriggers(StrategyContext context, List<StepDraft> drafts)
    {
        foreach (var phase in drafts.GroupBy(draft => draft.Part, StringComparer.Ordinal))
        {
            var triggers = context.Spec.RollbackIn(phase.Key).Triggers;
            if (triggers.Count == 0)
            {
                continue;
            }

            var moves = phase.Any(draft => TriggerGuard.Watches(draft.Action.Verb));
            var own = context.Spec.Phases.FirstOrDefault(candidate => candidate.Name == phase.Key)?.Rollback?.Triggers is not null;
            if (!moves && (own || !drafts.Any(draft => TriggerGuard.Watches(draft.Action.Verb))))
            {
                context.AddNote($"the triggers {(own ? $"of phase '{phase.Key}' " : "")}({string.Join(", ", triggers)}) are not watched: no step of {(own ? "it" : "this plan")} moves traffic.");
                if (!own)
                {
                    return;
                }
            }
            else if (moves && context.Spec.Metrics.Count == 0)
            {
                throw context.Impossible($"the triggers ({string.Join(", ", triggers)}) are watched while traffic moves, and nothing measures them. Give the spec 'metrics:', such as api: {{ http: shop_api, path: /orders }}.");
            }
        }
    }
}
