using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Html.Charts;

/// <summary>A set of checks as one bar, a part for each verdict, with the numbers in words.</summary>
internal static class VerdictStrip
{
    private static readonly Verdict[] Order =
        [Verdict.Passed, Verdict.Waived, Verdict.Failed, Verdict.Error, Verdict.Inconclusive, Verdict.NotRun, Verdict.Skipped];

    public static Markup Of(string what, ReportTally tally)
    {
        var total = Order.Sum(tally.Count);
        var parts = new List<BarPart>();
        var start = 0.0;
        foreach (var verdict in Order)
        {
            var width = Bar.Share(tally.Count(verdict), total);
            parts.Add(new BarPart(start, width, verdict.ToString()));
            start += width;
        }

        return Bar.Of($"{what}: {Words(tally)}", parts);
    }

    /// <summary>Such as <c>8 passed, 1 failed</c>.</summary>
    public static string Words(ReportTally tally)
    {
        var words = Order.Where(verdict => tally.Count(verdict) > 0)
            .Select(verdict => $"{Figures.Count(tally.Count(verdict))} {Pieces.Word(verdict).ToLowerInvariant()}");
        var text = string.Join(", ", words);
        return text.Length == 0 ? "no check" : text;
    }
}
