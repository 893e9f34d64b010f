using System.Text.Json;
using MigrationTools.Engine;
using MigrationTools.Engine.Planning;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>A plan as a file that only its owner may read.</summary>
public static class ComparisonPlanFile
{
    /// <summary>Where results of a plan's partitions lie unless another place is named: <c>p.results</c> beside <c>p.json</c>.</summary>
    public static string ResultsDirectory(string planPath) => Path.GetFullPath(Path.ChangeExtension(planPath, ".results"));

    public static void Write(ComparisonPlan plan, string path)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var full = Path.GetFullPath(path);
        PrivateFiles.CreateDirectory(Path.GetDirectoryName(full)!);
        PrivateFiles.WriteAtomically(full, JsonSerializer.Serialize(plan, MigrationJson.Pretty) + "\n");
    }

    /// <exception cref="InvalidRequestException">It is not there, no plan, or of another format.</exception>
    /// <exception cref="PlanException">It is not as it was written.</exception>
    public static ComparisonPlan Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            throw new InvalidRequestException($"{path}: there is no such file. A plan is made by 'compare plan'.");
        }

        var text = File.ReadAllText(path);
        var format = FormatOf(path, text);
        if (format != ComparisonPlan.CurrentFormat)
        {
            throw new InvalidRequestException($"{path}: a plan of format {format?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "(none)"}; {ProductVersion.Text} reads format {ComparisonPlan.CurrentFormat}. Make the plan again.");
        }

        var plan = Parse(path, text);
        return plan.IsIntact()
            ? plan
            : throw new PlanException(ErrorIds.PlanChanged, $"{path}: the plan's content is not what its id was made of: it was edited, or cut off. Make the plan again.");
    }

    private static int? FormatOf(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("format", out var format) && format.TryGetInt32(out var number) ? number : null;
        }
        catch (JsonException e)
        {
            throw NoPlan(path, e);
        }
    }

    private static ComparisonPlan Parse(string path, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ComparisonPlan>(text, MigrationJson.Line) ?? throw NoPlan(path, null);
        }
        catch (JsonException e)
        {
            throw NoPlan(path, e);
        }
    }

    private static InvalidRequestException NoPlan(string path, JsonException? e) =>
        new($"{path}: this is no plan of a comparison{(e is null ? "" : $": {e.Message}")}", e);
}
