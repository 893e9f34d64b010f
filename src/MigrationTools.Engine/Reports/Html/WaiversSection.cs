namespace MigrationTools.Engine.Reports.Html;

/// <summary>What persons answer for.</summary>
internal static class WaiversSection
{
    public static PageSection? Of(RunReport report)
    {
        if (report.Waivers.Count == 0)
        {
            return null;
        }

        var table = Markup.Of(
            $"""
            <table><thead><tr><th scope="col">Check</th><th scope="col">Who</th><th scope="col">Why</th><th scope="col">When</th><th scope="col">For</th></tr></thead>
            <tbody>{report.Waivers.Select(waiver => Markup.Of($"""<tr><th scope="row"><code><bdi>{waiver.Check}</bdi></code></th><td>{Pieces.Name(waiver.Who)}</td><td>{waiver.Why}</td><td>{Pieces.Time(waiver.At)}</td><td><bdi>{waiver.Where ?? "not used"}</bdi></td></tr>"""))}</tbody></table>
            """);
        return new PageSection("waivers", "Waivers", Markup.Of(
            $"{Pieces.SectionHead("waivers", "Waivers", Markup.Of($"{Figures.Of(report.Waivers.Count, "check")} that a person answers for"))}{Pieces.Scroll("Waivers", table)}"));
    }
}
