using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Html;

/// <summary>
/// The rows that differ as a page of their own, source beside target, in the looks of the report. In parts, so that the rows need not be
/// in memory: <see cref="Begin"/>, then for each table <see cref="BeginTable"/>, <see cref="Row"/>s and <see cref="EndTable"/>, then <see cref="End"/>.
/// Every value is encoded; the page has no script and may fetch nothing.
/// </summary>
public static class DifferencePage
{
    /// <summary>Up to the first table: the head, and the list of all tables with their counts.</summary>
    public static string Begin(IReadOnlyList<DifferencePageTable> tables, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var rows = tables.Sum(table => table.Missing + table.Extra + table.Changed);
        var headline = rows == 0 ? "No differences" : $"{Figures.Of(rows, "row")} in {Figures.Of(tables.Count, "table")}";
        return Markup.Of(
            $"""
            {PageHead.Of($"Differences: {headline}", ProductVersion.Text, script: null)}
            <body>
            <a class="skip" href="#content">Skip to the content</a>
            <div class="page">
            <header class="top">
            <p class="kicker">Comparison of data</p>
            <h1>Differences</h1>
            <p class="subtitle"><span>{headline}</span><span>written {Pieces.Time(at)}</span></p>
            </header>
            <main id="content">
            {Overview(tables)}

            """).ToString();
    }

    /// <param name="table">The table.</param>
    /// <param name="number">Its place in the list, from 1.</param>
    public static string BeginTable(DifferencePageTable table, int number)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Markup.Of(
            $"""
            <section aria-labelledby="t{number}">
            {Pieces.SectionHead($"t{number}", table.Target, Markup.Of($"from <bdi>{table.Source}</bdi> · {Figures.Count(table.Missing)} missing · {Figures.Count(table.Extra)} extra · {Figures.Count(table.Changed)} changed"))}
            <div class="scroll" role="region" aria-label="Differences in {table.Target}" tabindex="0">
            <table class="differences"><thead><tr><th scope="col">Kind</th><th scope="col">Key</th><th scope="col">Column</th><th scope="col">Source</th><th scope="col">Target</th></tr></thead>
            <tbody>

            """).ToString();
    }

    public static string Row(ReportDifference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        return DifferencesSection.Difference(difference) + "\n";
    }

    public static string EndTable(DifferencePageTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Markup.Of(
            $"""
            </tbody></table>
            </div>
            {Pieces.More(table.Differences - table.Listed, "differences were counted and are", "not shown on this page; the file as JSON Lines or CSV holds all of them")}
            <p class="more"><a href="#content">All tables</a></p>
            </section>

            """).ToString();
    }

    public static string End() => Markup.Of(
        $"""
        </main>
        <footer><p>Written by MigrationTools {ProductVersion.Text}. Missing: in the source, not in the target. Extra: the other way round. Long values are cut, and say so.</p></footer>
        </div>
        </body>
        </html>

        """).ToString();

    private static Markup Overview(IReadOnlyList<DifferencePageTable> tables) => tables.Count == 0
        ? Markup.Of($"""<section><p>No row was told to differ. Whether everything was compared is in the comparison's own result, not here.</p></section>""")
        : Markup.Of(
            $"""
            <section aria-labelledby="tables">
            {Pieces.SectionHead("tables", "Tables", Markup.Of($"{Figures.Of(tables.Count, "table")} with differences"))}
            {Pieces.Scroll("Tables with differences", Markup.Of(
                $"""
                <table class="figures"><thead><tr><th scope="col">Table</th><th scope="col">Missing</th><th scope="col">Extra</th><th scope="col">Changed</th></tr></thead>
                <tbody>{tables.Select((table, index) => Markup.Of($"""<tr><th scope="row"><a href="#t{index + 1}">{Pieces.Name(table.Target)}</a></th><td>{Figures.Count(table.Missing)}</td><td>{Figures.Count(table.Extra)}</td><td>{Figures.Count(table.Changed)}</td></tr>"""))}</tbody></table>
                """))}
            </section>
            """);
}
