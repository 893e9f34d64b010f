namespace MigrationTools.Engine.Reports.Html;

/// <summary>Rows that a target could not take, and the files in which they are kept.</summary>
internal static class RejectedSection
{
    public static PageSection? Of(RunReport report)
    {
        if (report.Rejected.Count == 0)
        {
            return null;
        }

        var table = Markup.Of(
            $"""
            <table><thead><tr><th scope="col">Table</th><th scope="col">Rows</th><th scope="col">Kept in</th></tr></thead>
            <tbody>{report.Rejected.Select(rejects => Markup.Of($"""<tr><th scope="row">{Pieces.Name(rejects.Table)}</th><td>{Figures.Count(rejects.Rows)}</td><td>{(rejects.File is null ? Markup.Of($"no file was named") : Markup.Of($"<code><bdi>{rejects.File}</bdi></code>"))}</td></tr>"""))}</tbody></table>
            """);
        return new PageSection("rejected", "Rejected rows", Markup.Of(
            $"{Pieces.SectionHead("rejected", "Rejected rows", Markup.Of($"{Figures.Of(report.Rejected.Sum(rejects => rejects.Rows), "row")}, each kept with its reason"))}{Pieces.Scroll("Rejected rows", table)}"));
    }
}
