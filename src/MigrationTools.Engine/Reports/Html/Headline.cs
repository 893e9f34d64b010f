using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports.Html.Charts;
using MigrationTools.Engine.Reports.Sections;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Reports.Html;

/// <summary>The top of the page: what migrated, how it stands, what to do next, and the figures that most readers come for.</summary>
internal static class Headline
{
    /// <summary>Where the run stands, in a few words.</summary>
    public static string Text(RunReport report) => report.Status switch
    {
        RunStatus.Completed when report.Verdict == Verdict.Waived => "Completed, with waivers",
        RunStatus.Completed => "Completed",
        RunStatus.RolledBack => "Rolled back",
        RunStatus.RollbackIncomplete => "Rollback not complete",
        RunStatus.Failed => "Failed",
        RunStatus.Held => "Held",
        RunStatus.NotReady => "Not ready",
        RunStatus.Interrupted => "Interrupted",
        _ => "Under way",
    };

    public static Markup Of(RunReport report) => Markup.Of(
        $"""
        <header class="top">
        <p class="kicker">Migration report</p>
        <h1>{Pieces.Name(report.SpecName ?? report.SpecId)}</h1>
        <p class="subtitle">{Facts(report)}</p>
        {Systems(report)}
        <div class="banner t-{Tone(report)}" role="status">
        <svg class="banner-icon" aria-hidden="true" focusable="false"><use href="#i-{Tone(report)}"/></svg>
        <div class="banner-text">
        <p class="banner-head"><strong>{Text(report)}</strong> {Verdicts(report)}</p>
        <p class="banner-message">{report.Message}</p>
        {NextSteps(report)}
        </div>
        </div>
        {Tiles(report)}
        </header>
        """);

    /// <summary>The banner's colour and shape. A rollback has its own: that it passed must not look like a migration that did.</summary>
    private static string Tone(RunReport report) => report.Status switch
    {
        RunStatus.RolledBack => "RolledBack",
        RunStatus.Running => "Running",
        _ => report.Verdict.ToString(),
    };

    private static Markup Verdicts(RunReport report) => report.Status switch
    {
        RunStatus.RolledBack or RunStatus.RollbackIncomplete => Markup.Of(
            $"""<span class="banner-verdict">the migration {Pieces.Badge(report.MigrationVerdict)}</span> <span class="banner-verdict">its rollback {Pieces.Badge(report.Rollback?.Verdict ?? report.Verdict)}</span>"""),
        _ => Pieces.Badge(report.Verdict),
    };

    private static Markup Facts(RunReport report)
    {
        List<Markup> facts = [Markup.Of($"<bdi>{report.SpecId}</bdi>")];
        if (report.SourceVersion is not null || report.TargetVersion is not null)
        {
            facts.Add(Markup.Of($"<bdi>{report.SourceVersion ?? "?"}</bdi> → <bdi>{report.TargetVersion ?? "?"}</bdi>"));
        }

        facts.Add(Markup.Of($"{report.Strategy.ToString()}"));
        if (report.Type is { } type)
        {
            facts.Add(Markup.Of($"{type.ToString()}"));
        }

        facts.Add(Markup.Of($"run <bdi>{report.RunId}</bdi>"));
        return Markup.Join(facts.Select(fact => Markup.Of($"<span>{fact}</span>")));
    }

    private static Markup Systems(RunReport report)
    {
        var known = report.Systems.Where(system => system.Source is not null || system.Target is not null).ToList();
        return known.Count == 0 ? Markup.Empty : Markup.Of($"""<ul class="systems">{known.Select(System)}</ul>""");
    }

    private static Markup System(ReportSystem system) => Markup.Of(
        $"""<li><strong>{Pieces.Name(system.Name)}</strong> <code><bdi>{system.Source ?? "?"}</bdi></code> <span class="arrow" aria-label="to">→</span> <code><bdi>{system.Target ?? "?"}</bdi></code></li>""");

    private static Markup NextSteps(RunReport report) => report.NextSteps.Count == 0
        ? Markup.Empty
        : Markup.Of($"""<h2 class="next">What to do next</h2><ul class="advice">{report.NextSteps.Select(Advice)}</ul>""");

    private static Markup Advice(ReportAdvice advice) => Markup.Of(
        $"<li>{advice.Text}{(advice.Command is null ? Markup.Empty : Markup.Of($""" <code class="command">{advice.Command}</code>"""))}</li>");

    private static Markup Tiles(RunReport report)
    {
        var compared = report.Tables.Where(table => table.Verdict != Verdict.NotRun).ToList();
        var equal = compared.Count(table => table.Verdict == Verdict.Passed);
        long? copied = report.Tables.Any(table => table.RowsCopied is not null) ? report.Tables.Sum(table => table.RowsCopied ?? 0) : null;
        long? bytes = report.Tables.Any(table => table.Bytes is not null) ? report.Tables.Sum(table => table.Bytes ?? 0) : null;
        long? differing = compared.Any(table => table.DifferingRows is not null) ? compared.Sum(table => table.DifferingRows ?? 0) : null;
        long? rejected = report.Tables.Any(table => table.Rejected is not null) ? report.Tables.Sum(table => table.Rejected ?? 0) : null;
        return Markup.Of(
            $"""
            <dl class="tiles">
            {Tile("Checks", Markup.Of($"{report.Checks.Run} of {report.Checks.Required}"), Markup.Of($"required checks ran: {VerdictStrip.Words(report.Checks)}"))}
            {Tile("Integrity score", Unit(report.Validation.Score.Value, Figures.Percent(report.Validation.Score.Value)), Markup.Of($"{Figures.ChecksRun(report.Validation.Score.Run, report.Validation.Score.Required)}"))}
            {Tile("Tables seen to be equal", report.Tables.Count == 0 ? Quiet : Markup.Of($"{equal} of {report.Tables.Count}"), Markup.Of($"{compared.Count} compared"))}
            {Tile("Rows copied", Unit(copied, Figures.Count(copied)), bytes is null ? Markup.Empty : Markup.Of($"{Figures.Bytes(bytes)}"))}
            {Tile("Rows that differ", Unit(differing, Figures.Count(differing)), Markup.Of($"{(rejected is null ? "rejected rows: not measured" : $"{Figures.Count(rejected)} rejected while copying")}"))}
            {Tile("Duration", Unit(report.DurationMs, Figures.Duration(report.DurationMs)), Period(report))}
            </dl>
            """);
    }

    private static Markup Quiet => Markup.Of($"""<span class="unmeasured-words">{Figures.NotMeasured}</span>""");

    private static Markup Unit<T>(T? value, string text) where T : struct => value is null ? Quiet : Markup.Of($"{text}");

    private static Markup Period(RunReport report) => (report.StartedAt, report.EndedAt) switch
    {
        ({ } from, { } to) when from.UtcDateTime.Date == to.UtcDateTime.Date => Markup.Of($"{Figures.Clock(from)} to {Figures.Clock(to)} UTC, {Day(from)}"),
        ({ } from, { } to) => Markup.Of($"{Day(from)} {Figures.Clock(from)} to {Day(to)} {Figures.Clock(to)} UTC"),
        ({ } from, null) => Markup.Of($"since {Figures.Moment(from)}"),
        _ => Markup.Of($"it did not start"),
    };

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static Markup Tile(string term, Markup figure, Markup note) => Markup.Of(
        $"""<div class="tile"><dt>{term}</dt><dd class="tile-figure">{figure}</dd><dd class="tile-note">{note}</dd></div>""");
}
