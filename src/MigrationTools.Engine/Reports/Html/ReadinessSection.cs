using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports.Html.Charts;

namespace MigrationTools.Engine.Reports.Html;

/// <summary>Whether it was ready, and what would make it so.</summary>
internal static class ReadinessSection
{
    public static PageSection Of(RunReport report)
    {
        var readiness = report.Readiness;
        var head = Pieces.SectionHead("readiness", "Readiness", Markup.Of($"{Pieces.Badge(readiness.Verdict)} {Figures.ChecksRun(readiness.Tally.Run, readiness.Tally.Required)}"));
        if (readiness.Checks.Count == 0)
        {
            return new PageSection("readiness", "Readiness", Markup.Of($"""{head}<p class="empty">No readiness check ran.</p>"""));
        }

        var open = readiness.Verdict.LetsPass() ? Markup.Empty : Markup.Of($" open");
        return new PageSection("readiness", "Readiness", Markup.Of(
            $"""
            {head}
            <div class="strip">{VerdictStrip.Of("Readiness", readiness.Tally)}<span>{VerdictStrip.Words(readiness.Tally)}</span></div>
            <details class="fold"{open}><summary>{Figures.Of(readiness.Checks.Count, "check")}</summary>{CheckList.Of("Readiness checks", readiness.Checks)}</details>
            """));
    }
}
