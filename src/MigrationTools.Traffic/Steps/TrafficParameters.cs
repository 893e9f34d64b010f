using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Traffic.Steps;

/// <summary>Numbers and splits as steps' parameters and data hold them.</summary>
internal static class TrafficParameters
{
    /// <summary>A percentage, whether it was just put in or read from a journal; null where there is none.</summary>
    public static decimal? Percent(JsonNode? node) =>
        node is null ? null : decimal.Parse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    public static bool Truth(JsonNode? node, bool whenMissing) => node?.GetValue<bool>() ?? whenMissing;

    /// <summary><c>{ lane, percent, mirrored, members: [ { name, state, weight, active } ] }</c></summary>
    public static JsonObject Describe(TrafficSplit split) => new()
    {
        ["lane"] = split.Lane,
        ["percent"] = split.TargetPercent,
        ["mirrored"] = split.Mirrored,
        ["members"] = new JsonArray([.. split.Members.Select(member => new JsonObject
        {
            ["name"] = member.Name,
            ["state"] = member.State.ToString(),
            ["weight"] = member.Weight,
            ["active"] = member.Active,
        })]),
    };

    public static string Show(decimal? percent) => percent is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.####} %") : "no known share";
}
