using System.Globalization;
using MigrationTools.Cli.Terminal;
using MigrationTools.Engine.Traffic;
using MigrationTools.Hosting.Traffic;

namespace MigrationTools.Cli.Output;

/// <summary>Routers' lanes as people read them.</summary>
internal static class TrafficText
{
    public static void Write(CliConsole console, IReadOnlyList<LaneTraffic> lanes)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(lanes);
        var table = new TextTable().Name("Lane").Number("To target").Name("Verdict").Column("Members").Column("What was seen");
        foreach (var lane in lanes)
        {
            table.Row(
                lane.Lane == lane.System ? lane.Lane : $"{lane.System}/{lane.Lane}",
                Percent(lane.TargetPercent),
                lane.Verdict,
                string.Join("\n", lane.Members.Select(Describe)),
                lane.Mirrored ? $"{lane.Message}; mirrored" : lane.Message);
        }

        table.Write(console);
    }

    private static string Percent(decimal? percent) => percent is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.####} %") : "not known";

    private static string Describe(TrafficMember member) =>
        $"{member.Name} {member.State}{(member.Weight is { } weight ? string.Create(CultureInfo.InvariantCulture, $", weight {weight}") : "")}{(member.Active is > 0 ? $", {Quantity.Count(member.Active)} under way" : "")}";
}
