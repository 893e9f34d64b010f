using System.Globalization;
using System.Runtime.CompilerServices;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies;

/// <summary>Traffic moves by rising shares, each watched and held against the old side measured at the same time.</summary>
public sealed class CanaryStrategy : IStrategy
{
    public StrategyKind Kind => StrategyKind.Canary;

    public async IAsyncEnumerable<StepDraft> PlanAsync(StrategyContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Traffic.FirstOrDefault() is not { } first)
        {
            throw context.Impossible("Canary moves traffic by shares, and no system is a router. Add a system of kind traffic, or choose another strategy.");
        }

        await foreach (var step in StrategyParts.MoveDataForRolloutAsync(context, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }

        var before = 0m;
        foreach (var percent in context.Rollout.Weights)
        {
            var expected = new Dictionary<string, decimal>(StringComparer.Ordinal);
            foreach (var system in context.Traffic)
            {
                foreach (var lane in system.Lanes)
                {
                    expected[lane.Name] = percent;
                    foreach (var step in await context.StepsAsync(StrategyParts.Shift(context, lane, before, percent), system, cancellationToken).ConfigureAwait(false))
                    {
                        yield return step;
                    }
                }
            }

            yield return StrategyParts.Watch(context, first, string.Create(CultureInfo.InvariantCulture, $"canary at {percent} %"), expected);
            before = percent;
        }

        await foreach (var step in StrategyParts.CutOverAsync(context, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }

        var contract = await StrategyParts.ContractAsync(context, cancellationToken).ConfigureAwait(false);
        foreach (var step in StrategyParts.ApprovedContract(context, "clean up the old version", contract))
        {
            yield return step;
        }
    }
}
