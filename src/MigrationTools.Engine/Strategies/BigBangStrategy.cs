using System.Runtime.CompilerServices;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies;

/// <summary>Everything at once while nobody writes: fence → copy → compare → cut over.</summary>
public sealed class BigBangStrategy : IStrategy
{
    private static readonly Verb[] Verbs = [Verb.Capture, Verb.Fence, Verb.Expand, Verb.Copy, Verb.Compare, Verb.CutOver];

    public StrategyKind Kind => StrategyKind.BigBang;

    public async IAsyncEnumerable<StepDraft> PlanAsync(StrategyContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var verb in Verbs)
        {
            await foreach (var step in context.ForEachSystemAsync(verb, cancellationToken).ConfigureAwait(false))
            {
                yield return step;
            }
        }
    }
}
