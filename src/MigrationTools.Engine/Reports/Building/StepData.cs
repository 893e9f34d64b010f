using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Reports.Building;

/// <summary>
/// Reads what verbs wrote into their steps' data. The engine knows no verb's types; what is absent or of another form is
/// null, never a default that reads as a measurement.
/// </summary>
internal static class StepData
{
    private static readonly Verdict[] Known = Enum.GetValues<Verdict>();

    public static JsonElement Read(JsonObject data) => JsonSerializer.SerializeToElement(data, MigrationJson.Line);

    public static JsonElement? Object(this JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Object } found ? found : null;

    /// <summary>The objects in an array; none where there is no such array.</summary>
    public static IEnumerable<JsonElement> Objects(this JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Array } found
            ? found.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];

    /// <summary>A scalar as text; null for JSON's null and for objects and arrays.</summary>
    public static string? Text(this JsonElement element, string name) => Property(element, name) is { } found ? Scalar(found) : null;

    public static IReadOnlyList<string> Texts(this JsonElement element, string name) => Property(element, name) switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(Scalar).OfType<string>()],
        { } one when Scalar(one) is { Length: > 0 } text => [text],
        _ => [],
    };

    public static long? Whole(this JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out var value) ? value : null;

    public static double? Number(this JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Number } found && found.TryGetDouble(out var value) && double.IsFinite(value) ? value : null;

    /// <summary>A time span as System.Text.Json writes one, in milliseconds.</summary>
    public static long? Milliseconds(this JsonElement element, string name) =>
        TimeSpan.TryParse(element.Text(name), CultureInfo.InvariantCulture, out var span) ? (long)span.TotalMilliseconds : null;

    /// <summary>NotRun where there is none; a word that is not a verdict can't be told: Inconclusive.</summary>
    public static Verdict Verdict(this JsonElement element, string name)
    {
        if (element.Text(name) is not { Length: > 0 } text)
        {
            return Checks.Verdict.NotRun;
        }

        var index = Array.FindIndex(Known, verdict => verdict.ToString().Equals(text, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? Checks.Verdict.Inconclusive : Known[index];
    }

    /// <summary>Properties of an object that are scalars or null, in their order.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Scalars(this JsonElement element) =>
        element.EnumerateObject()
            .Where(property => property.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            .Select(property => KeyValuePair.Create(property.Name, Scalar(property.Value)));

    private static JsonElement? Property(JsonElement element, string name) => element.TryGetProperty(name, out var found) ? found : null;

    private static string? Scalar(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
