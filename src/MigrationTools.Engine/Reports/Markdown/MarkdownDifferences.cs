using MigrationTools.Engine.Reports.Sections;
using static MigrationTools.Engine.Reports.Markdown.MarkdownText;

namespace MigrationTools.Engine.Reports.Markdown;

/// <summary>What did not come out even: differing rows, columns whose figures differ, rejected rows, waivers.</summary>
internal static class MarkdownDifferences
{
    private const int MostDifferences = 20;

    public static void Write(MarkdownPage page, RunReport report)
    {
        var differing = report.Tables.Where(table => table.DifferingRows > 0).ToList();
        if (differing.Count > 0)
        {
            page.Heading(2, $"Differences ({Figures.Of(differing.Sum(table => table.DifferingRows ?? 0), "row")})");
            differing.ForEach(table => Table(page, table));
        }

        var uneven = report.Quality.Where(column => column.Verdict != Checks.Verdict.Passed).ToList();
        if (report.Quality.Count > 0)
        {
            page.Heading(2, $"Data quality ({Figures.Count(report.Quality.Count - uneven.Count)} of {Figures.Of(report.Quality.Count, "column")} passed)");
            page.List(uneven.Take(MostDifferences).Select(column =>
                $"{MarkdownReportWriter.Mark(column.Verdict)} {Plain(column.Table)} · {Plain(column.Column)}: {string.Join("; ", column.Measures.Where(measure => measure.Source != measure.Target).Select(measure => $"{Plain(measure.Name)} {Value(measure.Source)} → {Value(measure.Target)}"))}"));
        }

        if (report.Rejected.Count > 0)
        {
            page.Heading(2, "Rejected rows");
            page.List(report.Rejected.Select(rejects => $"{Plain(rejects.Table)}: {Figures.Of(rejects.Rows, "row")} in {Code(rejects.File ?? "no file")}"));
        }

        if (report.Waivers.Count > 0)
        {
            page.Heading(2, "Waivers");
            page.List(report.Waivers.Select(waiver => $"{Code(waiver.Check)}: {Plain(waiver.Who)}, {Figures.Moment(waiver.At)}: {Plain(waiver.Why)}"));
        }
    }

    private static void Table(MarkdownPage page, ReportTable table)
    {
        page.Heading(3, Plain(table.Target));
        page.Paragraph($"{Figures.Count(table.Missing)} missing, {Figures.Count(table.Extra)} extra, {Figures.Count(table.Changed)} changed.");
        var listed = table.Differences.Take(MostDifferences).ToList();
        if (listed.Count > 0)
        {
            page.Table(["Kind", "Key", "Column", "Source", "Target"], listed.SelectMany(Rows));
        }

        var left = (table.DifferingRows ?? 0) - listed.Sum(difference => difference.Count);
        if (left > 0)
        {
            page.Paragraph($"{Figures.Count(left)} more differing rows were counted and are not listed here.");
        }
    }

    private static IEnumerable<string[]> Rows(ReportDifference difference)
    {
        var key = string.Join(", ", difference.Key.Select(pair => $"{Plain(pair.Key)} {Value(pair.Value)}"));
        return difference.Columns.Count == 0
            ? [[Plain(difference.Kind), key, "whole row", "", ""]]
            : difference.Columns.Select(column => new[] { Plain(difference.Kind), key, Plain(column.Name), Value(column.Source), Value(column.Target) });
    }
}
