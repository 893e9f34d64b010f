using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace MigrationTools.Engine.Planning;

/// <summary>Gives drafts their ids and chains them by hash, and checks such a chain.</summary>
public static class PlanChain
{
    /// <summary>The steps in order, each with its id, parent hash and hash.</summary>
    public static IReadOnlyList<PlanStep> Link(string specHash, IEnumerable<StepDraft> drafts)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        var steps = new List<PlanStep>();
        var parent = specHash;
        foreach (var draft in drafts)
        {
            if (draft.Compensation is null == draft.Irreversible is null)
            {
                throw new ArgumentException($"Step '{draft.Action.Verb}' of '{draft.System}' needs either a compensation or the reason why it has none.", nameof(drafts));
            }

            var step = new PlanStep
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{steps.Count + 1:00}-{draft.Action.Verb}:{draft.System}"),
                ParentHash = parent,
                Hash = "",
                Phase = draft.Phase,
                Part = draft.Part,
                System = draft.System,
                Action = draft.Action,
                Compensation = draft.Compensation,
                Irreversible = draft.Irreversible,
                PointOfNoReturn = draft.PointOfNoReturn,
                GateAfter = draft.GateAfter,
                Timeout = draft.Timeout,
                Estimate = draft.Estimate,
            };
            step = step with { Hash = HashOf(step) };
            steps.Add(step);
            parent = step.Hash;
        }

        return steps;
    }

    /// <summary>The first step whose hash or parent does not fit, or null where the chain is whole.</summary>
    public static PlanStep? FirstBroken(MigrationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var parent = plan.SpecHash;
        foreach (var step in plan.Steps)
        {
            if (step.ParentHash != parent || step.Hash != HashOf(step))
            {
                return step;
            }

            parent = step.Hash;
        }

        return null;
    }

    // The estimate is a measurement of the moment, not part of what will be done.
    private static string HashOf(PlanStep step) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
            step with { Hash = "", Estimate = new StepEstimate(null, "") }, MigrationJson.Line))).ToLowerInvariant();
}
