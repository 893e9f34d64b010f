using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports.Html.Charts;
using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Html;

/// <summary>The proof that the data arrived: the score, the gates, the checks by category, and what they found.</summary>
internal static class ProofSection
{
    private const int MostFindings = 200;

    public static PageSection Of(RunReport report)
    {
        var proof = report.Validation;
        var note = proof.Score.Note is null ? Markup.Empty : Markup.Of($"""<p class="quiet small">Integrity score {Figures.Percent(proof.Score.Value)}: {proof.Score.Note}.</p>""");
        var before = report.Rollback is null ? Markup.Empty : Markup.Of($"""<p class="quiet">As it was seen before the rollback.</p>""");
        return new PageSection("proof", "Data proof", Markup.Of(
            $"""
            {Pieces.SectionHead("proof", "Data proof", Markup.Of($"{Pieces.Badge(proof.Verdict)} {Figures.ChecksRun(proof.Tally.Run, proof.Tally.Required)}"))}
            {before}
            <div class="proof">
            {ScoreDial.Of(proof.Score, proof.Verdict)}
            <div class="proof-groups">
            {(proof.Groups.Count == 0 ? (proof.StepsNotChecked.Count > 0 ? Markup.Empty : Markup.Of($"""<p class="empty">No check was made.</p>""")) : Markup.Of($"""<ul class="strips">{proof.Groups.Select(Strip)}</ul>"""))}
            {NotChecked(proof)}
            {note}
            </div>
            </div>
            {Gates(report.Gates)}
            {proof.Groups.Select(Group)}
            {Findings(report.Findings)}
            """));
    }

    private static Markup Strip(ReportCheckGroup group) => Markup.Of(
        $"""<li><span class="strip-name category">{group.Category}</span>{VerdictStrip.Of(group.Category, group.Tally)}<span class="strip-words">{VerdictStrip.Words(group.Tally)}</span>{Pieces.Badge(group.Verdict)}</li>""");

    private static Markup NotChecked(ReportValidation proof) => proof.StepsNotChecked.Count == 0
        ? Markup.Empty
        : Markup.Of($"""<p class="not-checked">{Pieces.Badge(Verdict.NotRun)} Of {Figures.Of(proof.StepsNotChecked.Count, "step")} with a gate no check was seen: {Markup.Join(proof.StepsNotChecked.Select(id => Markup.Of($"<code><bdi>{id}</bdi></code> ")))}</p>""");

    private static Markup Gates(IReadOnlyList<ReportGate> gates) => gates.Count == 0
        ? Markup.Empty
        : Markup.Of($"""<h3>Gates</h3><ul class="gates">{gates.Select(Gate)}</ul>""");

    private static Markup Gate(ReportGate gate) => Markup.Of(
        $"""<li><div class="gate-head"><strong>{gate.Name}</strong> <span class="quiet small">after <bdi>{gate.StepId}</bdi></span></div>{GateBar.Of(gate)}<div class="gate-words">{GateBar.Words(gate)}</div>{Pieces.Badge(gate.Verdict)}<p class="gate-message">{gate.Message}</p></li>""");

    private static Markup Group(ReportCheckGroup group)
    {
        var open = group.Verdict.LetsPass() || group.Verdict == Verdict.Skipped ? Markup.Empty : Markup.Of($" open");
        return Markup.Of(
            $"""
            <details class="fold"{open}><summary><h3 class="category">{group.Category}</h3> {Pieces.Badge(group.Verdict)} <span class="quiet">{Figures.ChecksRun(group.Tally.Run, group.Tally.Required)}</span></summary>
            {CheckList.Of($"Checks: {group.Category}", group.Checks)}
            </details>
            """);
    }

    private static Markup Findings(IReadOnlyList<ReportFinding> findings)
    {
        if (findings.Count == 0)
        {
            return Markup.Empty;
        }

        var rows = findings.OrderBy(finding => finding.Verdict == Verdict.Passed).Take(MostFindings);
        var table = Markup.Of(
            $"""
            <table><thead><tr><th scope="col">Verdict</th><th scope="col">Subject</th><th scope="col">Figures</th></tr></thead>
            <tbody>{rows.Select(Finding)}</tbody></table>
            """);
        return Markup.Of(
            $"""<details class="fold"><summary><h3>Figures behind the checks</h3> <span class="quiet">{Figures.Of(findings.Count, "entry", "entries")}</span></summary>{Pieces.Scroll("Figures behind the checks", table)}{Pieces.More(findings.Count - MostFindings, "are", "in report.json")}</details>""");
    }

    private static Markup Finding(ReportFinding finding) => Markup.Of(
        $"""<tr><td>{Pieces.Badge(finding.Verdict)}</td><th scope="row">{Pieces.Name(finding.Subject)}<span class="quiet small">{finding.Category} · {Pieces.Name(finding.System)}</span></th><td><dl class="inline">{finding.Facts.Select(fact => Markup.Of($"<div><dt>{fact.Key}</dt><dd>{(fact.Value is null ? Pieces.Figure(null) : Pieces.Value(fact.Value))}</dd></div>"))}</dl></td></tr>""");
}
