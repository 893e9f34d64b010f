using System.Runtime.CompilerServices;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies;

/// <summary>Parts one after the other, each by a strategy of its own and validated by that strategy's own gates before the next begins.</summary>
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

        foreach (var phase in context.Spec.Phases)
        {
            var strategy = strategies.First(candidate => candidate.Kind == phase.Strategy);
            var steps = 0;
            await foreach (var step in strategy.PlanAsync(context.For(phase), cancellationToken).ConfigureAwait(false))
            {
                steps++;
                yield return step with { Phase = $"{phase.Name}: {step.Phase}" };
            }

            if (steps == 0)
            {
                throw context.Impossible($"phase '{phase.Name}' has nothing to do: none of its systems is moved by {phase.Strategy}.");
            }
        }
    }
}
