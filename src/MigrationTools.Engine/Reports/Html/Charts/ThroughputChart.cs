using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Html.Charts;

/// <summary>How fast each table was copied, with its rows and time; the largest table first.</summary>
internal static class ThroughputChart
{
    public static Markup Of(IReadOnlyList<ReportTable> tables)
    {
        List<ReportTable> copied = [.. tables.Where(table => table.RowsPerSecond is not null).OrderByDescending(table => table.RowsCopied)];
        if (copied.Count == 0)
        {
            return Markup.Empty;
        }

        var fastest = copied.Max(table => table.RowsPerSecond!.Value);
        return ChartFrame.Of(
            "Copying", Markup.Of($"{ChartFrame.Key("rate", "rows a second")}"), [.. copied.Take(ChartFrame.MostRows).Select(table => Row(table, fastest))], copied.Count - ChartFrame.MostRows);
    }

    private static Markup Row(ReportTable table, double fastest)
    {
        var rate = Figures.RowsPerSecond(table.RowsPerSecond);
        var work = $"{Figures.Of(table.RowsCopied ?? 0, "row")} in {Figures.Duration(table.CopyMs)}";
        return ChartFrame.Row(
            table.Target,
            Bar.Of($"{table.Target}: {rate}, {work}", new BarPart(0, Bar.Share(table.RowsPerSecond!.Value, fastest), "rate")),
            Markup.Of($"""{rate} <span class="quiet">{work}</span>"""));
    }
}
