using System.Runtime.CompilerServices;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Rollouts;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies;

/// <summary>Both sides get the same input and their outputs are compared; traffic moves once the answers are alike with the stated confidence.</summary>
public sealed class ParallelRunStrategy : IStrategy
{
    public StrategyKind Kind => StrategyKind.ParallelRun;

    public async IAsyncEnumerable<StepDraft> PlanAsync(StrategyContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var service = ServiceOf(context);
        if (context.Rollout.ParallelRun.Paths.Count == 0)
        {
            throw context.Impossible("ParallelRun asks both sides the same and compares the answers, and the spec does not say what. Give 'rollout: { parallelRun: { paths: [/…] } }'.");
        }

        await foreach (var step in StrategyParts.MoveDataForRolloutAsync(context, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }

        var run = context.Rollout.ParallelRun;
        var action = new StepAction(RolloutStepNames.ParallelRun, $"ask {service.Source} and {service.Target} the same {run.Requests} times, and compare what they answer");
        action.Parameters["phase"] = context.Phase?.Name;
        yield return new StepDraft
        {
            Phase = "parallel run",
            System = service.Name,
            Action = action,
            Irreversible = "it only asks",
            GateAfter = new Gate("parallel run"),
        };

        await foreach (var step in StrategyParts.CutOverAsync(context, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }

        await foreach (var step in StrategyParts.SwitchAsync(context, cancellationToken).ConfigureAwait(false))
        {
            yield return step;
        }

        if (context.Rollout.Gate is not null && context.Traffic.FirstOrDefault() is { } traffic)
        {
            yield return StrategyParts.Watch(
                context, traffic, "after the switch", context.Traffic.SelectMany(system => system.Lanes).ToDictionary(lane => lane.Name, _ => 100m, StringComparer.Ordinal));
        }
    }

    private static HttpSystemSpec ServiceOf(StrategyContext context)
    {
        var services = context.Systems.OfType<HttpSystemSpec>().ToList();
        var wanted = context.Rollout.ParallelRun.System;
        var found = wanted is null ? services : [.. services.Where(service => service.Name == wanted)];
        return found.Count == 1
            ? found[0]
            : throw context.Impossible(services.Count == 0
                ? "ParallelRun compares the answers of a service, and no system is of kind http."
                : $"ParallelRun compares the answers of one service; say by 'rollout: {{ parallelRun: {{ system: … }} }}' which: {string.Join(", ", services.Select(service => service.Name))}.");
    }
}
