using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Html.Charts;

/// <summary>Missing, extra and changed rows of the tables that differ, the most first.</summary>
internal static class DifferencesChart
{
    public static Markup Of(IReadOnlyList<ReportTable> tables)
    {
        List<ReportTable> differing = [.. tables.Where(table => table.DifferingRows > 0).OrderByDescending(table => table.DifferingRows)];
        if (differing.Count == 0)
        {
            return Markup.Empty;
        }

        var largest = differing.Max(table => table.DifferingRows!.Value);
        var note = Markup.Of($"{ChartFrame.Key("missing", "missing in the target")} {ChartFrame.Key("extra", "extra in the target")} {ChartFrame.Key("changed", "changed")}");
        return ChartFrame.Of(
            "Rows that differ", note, [.. differing.Take(ChartFrame.MostRows).Select(table => Row(table, largest))], differing.Count - ChartFrame.MostRows);
    }

    private static Markup Row(ReportTable table, long largest)
    {
        var missing = Bar.Share(table.Missing ?? 0, largest);
        var extra = Bar.Share(table.Extra ?? 0, largest);
        var figures = $"{Figures.Count(table.Missing)} missing · {Figures.Count(table.Extra)} extra · {Figures.Count(table.Changed)} changed";
        return ChartFrame.Row(
            table.Target,
            Bar.Of(
                $"{table.Target}: {figures}",
                new BarPart(0, missing, "missing"),
                new BarPart(missing, extra, "extra"),
                new BarPart(missing + extra, Bar.Share(table.Changed ?? 0, largest), "changed")),
            Markup.Of($"{figures}"));
    }
}
