using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Engine.Runs;

/// <summary>Tells from a journal how traffic is shared out.</summary>
internal static class RunShares
{
    /// <summary>The newest share of each lane that a step of the run set or put back.</summary>
    public static IReadOnlyList<RunShare> Of(MigrationPlan plan, IReadOnlyList<JournalEntry> entries)
    {
        var systems = plan.Steps.ToDictionary(step => step.Id, step => step.System, StringComparer.Ordinal);
        var shares = new Dictionary<(string, string), RunShare>();
        foreach (var entry in entries.Where(entry => entry.Kind is JournalKinds.Observed or JournalKinds.CompensationObserved))
        {
            if (entry.Data["data"] is JsonObject data && (string?)data["lane"] is { } lane && data.ContainsKey("percent") && systems.GetValueOrDefault(entry.Step ?? "") is { } system)
            {
                shares[(system, lane)] = new RunShare(system, lane, data["percent"]?.Deserialize<decimal>(), entry.At);
            }
        }

        return [.. shares.Values];
    }
}
