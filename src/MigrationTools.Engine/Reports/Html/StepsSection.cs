using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports.Html.Charts;
using MigrationTools.Engine.Reports.Sections;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Reports.Html;

/// <summary>The plan as it went: every step on one axis of time, with all that was seen of it below.</summary>
internal static class StepsSection
{
    public static PageSection Of(RunReport report)
    {
        var committed = report.Steps.Count(step => step.Status == StepStatus.Committed);
        var undone = report.Steps.Count(step => step.Status == StepStatus.Compensated);
        List<string> endpoints = [.. report.Systems.SelectMany(system => new[] { system.Target, system.Source }).OfType<string>().Where(endpoint => endpoint.Length > 0)];
        var timeline = new TimelineChart(report.Steps, report.GeneratedAt);
        var head = Pieces.SectionHead("steps", "Steps", Markup.Of(
            $"{committed} of {Figures.Of(report.Steps.Count, "step")} committed{(undone > 0 ? $", {Figures.Count(undone)} undone" : "")}"));
        var notes = report.PlanNotes.Count == 0
            ? Markup.Empty
            : Markup.Of($"""<ul class="notes">{report.PlanNotes.Select(note => Markup.Of($"<li>{note}</li>"))}</ul>""");
        var axis = timeline.IsEmpty ? Markup.Empty : Markup.Of($"""<div class="axis-row">{timeline.Axis()}</div>""");
        return new PageSection("steps", "Steps", Markup.Of(
            $"""
            {head}
            {(timeline.IsEmpty ? Markup.Of($"""<p class="empty">No step began.</p>""") : timeline.Legend())}
            {axis}
            <ol class="steps">{report.Steps.Select((step, index) => Step(step, index + 1, timeline, endpoints))}</ol>
            {notes}
            """));
    }

    private static Markup Step(ReportStep step, int number, TimelineChart timeline, IReadOnlyList<string> endpoints)
    {
        var undone = step.Status == StepStatus.Compensated ? Markup.Of($"""<span class="badge v-RolledBack"><svg class="icon" aria-hidden="true" focusable="false"><use href="#i-RolledBack"/></svg>Undone</span>""") : Markup.Empty;
        var pointOfNoReturn = step.PointOfNoReturn ? Markup.Of($"""<p class="no-return">Point of no return: after this step the source can't be restored without loss.</p>""") : Markup.Empty;
        var duration = step.DurationMs is null && step.Attempts == 0 ? Markup.Empty : Markup.Of($"{Figures.Duration(step.DurationMs)}");
        var open = step.Error is not null || step.Verdict is Verdict.Failed or Verdict.Error ? Markup.Of($" open") : Markup.Empty;
        return Markup.Of(
            $"""
            <li>{pointOfNoReturn}<details{open}><summary><span class="step-number">{number}</span><span class="step-name">{Pieces.Sentence(step.Description, endpoints)}<span class="quiet small">{step.Phase} · {Pieces.Name(step.System)}</span></span>{timeline.Row(step)}<span class="step-time">{duration}</span><span class="step-verdict">{Pieces.Badge(step.Verdict)}{undone}</span></summary>
            <div class="step-body">
            {Summary(step)}
            {Pieces.Evidence(step.Evidence)}
            <dl class="facts">
            {Pieces.Definition("Step", Markup.Of($"<code><bdi>{step.Id}</bdi></code>"))}
            {Pieces.Definition("Status", Markup.Of($"{Status(step)}"))}
            {Pieces.Definition("Began", step.StartedAt is null ? Markup.Of($"not at all") : Pieces.Time(step.StartedAt))}
            {Pieces.Definition("Ended", step.EndedAt is null ? Markup.Of($"its end was not seen") : Pieces.Time(step.EndedAt))}
            {Pieces.Definition("Attempts", Markup.Of($"{step.Attempts}"))}
            {Pieces.Definition("Estimated", Markup.Of($"{(step.EstimateMs is null ? "no estimate" : Figures.Duration(step.EstimateMs))} <span class=\"quiet\">({step.EstimateBasis})</span>"))}
            {Pieces.Definition(step.Compensation is null ? "Nothing undoes it" : "Undone by", Markup.Of($"{step.Compensation ?? step.Irreversible}"))}
            </dl>
            </div>
            </details></li>
            """);
    }

    private static Markup Summary(ReportStep step)
    {
        var error = step.Error is null
            ? Markup.Empty
            : Markup.Of($"""<div class="error"><p><strong>Error</strong> <code>{step.ErrorId}</code></p><p class="lines">{Markup.Lines(step.Error)}</p></div>""");
        var looked = step.Looked is null ? Markup.Empty : Markup.Of($"""<p>It was cut off; looking at what it left found: {step.Looked}</p>""");
        var summary = step.Summary is null
            ? Markup.Of($"""<p class="quiet">{(step.Attempts == 0 ? "It did not begin." : "Its last attempt saw nothing of its effect.")}</p>""")
            : Markup.Of($"""<p class="lines">{Markup.Lines(step.Summary)}</p>""");
        return Markup.Of($"{error}{looked}{summary}");
    }

    private static string Status(ReportStep step) => step.Status switch
    {
        StepStatus.Pending => "it did not begin",
        StepStatus.Intended => "begun; how much of it took effect was not seen",
        StepStatus.Observed => "in place, not committed: its gate has not let it pass",
        StepStatus.Committed => "committed",
        StepStatus.Compensating => "being undone; that it is undone was not seen",
        _ => "undone, as was seen",
    };
}
