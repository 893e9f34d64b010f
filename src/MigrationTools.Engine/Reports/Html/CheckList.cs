using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Reports.Html;

/// <summary>A table of checks: verdict, question, what was seen, what to do. Those that did not pass come first.</summary>
internal static class CheckList
{
    private const int Most = 300;

    public static Markup Of(string label, IReadOnlyList<CheckResult> checks)
    {
        var shown = checks.OrderBy(check => Rank(check.Verdict)).Take(Most);
        var table = Markup.Of(
            $"""
            <table class="checks"><thead><tr><th scope="col">Verdict</th><th scope="col">Check</th><th scope="col">What was seen</th></tr></thead>
            <tbody>{shown.Select(Row)}</tbody></table>
            """);
        return Markup.Of($"{Pieces.Scroll(label, table)}{Pieces.More(checks.Count - Most, "checks are", "in report.json")}");
    }

    private static Markup Row(CheckResult check)
    {
        var optional = check.Required ? Markup.Empty : Markup.Of($"""<span class="tag">not required</span>""");
        var remedy = check.Remedy is null || check.Verdict == Verdict.Passed ? Markup.Empty : Markup.Of($"""<p class="remedy"><strong>To do:</strong> {check.Remedy}</p>""");
        var waiver = check.Waiver is null ? Markup.Empty : Markup.Of($"""<p class="waiver">Waived by <strong>{Pieces.Name(check.Waiver.Who)}</strong> at {Pieces.Time(check.Waiver.At)}: {check.Waiver.Why}</p>""");
        var message = check.Message.Length == 0 ? Markup.Of($"""<span class="quiet">nothing was said</span>""") : Markup.Lines(check.Message);
        var evidence = check.Evidence.Count == 0
            ? Markup.Empty
            : Markup.Of($"""<details class="evidence-fold"><summary>Evidence ({check.Evidence.Count})</summary>{Pieces.Evidence(check.Evidence)}</details>""");
        return Markup.Of(
            $"""<tr><td>{Pieces.Badge(check.Verdict)}</td><th scope="row">{Pieces.Name(check.Name)}<span class="quiet small id">{check.Id}</span>{optional}</th><td><div class="lines">{message}</div>{remedy}{waiver}{evidence}</td></tr>""");
    }

    private static int Rank(Verdict verdict) => verdict switch
    {
        Verdict.Failed => 0,
        Verdict.Error => 1,
        Verdict.Inconclusive => 2,
        Verdict.NotRun => 3,
        Verdict.Waived => 4,
        Verdict.Skipped => 5,
        _ => 6,
    };
}
