using System.Text.Json;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Runs;

/// <summary>A run's plan as its store keeps it, read back only where its hashes still fit.</summary>
public static class KeptPlan
{
    public static string Write(MigrationPlan plan) => JsonSerializer.Serialize(plan, MigrationJson.Pretty);

    /// <param name="kept">What <see cref="Write"/> gave.</param>
    /// <param name="place">Where it was kept, for errors.</param>
    /// <exception cref="PlanException">It was changed after the run began.</exception>
    public static MigrationPlan Read(string kept, string place)
    {
        MigrationPlan? plan;
        try
        {
            plan = JsonSerializer.Deserialize<MigrationPlan>(kept, MigrationJson.Pretty);
        }
        catch (JsonException e)
        {
            throw new PlanException(ErrorIds.PlanChanged, $"{place} is not the plan that was written ({e.Message}). Nothing was done.", e);
        }

        return plan is null || PlanChain.FirstBroken(plan) is not null
            ? throw new PlanException(ErrorIds.PlanChanged, $"{place}: the plan was changed after the run began (its hashes do not fit). Nothing was done.")
            : plan;
    }

    /// <summary>Holds a plan against the journal's first word of it: the beginning of a plan is a whole chain too.</summary>
    /// <exception cref="PlanException">It is another one, or a part of it.</exception>
    internal static void RequireBegun(string runId, MigrationPlan plan, JournalEntry? started)
    {
        if (started?.Get<string>("planHash") is { } begun && begun != plan.Hash)
        {
            throw new PlanException(ErrorIds.PlanChanged, $"Run '{runId}': the plan is not the one that the run began with (its journal has another hash). Nothing was done. Restore plan.json from a backup.");
        }
    }

    /// <summary>Holds the spec that was kept against the plan that was made of it.</summary>
    /// <exception cref="PlanException">It is another one.</exception>
    internal static void RequireSpec(string runId, MigrationPlan plan, MigrationSpec spec)
    {
        if (spec.Hash != plan.SpecHash)
        {
            throw new PlanException(ErrorIds.PlanChanged, $"Run '{runId}': the spec kept with the run is not the one that its plan was made of. Nothing was done. Restore spec.json from a backup.");
        }
    }
}
