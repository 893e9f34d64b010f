using System.Text.Json;
using MigrationTools.Databases.Comparison.Files;
using MigrationTools.Engine;
using MigrationTools.Engine.Planning;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>A plan as a file that only its owner may read.</summary>
public static class ComparisonPlanFile
{
    /// <summary>Where results of a plan's partitions lie unless another place is named: <c>p.results</c> beside <c>p.json</c>.</summary>
    public static string ResultsDirectory(string planPath) => Path.GetFullPath(Path.ChangeExtension(planPath, ".results"));

    /// <summary>A plan may be made again in its place; whatever else is there was not meant.</summary>
    /// <exception cref="InvalidRequestException">There is something that is no plan.</exception>
    public static void RequireReplaceable(string path)
    {
        var file = new OutputFile("plan", path);
        file.RequireReplaceable();
        if (File.Exists(file.Place) && new FileInfo(file.Place).Length > 0 && !IsPlan(file.Place))
        {
            throw new InvalidRequestException($"{path}: there is such a file, and it is no plan of a comparison. It was left as it is. Name another file.");
        }
    }

    public static void Write(ComparisonPlan plan, string path)
    {
        ArgumentNullException.ThrowIfNull(plan);
        RequireReplaceable(path);
        var full = RealPath.Of(path);
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

    // Of whatever format, and edited or not: it was a plan.
    private static bool IsPlan(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("format", out _) && root.TryGetProperty("partitions", out _) && root.TryGetProperty("tables", out _);
        }
        catch (JsonException)
        {
            return false;
        }
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
