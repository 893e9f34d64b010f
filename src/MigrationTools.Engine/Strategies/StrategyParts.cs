using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Rollouts;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Engine.Strategies;

/// <summary>Sequences that several strategies share.</summary>
internal static class StrategyParts
{
    /// <summary>Data moved while nobody writes: capture → fence → expand → copy → compare; then the new side is seen to be well.</summary>
    public static async IAsyncEnumerable<StepDraft> MoveFencedDataAsync(StrategyContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var verb in new[] { Verb.Capture, Verb.Fence, Verb.Expand, Verb.Copy, Verb.Compare, Verb.Verify })
        {
            await foreach (var step in context.ForEachButTrafficAsync(verb, cancellationToken).ConfigureAwait(false))
            {
                yield return step;
            }
        }
    }

    /// <summary>Data moved before traffic is shifted by and by; said to the plan's readers, for writers are kept out all that time.</summary>
    public static IAsyncEnumerable<StepDraft> MoveDataForRolloutAsync(StrategyContext context, CancellationToken cancellationToken)
    {
        if (context.Systems.Any(system => system is DatabaseSystemSpec))
        {
            context.AddNote($"{context.Strategy}: the source's data is fenced until cut-over, because two versions that write to two databases at the same time would part for good; the databases are compared once more before cut-over.");
        }

        return MoveFencedDataAsync(context, cancellationToken);
    }

    /// <summary>After traffic was shifted by and by: the databases once more held against each other, then everything that is no router is cut over.</summary>
    public static async IAsyncEnumerable<StepDraft> CutOverAsync(StrategyContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var verb in new[] { Verb.Compare, Verb.CutOver })
        {
            await foreach (var step in context.ForEachButTrafficAsync(verb, cancellationToken).ConfigureAwait(false))
            {
                yield return step;
            }
        }
    }

    /// <summary>All traffic from the old side to the new one at once.</summary>
    public static async IAsyncEnumerable<StepDraft> SwitchAsync(StrategyContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var system in context.Traffic)
        {
            foreach (var lane in system.Lanes)
            {
                foreach (var step in await context.StepsAsync(Shift(context, lane, 0, 100), system, cancellationToken).ConfigureAwait(false))
                {
                    yield return step;
                }
            }
        }
    }

    /// <summary>A shift whose way back is the spec's: at once to where everything began, or to the share before.</summary>
    public static VerbCall Shift(StrategyContext context, TrafficLane lane, decimal before, decimal percent) => new(Verb.Shift)
    {
        Lane = lane,
        Percent = percent,
        Back = context.Rollback.Style == RollbackStyle.Gradual ? before : 0,
    };

    /// <summary>A watched gate, where the spec measures something.</summary>
    /// <param name="context">The plan.</param>
    /// <param name="system">The system whose move is watched.</param>
    /// <param name="stage">As people read it, such as "canary at 25 %".</param>
    /// <param name="expected">The shares that must stand while it is watched: lane → percent.</param>
    /// <exception cref="PlanException">The spec measures nothing.</exception>
    public static StepDraft Watch(StrategyContext context, SystemSpec system, string stage, IReadOnlyDictionary<string, decimal> expected)
    {
        if (context.Rollout.Gate is null)
        {
            throw context.Impossible($"{context.Strategy} watches the traffic that it moves, and the spec says nothing of what is measured. Give it 'metrics:' and a 'rollout: {{ gate: … }}' with conditions.");
        }

        var action = new StepAction(RolloutStepNames.Watch, string.Create(CultureInfo.InvariantCulture, $"watch {stage}: {context.Rollout.Gate.Count} measurements of {context.Rollout.Gate.Interval.TotalSeconds:0.###} s"));
        action.Parameters["stage"] = stage;
        action.Parameters["phase"] = context.Phase?.Name;
        action.Parameters["expected"] = new JsonObject(expected.Select(share => KeyValuePair.Create(share.Key, (JsonNode?)share.Value)));
        return new StepDraft
        {
            Phase = "watch",
            System = system.Name,
            Action = action,
            Irreversible = "it only looks",
            GateAfter = new Gate(stage) { OnInconclusive = context.Rollout.Gate.OnInconclusive },
        };
    }

    /// <summary>What removes the old side, the last of all; empty where nothing is removed.</summary>
    public static async Task<IReadOnlyList<StepDraft>> ContractAsync(StrategyContext context, CancellationToken cancellationToken)
    {
        var steps = new List<StepDraft>();
        await foreach (var step in context.ForEachButTrafficAsync(Verb.Contract, cancellationToken).ConfigureAwait(false))
        {
            steps.Add(step);
        }

        return steps;
    }

    /// <summary>The old side removed, once a person said yes: where the spec asks for that, and always where nothing brings it back.</summary>
    public static IEnumerable<StepDraft> ApprovedContract(StrategyContext context, string before, IReadOnlyList<StepDraft> contract)
    {
        if (context.Rollout.Approval is { } asked)
        {
            // A no to the clean-up is a no to that, and takes nothing back.
            return [Approve(context, before, asked) with { Phase = contract.Count > 0 ? StepDraft.ContractPhase : "approve" }, .. contract];
        }

        return contract.Any(step => step.PointOfNoReturn)
            ? [Approve(context, before, new ApprovalSpec()) with { Phase = StepDraft.ContractPhase }, .. contract]
            : contract;
    }

    private static StepDraft Approve(StrategyContext context, string before, ApprovalSpec approval)
    {
        var action = new StepAction(RolloutStepNames.Approve, $"wait until a person approves: {before}");
        action.Parameters["before"] = before;
        action.Parameters["deadline"] = approval.Deadline.ToString("c", CultureInfo.InvariantCulture);
        return new StepDraft
        {
            Phase = "approve",
            System = context.Systems[0].Name,
            Action = action,
            Irreversible = "a person's word can't be taken back by a machine",
            GateAfter = new Gate($"approval: {before}"),
        };
    }
}
