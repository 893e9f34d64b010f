using System.Text.Json;
using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Building;

/// <summary>Reads what integrity checks wrote beside their verdicts: columns' figures on both sides, orphans, rules.</summary>
internal static class FindingLedger
{
    private static readonly string[] Categories = ["referential", "rules"];

    // What the check itself says already, and what it belongs to.
    private static readonly string[] SaidElsewhere = ["system", "verdict", "message", "evidence", "weight"];

    private static readonly string[] SubjectParts = ["name", "table", "foreignKey", "column"];

    public static IEnumerable<ReportQuality> Quality(string system, JsonElement data) =>
        data.Objects("quality").Select(item => new ReportQuality(
            system,
            item.Text("table") ?? "",
            item.Text("column") ?? "",
            item.Verdict("verdict"),
            Measures(item.Object("source"), item.Object("target")),
            [.. item.Texts("notes").Select(note => ReportText.Message(note))]));

    public static IEnumerable<ReportFinding> Findings(string system, JsonElement data) =>
        Categories.SelectMany(category => data.Objects(category).Select(item => new ReportFinding(
            category,
            system,
            string.Join(" · ", SubjectParts.Select(part => item.Text(part)).OfType<string>()),
            item.Verdict("verdict"),
            [.. Facts(item)])));

    private static List<ReportMeasure> Measures(JsonElement? source, JsonElement? target)
    {
        var before = source?.Scalars().ToList() ?? [];
        var after = target?.Scalars().ToList() ?? [];
        return [.. before.Concat(after).Select(pair => pair.Key).Distinct(StringComparer.Ordinal)
            .Select(name => new ReportMeasure(name, ValueOf(before, name), ValueOf(after, name)))
            .Where(measure => measure.Source is not null || measure.Target is not null)];
    }

    private static string? ValueOf(List<KeyValuePair<string, string?>> pairs, string name) =>
        ReportText.Value(pairs.FirstOrDefault(pair => pair.Key == name).Value);

    private static IEnumerable<KeyValuePair<string, string?>> Facts(JsonElement item)
    {
        foreach (var property in item.EnumerateObject().Where(property => !SubjectParts.Contains(property.Name) && !SaidElsewhere.Contains(property.Name)))
        {
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var (name, value) in property.Value.Scalars())
                {
                    yield return KeyValuePair.Create($"{property.Name}.{name}", ReportText.Value(value));
                }
            }
            else if (property.Value.ValueKind == JsonValueKind.Array)
            {
                if (property.Value.GetArrayLength() == 0)
                {
                    continue;
                }

                yield return KeyValuePair.Create(property.Name, (string?)ReportText.Message(string.Join(", ", property.Value.EnumerateArray().Take(ReportLimits.Evidence).Select(One))));
            }
            else
            {
                yield return KeyValuePair.Create(property.Name, ReportText.Value(item.Text(property.Name)));
            }
        }
    }

    private static string One(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() ?? "" : element.GetRawText();
}
