using System.Text.Json;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Reports.Sections;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Reports.Building;

/// <summary>Lists the systems that a run moves: from its spec, or else from its plan and what its steps saw.</summary>
internal static class SystemsBuilder
{
    public static IReadOnlyList<ReportSystem> Build(MigrationPlan plan, IReadOnlyList<(string System, JsonElement Data)> steps, MigrationSpec? spec) =>
        spec is not null
            ? [.. spec.Systems.Select(FromSpec)]
            : [.. plan.Steps.Select(step => step.System).Distinct(StringComparer.Ordinal).Select(name => FromSteps(name, steps))];

    private static ReportSystem FromSpec(SystemSpec system) => system switch
    {
        DatabaseSystemSpec database => new ReportSystem(system.Name, system.Kind, database.Source.Redacted, database.Target.Redacted),
        HttpSystemSpec http => new ReportSystem(system.Name, system.Kind, http.Source.Redacted, http.Target.Redacted),
        TrafficSystemSpec traffic => new ReportSystem(system.Name, system.Kind, traffic.Source, traffic.Target),
        _ => new ReportSystem(system.Name, system.Kind, null, null),
    };

    private static ReportSystem FromSteps(string name, IReadOnlyList<(string System, JsonElement Data)> steps)
    {
        var seen = steps.Where(step => step.System == name).Select(step => step.Data.Object("comparison")).OfType<JsonElement>().LastOrDefault();
        return seen.ValueKind == JsonValueKind.Object
            ? new ReportSystem(name, null, ReportText.Message(seen.Text("source")), ReportText.Message(seen.Text("target")))
            : new ReportSystem(name, null, null, null);
    }
}
