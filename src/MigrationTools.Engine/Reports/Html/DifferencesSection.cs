using MigrationTools.Engine.Reports.Html.Charts;
using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Html;

/// <summary>The rows that differ, by key and column.</summary>
internal static class DifferencesSection
{
    public static PageSection? Of(RunReport report)
    {
        List<ReportTable> differing = [.. report.Tables.Where(table => table.DifferingRows > 0 || table.Differences.Count > 0).OrderByDescending(table => table.DifferingRows)];
        if (differing.Count == 0)
        {
            return null;
        }

        var total = differing.Sum(table => table.DifferingRows ?? 0);
        return new PageSection("differences", "Differences", Markup.Of(
            $"""
            {Pieces.SectionHead("differences", "Differences", Markup.Of($"{Figures.Of(total, "row")} in {Figures.Of(differing.Count, "table")}"))}
            {DifferencesChart.Of(report.Tables)}
            {differing.Select((table, index) => Table(table, index < 3))}
            """));
    }

    private static Markup Table(ReportTable table, bool open)
    {
        var rows = Markup.Of(
            $"""
            <table class="differences"><thead><tr><th scope="col">Kind</th><th scope="col">Key</th><th scope="col">Column</th><th scope="col">Source</th><th scope="col">Target</th></tr></thead>
            <tbody>{table.Differences.Select(Difference)}</tbody></table>
            """);
        return Markup.Of(
            $"""
            <details class="fold"{(open ? Markup.Of($" open") : Markup.Empty)}><summary><h3>{Pieces.Name(table.Target)}</h3> <span class="quiet">{Figures.Count(table.Missing)} missing · {Figures.Count(table.Extra)} extra · {Figures.Count(table.Changed)} changed</span></summary>
            {(table.Differences.Count == 0 ? Markup.Empty : Pieces.Scroll($"Differences in {table.Target}", rows))}
            {Pieces.More(table.DifferencesNotListed, "differing rows were counted and are", "not listed")}
            </details>
            """);
    }

    /// <summary>A difference as the rows of a table: a row a column that differs.</summary>
    internal static Markup Difference(ReportDifference difference)
    {
        var lines = Math.Max(1, difference.Columns.Count);
        var key = Markup.Join(difference.Key.Select(pair => Markup.Of($"<div><dt>{Pieces.Name(pair.Key)}</dt><dd>{Pieces.Value(pair.Value)}</dd></div>")));
        var count = difference.Count == 1 ? Markup.Empty : Markup.Of($"""<span class="quiet small">{Figures.Of(difference.Count, "row")}</span>""");
        var more = difference.ColumnsNotListed == 0 ? Markup.Empty : Markup.Of($"""<span class="quiet small">{Figures.Of(difference.ColumnsNotListed, "more column")} not listed</span>""");
        var head = Markup.Of(
            $"""<td rowspan="{lines}"><span class="kind k-{Known(difference.Kind)}">{difference.Kind}</span>{count}</td><th scope="row" rowspan="{lines}"><dl class="inline">{key}</dl>{more}</th>""");
        if (difference.Columns.Count == 0)
        {
            var (source, target) = difference.Kind switch
            {
                "Missing" => ("the row is there", "no such row"),
                "Extra" => ("no such row", "the row is there"),
                _ => ("", ""),
            };
            return Markup.Of($"""<tr>{head}<td class="quiet">whole row</td><td class="quiet">{source}</td><td class="quiet">{target}</td></tr>""");
        }

        return Markup.Join(difference.Columns.Select((column, index) =>
        {
            var (source, target) = ValuePair.Of(column.Source, column.Target);
            return Markup.Of($"<tr>{(index == 0 ? head : Markup.Empty)}<td>{Pieces.Name(column.Name)}</td><td>{source}</td><td>{target}</td></tr>");
        }));
    }

    private static string Known(string kind) => kind is "Missing" or "Extra" or "Changed" ? kind : "Unknown";
}
