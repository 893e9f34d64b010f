using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Html.Charts;

/// <summary>The rows of each table on both sides, the largest first; tables whose counts differ before all others.</summary>
internal static class RowCountsChart
{
    public static Markup Of(IReadOnlyList<ReportTable> tables)
    {
        List<ReportTable> counted = [.. tables
            .Where(table => table.SourceRows is not null || table.TargetRows is not null)
            .OrderByDescending(table => table.SourceRows != table.TargetRows)
            .ThenByDescending(Largest)];
        if (counted.Count == 0)
        {
            return Markup.Empty;
        }

        var largest = counted.Max(Largest);
        var note = Markup.Of($"{ChartFrame.Key("source", "source")} {ChartFrame.Key("target", "target")}");
        return ChartFrame.Of(
            "Rows on both sides", note, [.. counted.Take(ChartFrame.MostRows).Select(table => Row(table, largest))], counted.Count - ChartFrame.MostRows);
    }

    private static Markup Row(ReportTable table, long largest)
    {
        var title = $"{table.Target}: {Figures.Count(table.SourceRows)} rows in the source, {Figures.Count(table.TargetRows)} in the target";
        var bar = Bar.Pair(
            title,
            new BarPart(0, Bar.Share(table.SourceRows ?? 0, largest), "source"),
            new BarPart(0, Bar.Share(table.TargetRows ?? 0, largest), "target"));
        var figures = table.SourceRows == table.TargetRows
            ? Markup.Of($"{Figures.Count(table.SourceRows)} = {Figures.Count(table.TargetRows)}")
            : Markup.Of($"""<strong class="differs">{Figures.Count(table.SourceRows)} ≠ {Figures.Count(table.TargetRows)}</strong>""");
        return ChartFrame.Row(table.Target, bar, figures);
    }

    private static long Largest(ReportTable table) => Math.Max(table.SourceRows ?? 0, table.TargetRows ?? 0);
}
