using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Html;

/// <summary>The columns' figures on both sides; a figure that is the same on both is written once.</summary>
internal static class QualitySection
{
    private const int Most = 400;

    public static PageSection? Of(RunReport report)
    {
        if (report.Quality.Count == 0)
        {
            return null;
        }

        var tables = report.Quality
            .Take(Most)
            .GroupBy(column => (column.System, column.Table))
            .Select(group => (group.Key.Table, Verdict: Verdicts.Combine(group.Select(column => column.Verdict)), Columns: group.ToList()))
            .OrderBy(table => table.Verdict == Verdict.Passed)
            .ToList();
        var passed = report.Quality.Count(column => column.Verdict == Verdict.Passed);
        return new PageSection("quality", "Data quality", Markup.Of(
            $"""
            {Pieces.SectionHead("quality", "Data quality", Markup.Of($"{Figures.Count(passed)} of {Figures.Of(report.Quality.Count, "column")} passed"))}
            {tables.Select(table => Table(table.Table, table.Verdict, table.Columns))}
            {Pieces.More(report.Quality.Count - Most, "columns are", "in report.json")}
            """));
    }

    private static Markup Table(string name, Verdict verdict, List<ReportQuality> columns)
    {
        List<string> measures = [.. columns.SelectMany(column => column.Measures).Select(measure => measure.Name).Distinct(StringComparer.Ordinal)];
        var open = verdict is Verdict.Failed or Verdict.Error ? Markup.Of($" open") : Markup.Empty;
        var table = Markup.Of(
            $"""
            <table class="figures"><thead><tr><th scope="col">Column</th><th scope="col" class="words">Verdict</th>{measures.Select(measure => Markup.Of($"""<th scope="col">{Words(measure)}</th>"""))}</tr></thead>
            <tbody>{columns.Select(column => Row(column, measures))}</tbody></table>
            """);
        return Markup.Of(
            $"""<details class="fold"{open}><summary><h3>{Pieces.Name(name)}</h3> {Pieces.Badge(verdict)} <span class="quiet">{Figures.Of(columns.Count, "column")}</span></summary>{Pieces.Scroll($"Columns of {name}", table)}</details>""");
    }

    private static Markup Row(ReportQuality column, List<string> measures)
    {
        var notes = column.Notes.Count == 0 ? Markup.Empty : Markup.Of($"""<span class="quiet small">{string.Join("; ", column.Notes)}</span>""");
        return Markup.Of(
            $"""<tr><th scope="row">{Pieces.Name(column.Column)}{notes}</th><td class="words">{Pieces.Badge(column.Verdict)}</td>{measures.Select(name => Cell(column.Measures.FirstOrDefault(measure => measure.Name == name)))}</tr>""");
    }

    private static Markup Cell(ReportMeasure? measure)
    {
        if (measure is null)
        {
            return Markup.Of($"<td>{Pieces.Figure(null)}</td>");
        }

        return measure.Source == measure.Target
            ? Markup.Of($"<td>{Figure(measure.Source)}</td>")
            : Markup.Of($"""<td class="differs">{Figure(measure.Source)} <span class="quiet" aria-label="in the target">→</span> {Figure(measure.Target)}</td>""");
    }

    private static Markup Figure(string? value) => value is null ? Pieces.Figure(null) : Markup.Of($"""<span class="cell"><bdi>{value}</bdi></span>""");

    // minLength reads as "min length".
    private static string Words(string measure) =>
        string.Concat(measure.Select(character => char.IsAsciiLetterUpper(character) ? $" {char.ToLowerInvariant(character)}" : character.ToString()));
}
