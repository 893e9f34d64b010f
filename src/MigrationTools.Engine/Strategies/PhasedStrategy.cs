using System.Runtime.CompilerServices;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies;

/// <summary>Parts one after the other, each by a strategy of its own, validated by that strategy's own gates before the next begins, and with a rollback of its own.</summary>
public sealed class PhasedStrategy(IReadOnlyList<IStrategy> strategies) : IStrategy
{
    public StrategyKind Kind => StrategyKind.Phased;

    public async IAsyncEnumerable<StepDraft> PlanAsync(StrategyContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Spec.Phases.Count == 0)
        {
            throw context.Impossible("Phased moves parts one after the other, and the spec has no 'phases:'.");
        }

        foreach (var left in context.Systems.Where(system => context.Spec.Phases.All(phase => !phase.Systems.Contains(system.Name))))
        {
            context.AddNote($"{left.Name}: no phase moves it.");
        }

        context.AddNote(context.Spec.Rollback.Scope == RollbackScope.Phase
            ? "a phase that fails is undone alone; the phases before it stay as they were validated, and the run is held (rollback: { scope: phase })."
            : "a phase that fails takes the whole run back (rollback: { scope: run }).");
        context.AddNote("a phase is rolled back by hand from the end: what comes after it rests on it, and is undone first.");
        foreach (var phase in context.Spec.Phases)
        {
            var strategy = strategies.First(candidate => candidate.Kind == phase.Strategy);
            var steps = 0;
            await foreach (var step in strategy.PlanAsync(context.For(phase), cancellationToken).ConfigureAwait(false))
            {
                steps++;
                yield return step with { Phase = $"{phase.Name}: {step.Phase}", Part = phase.Name };
            }

            if (steps == 0)
            {
                throw context.Impossible($"phase '{phase.Name}' has nothing to do: none of its systems is moved by {phase.Strategy}.");
            }
        }
    }
}
