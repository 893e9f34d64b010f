using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Html;

/// <summary>The way back: why, who, and what was seen after each compensation.</summary>
internal static class RollbackSection
{
    public static PageSection? Of(RunReport report)
    {
        if (report.Rollback is not { } rollback)
        {
            return null;
        }

        var rows = Markup.Of(
            $"""
            <table class="checks"><thead><tr><th scope="col">Verdict</th><th scope="col">Undoing</th><th scope="col">What was seen</th></tr></thead>
            <tbody>{rollback.Compensations.Select(Row)}</tbody></table>
            """);
        return new PageSection("rollback", "Rollback", Markup.Of(
            $"""
            {Pieces.SectionHead("rollback", "Rollback", Pieces.Badge(rollback.Verdict))}
            <p class="lines">{Markup.Lines(rollback.Reason)}</p>
            <dl class="facts">
            {Pieces.Definition("Asked for by", Markup.Of($"<bdi>{rollback.By ?? "not recorded"}</bdi>"))}
            {Pieces.Definition("Began", Pieces.Time(rollback.StartedAt))}
            {Pieces.Definition("Ended", rollback.EndedAt is null ? Markup.Of($"its end was not seen") : Pieces.Time(rollback.EndedAt))}
            {Pieces.Definition("Attempts", Markup.Of($"{rollback.Attempts}"))}
            {(rollback.TrafficReturn is { } back ? Pieces.Definition("Traffic", Markup.Of($"{back.Describe()}")) : Markup.Empty)}
            </dl>
            {(rollback.Compensations.Count == 0 ? Markup.Of($"""<p class="empty">No step had begun: there was nothing to undo.</p>""") : Pieces.Scroll("Compensations", rows))}
            """));
    }

    private static Markup Row(ReportCompensation compensation)
    {
        var seen = compensation.Seen is null ? Markup.Of($"""<span class="quiet">nothing was seen</span>""") : Markup.Lines(compensation.Seen);
        var error = compensation.Error is null
            ? Markup.Empty
            : Markup.Of($"""<div class="error"><p><strong>Error</strong> <code>{compensation.ErrorId}</code></p><p class="lines">{Markup.Lines(compensation.Error)}</p></div>""");
        var checks = compensation.Checks.Count == 0 ? Markup.Empty : CheckList.Of($"Checks after undoing {compensation.StepId}", compensation.Checks);
        return Markup.Of(
            $"""<tr><td>{Pieces.Badge(compensation.Verdict)}</td><th scope="row">{compensation.Description}<span class="quiet small id">{compensation.StepId}</span></th><td><div class="lines">{seen}</div>{error}{Pieces.Evidence(compensation.Evidence)}{checks}</td></tr>""");
    }
}
