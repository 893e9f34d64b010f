using System.Text.Json;
using MigrationTools.Engine.Planning;

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
}
