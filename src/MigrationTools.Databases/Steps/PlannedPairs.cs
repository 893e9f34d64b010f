using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine;
using MigrationTools.Engine.Planning;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// Which tables a step of the plan is about, as its parameter <c>pairs</c>: a list of <c>{ source, target, columns }</c>. A step looks anew at what is there; what is
/// gone since the plan was made would else be copied and compared by nobody, and nobody would miss it.
/// </summary>
internal static class PlannedPairs
{
    private const string Name = "pairs";

    public static void Write(JsonObject parameters, DatabaseLayout layout) => parameters[Name] = JsonSerializer.SerializeToNode(
        layout.Pairs.Select(pair => new Planned(pair.SourceName, pair.TargetName, [.. pair.Columns.Select(column => column.Target.Name)])), MigrationJson.Line);

    /// <summary>Holds what is there now against the plan.</summary>
    /// <exception cref="PlanException">A table or a column that was planned is gone.</exception>
    public static void Require(JsonObject parameters, DatabaseLayout layout)
    {
        var planned = parameters[Name].Deserialize<List<Planned>>(MigrationJson.Line) ?? [];
        var now = layout.Pairs.ToDictionary(pair => (pair.SourceName, pair.TargetName), pair => pair.Columns.Concat(pair.Computed).Select(column => column.Target.Name).ToHashSet(StringComparer.Ordinal));
        var gone = planned.SelectMany(pair => Gone(pair, now)).ToList();
        if (gone.Count > 0)
        {
            const int few = 10;
            throw new PlanException(
                ErrorIds.PlanChanged,
                $"{layout.System.Source} and {layout.System.Target} are no longer what was planned: {string.Join("; ", gone.Take(few))}{(gone.Count > few ? $"; and {gone.Count - few} more" : "")}. Bring it back and resume the run, or roll it back.");
        }
    }

    private static IEnumerable<string> Gone(Planned pair, Dictionary<(string Source, string Target), HashSet<string>> now)
    {
        if (!now.TryGetValue((pair.Source, pair.Target), out var columns))
        {
            return [$"{pair.Source} → {pair.Target}: one of the two is gone, or no longer fits the other"];
        }

        var missing = pair.Columns.Where(column => !columns.Contains(column)).ToList();
        return missing.Count == 0 ? [] : [$"{pair.Source} → {pair.Target}: nothing fills {string.Join(", ", missing)} any more"];
    }

    private sealed record Planned(string Source, string Target, IReadOnlyList<string> Columns);
}
