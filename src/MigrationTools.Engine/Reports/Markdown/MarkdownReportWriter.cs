using System.Text;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports.Sections;
using MigrationTools.Engine.Runs;
using static MigrationTools.Engine.Reports.Markdown.MarkdownText;

namespace MigrationTools.Engine.Reports.Markdown;

/// <summary>The report for places that show Markdown: issues, merge requests, job summaries. Shorter than the page; report.json has the rest.</summary>
public sealed class MarkdownReportWriter : IReportWriter
{
    private const int MostRows = 200;

    public string Format => "markdown";

    public string FileExtension => ".md";

    public async Task WriteAsync(RunReport report, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(stream);
        var page = new MarkdownPage();
        Head(page, report);
        Steps(page, report);
        Rollback(page, report.Rollback);
        Checks(page, "Readiness", report.Readiness.Verdict, report.Readiness.Tally, report.Readiness.Checks);
        Proof(page, report);
        Tables(page, report.Tables);
        MarkdownDifferences.Write(page, report);
        Record(page, report);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(page.ToString()), cancellationToken).ConfigureAwait(false);
    }

    internal static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "✅ Passed",
        Verdict.Failed => "❌ Failed",
        Verdict.Error => "⚠️ Error",
        Verdict.Inconclusive => "❔ Inconclusive",
        Verdict.Skipped => "⏭️ Skipped",
        Verdict.Waived => "✋ Waived",
        _ => "⬜ Not run",
    };

    private static void Head(MarkdownPage page, RunReport report)
    {
        page.Heading(1, Plain(report.SpecName ?? report.SpecId));
        var rolledBack = report.Status is RunStatus.RolledBack or RunStatus.RollbackIncomplete;
        page.Paragraph(rolledBack
            ? $"**{Html.Headline.Text(report)}** — the migration: {Mark(report.MigrationVerdict)}; its rollback: {Mark(report.Rollback?.Verdict ?? report.Verdict)}"
            : $"**{Html.Headline.Text(report)}** — {Mark(report.Verdict)}");
        page.Paragraph(Plain(report.Message));
        page.List(report.NextSteps.Select(step => Plain(step.Text) + (step.Command is null ? "" : $" {Code(step.Command)}")));
        List<string[]> facts =
        [
            ["Run", Code(report.RunId)],
            ["Strategy", report.Strategy.ToString()],
            ["Versions", $"{Plain(report.SourceVersion ?? "?")} → {Plain(report.TargetVersion ?? "?")}"],
            .. report.Systems.Select(system => new[] { Plain(system.Name), $"{Code(system.Source ?? "?")} → {Code(system.Target ?? "?")}" }),
            ["Began", Figures.Moment(report.StartedAt)],
            ["Ended", report.EndedAt is null ? "not seen" : Figures.Moment(report.EndedAt)],
            ["Duration", Figures.Duration(report.DurationMs)],
            ["Checks", Figures.ChecksRun(report.Checks.Run, report.Checks.Required)],
            ["Integrity score", Figures.Percent(report.Validation.Score.Value)],
        ];
        page.Table(["", ""], facts);
    }

    private static void Steps(MarkdownPage page, RunReport report)
    {
        page.Heading(2, $"Steps ({report.Steps.Count(step => step.Status == StepStatus.Committed)} of {report.Steps.Count} committed)");
        page.Table(["#:", "Step", "Verdict", "Status", "Duration:", "What was seen"], report.Steps.Select((step, index) => new[]
        {
            Figures.Count(index + 1),
            $"{Plain(step.Description)}{(step.PointOfNoReturn ? " **(point of no return)**" : "")}",
            Mark(step.Verdict),
            step.Status.ToString(),
            step.Attempts == 0 ? "" : Figures.Duration(step.DurationMs),
            Plain(step.Error ?? step.Summary ?? (step.Attempts == 0 ? "it did not begin" : "nothing")),
        }));
        page.List(report.PlanNotes.Select(Plain));
    }

    private static void Rollback(MarkdownPage page, ReportRollback? rollback)
    {
        if (rollback is null)
        {
            return;
        }

        page.Heading(2, $"Rollback: {Mark(rollback.Verdict)}");
        page.Paragraph($"{Plain(rollback.Reason)} (asked for by {Plain(rollback.By ?? "not recorded")}, {Figures.Moment(rollback.StartedAt)})");
        if (rollback.TrafficReturn is { } back)
        {
            page.Paragraph($"Traffic: {Plain(back.Describe())}");
        }

        page.Table(["Verdict", "Undoing", "What was seen"], rollback.Compensations.Select(one => new[]
        {
            Mark(one.Verdict), Plain(one.Description), Plain(one.Error ?? one.Seen ?? "nothing"),
        }));
    }

    private static void Checks(MarkdownPage page, string title, Verdict verdict, ReportTally tally, IReadOnlyList<CheckResult> checks)
    {
        page.Heading(2, $"{title}: {Mark(verdict)}");
        page.Paragraph($"{Figures.ChecksRun(tally.Run, tally.Required)}.");
        Checks(page, checks);
    }

    private static void Checks(MarkdownPage page, IReadOnlyList<CheckResult> checks)
    {
        if (checks.Count == 0)
        {
            return;
        }

        var standing = checks.OrderBy(check => check.Verdict.LetsPass()).Take(MostRows);
        page.Table(["Verdict", "Check", "What was seen", "To do"], standing.Select(check => new[]
        {
            Mark(check.Verdict),
            Plain(check.Name),
            Plain(check.Message) + (check.Waiver is { } waiver ? $" (waived by {Plain(waiver.Who)}: {Plain(waiver.Why)})" : ""),
            check.Verdict == Verdict.Passed ? "" : Plain(check.Remedy),
        }));
        More(page, checks.Count - MostRows, "checks");
    }

    private static void Proof(MarkdownPage page, RunReport report)
    {
        var proof = report.Validation;
        page.Heading(2, $"Data proof: {Mark(proof.Verdict)}");
        var before = report.Rollback is null ? "" : " As it was seen before the rollback.";
        page.Paragraph($"Integrity score: {Figures.Percent(proof.Score.Value)}{(proof.Score.Note is null ? "" : $" ({Plain(proof.Score.Note)})")}; {Figures.ChecksRun(proof.Score.Run, proof.Score.Required)}.{before}");
        page.List(proof.StepsNotChecked.Select(id => $"{Mark(Verdict.NotRun)}: no check was seen of {Code(id)}"));
        if (report.Gates.Count > 0)
        {
            page.Table(["Gate", "Verdict", "Value:", "At least:", "Checks"], report.Gates.Select(gate => new[]
            {
                Plain(gate.Name), Mark(gate.Verdict), Figures.Percent(gate.Value), gate.Limit is null ? "" : Figures.Percent(gate.Limit), Plain(gate.Message),
            }));
        }

        foreach (var group in proof.Groups)
        {
            page.Heading(3, $"{Plain(group.Category)}: {Mark(group.Verdict)}");
            page.Paragraph($"{Figures.ChecksRun(group.Tally.Run, group.Tally.Required)}.");
            Checks(page, group.Checks);
        }
    }

    private static void Tables(MarkdownPage page, IReadOnlyList<ReportTable> tables)
    {
        page.Heading(2, $"Tables ({Figures.Count(tables.Count(table => table.Verdict == Verdict.Passed))} of {Figures.Count(tables.Count)} seen to be equal)");
        if (tables.Count == 0)
        {
            page.Paragraph("No step came to the point of reporting a table.");
            return;
        }

        page.Table(
            ["Table", "Comparison", "Source rows:", "Target rows:", "Missing:", "Extra:", "Changed:", "Copied:", "Rejected:", "Size:", "Rows/s:"],
            tables.OrderBy(table => table.Verdict == Verdict.Passed).Take(MostRows).Select(table => new[]
            {
                Plain(table.Target), Mark(table.Verdict), Number(table.SourceRows), Number(table.TargetRows), Number(table.Missing), Number(table.Extra), Number(table.Changed),
                Number(table.RowsCopied), Number(table.Rejected), table.Bytes is null ? "–" : Figures.Bytes(table.Bytes), table.RowsPerSecond is { } rate ? Figures.Count((long)Math.Round(rate)) : "–",
            }));
        More(page, tables.Count - MostRows, "tables");
    }

    private static void Record(MarkdownPage page, RunReport report)
    {
        var journal = report.Journal;
        page.Heading(2, "Record");
        page.List(
        [
            $"Plan {Code(report.PlanHash)}",
            $"Journal: {Figures.Of(journal.Entries, "entry", "entries")}, {Figures.Of(journal.Owners.Count, "owner")}, {Figures.Of(journal.TornBytes, "torn byte")} found; last hash {Code(journal.LastHash ?? "none")}",
            $"Made by MigrationTools {Plain(report.ToolVersion)} at {Figures.Moment(report.GeneratedAt)}",
        ]);
    }

    private static string Number(long? value) => value is { } known ? Figures.Count(known) : "–";

    private static void More(MarkdownPage page, long left, string what)
    {
        if (left > 0)
        {
            page.Paragraph($"{Figures.Count(left)} more {what} are in report.json.");
        }
    }
}
