using System.Runtime.CompilerServices;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies;

/// <summary>Everything at once while nobody writes: fence → copy → compare → cut over.</summary>
public sealed class BigBangStrategy : IStrategy
{
    public StrategyKind Kind => StrategyKind.BigBang;

    public async IAsyncEnumerable<StepDraft> PlanAsync(StrategyContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        await foreach (var step in StrategyParts.MoveFencedDataAsync(context, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }

        await foreach (var step in context.ForEachButTrafficAsync(Verb.CutOver, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }

        await foreach (var step in StrategyParts.SwitchAsync(context, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }
    }
}
