using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports.Html.Charts;
using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Html;

/// <summary>The tables: how much arrived, how fast, and whether both sides hold the same.</summary>
internal static class TablesSection
{
    private const int Most = 300;

    /// <summary>From here on a field to filter by is worth its place.</summary>
    private const int Many = 12;

    private const int LongestSource = 90;

    public static PageSection Of(RunReport report)
    {
        var tables = report.Tables;
        if (tables.Count == 0)
        {
            return new PageSection("tables", "Tables", Markup.Of(
                $"""{Pieces.SectionHead("tables", "Tables", Markup.Of($"{Pieces.Badge(Verdict.NotRun)}"))}<p class="empty">No step came to the point of reporting a table.</p>"""));
        }

        var equal = tables.Count(table => table.Verdict == Verdict.Passed);
        var filter = tables.Count > Many
            ? Markup.Of($"""<p class="filter" hidden><label>Filter tables <input type="search" data-filter="table-list" autocomplete="off"></label></p>""")
            : Markup.Empty;
        var shown = tables.OrderBy(table => table.Verdict is Verdict.Passed).ThenBy(table => table.Target, StringComparer.Ordinal).Take(Most);
        return new PageSection("tables", "Tables", Markup.Of(
            $"""
            {Pieces.SectionHead("tables", "Tables", Markup.Of($"{Figures.Of(tables.Count, "table")}, {Figures.Count(equal)} seen to be equal"))}
            <div class="charts">
            {RowCountsChart.Of(tables)}
            {ThroughputChart.Of(tables)}
            </div>
            {filter}
            {Pieces.Scroll("Tables", Table(shown))}
            {Pieces.More(tables.Count - Most, "tables are", "in report.csv and report.json")}
            """));
    }

    private static Markup Table(IEnumerable<ReportTable> tables) => Markup.Of(
        $"""
        <table class="figures" id="table-list">
        <thead>
        <tr><th scope="col" rowspan="2">Table</th><th scope="col" rowspan="2" class="words">Comparison</th><th scope="colgroup" colspan="2">Rows</th><th scope="colgroup" colspan="3">Rows that differ</th><th scope="colgroup" colspan="5">Copying</th></tr>
        <tr><th scope="col">source</th><th scope="col">target</th><th scope="col" class="first">missing</th><th scope="col">extra</th><th scope="col">changed</th><th scope="col" class="first">rows</th><th scope="col">rejected</th><th scope="col">size</th><th scope="col">time</th><th scope="col">rows/s</th></tr>
        </thead>
        <tbody>{tables.Select(Row)}</tbody>
        </table>
        """);

    private static Markup Row(ReportTable table)
    {
        var from = table.Source == table.Target ? Markup.Empty : Markup.Of($"""<span class="quiet small">from <bdi>{Short(table.Source)}</bdi></span>""");
        var resumed = table.ResumedRows > 0 ? Markup.Of($"""<span class="quiet small">{Figures.Count(table.ResumedRows)} of an earlier attempt</span>""") : Markup.Empty;
        var method = table.Method is null ? Markup.Empty : Markup.Of($"""<span class="quiet small">{table.Method}, {Figures.Duration(table.CompareMs)}</span>""");
        var counted = table.CountVerdict is Verdict.NotRun or Verdict.Passed ? Markup.Empty : Markup.Of($"""<span class="small">count: {Pieces.Badge(table.CountVerdict)}</span>""");
        var notes = table.Notes.Count == 0 ? Markup.Empty : Markup.Of($"""<tr class="note-row"><td colspan="12"><ul class="notes">{table.Notes.Select(note => Markup.Of($"<li>{note}</li>"))}</ul></td></tr>""");
        return Markup.Of(
            $"""
            <tr><th scope="row">{Pieces.Name(table.Target)}{from}</th><td class="words">{Pieces.Badge(table.Verdict)}{method}{counted}</td>
            {Rows(table)}
            {Differing(table.Missing)}{Differing(table.Extra)}{Differing(table.Changed)}
            <td>{Pieces.Figure(table.RowsCopied)}{resumed}</td>{Differing(table.Rejected)}<td>{Known(table.Bytes, Figures.Bytes(table.Bytes))}</td><td>{Known(table.CopyMs, Figures.Duration(table.CopyMs))}</td><td>{Pieces.Figure(table.RowsPerSecond is { } rate ? (long)Math.Round(rate) : null)}</td></tr>{notes}
            """);
    }

    // The source of a table may be a query over many lines; report.json has it whole.
    private static string Short(string source) => source.Length <= LongestSource ? source : string.Concat(source.AsSpan(0, LongestSource), "…");

    private static Markup Rows(ReportTable table)
    {
        var differ = table.SourceRows is not null && table.TargetRows is not null && table.SourceRows != table.TargetRows ? Markup.Of($" class=\"differs\"") : Markup.Empty;
        return Markup.Of($"<td{differ}>{Pieces.Figure(table.SourceRows)}</td><td{differ}>{Pieces.Figure(table.TargetRows)}</td>");
    }

    private static Markup Differing(long? count) => count > 0
        ? Markup.Of($"""<td class="differs">{Figures.Count(count)}</td>""")
        : Markup.Of($"<td>{Pieces.Figure(count)}</td>");

    private static Markup Known(long? value, string text) => value is null ? Pieces.Figure(value) : Markup.Of($"{text}");
}
