using System.Text.RegularExpressions;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports.Sections;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Reports.Building;

/// <summary>Says what the reader of a report can do next, told from where the run stands.</summary>
internal static partial class Advice
{
    private const int MostRemedies = 8;

    public static IReadOnlyList<ReportAdvice> For(
        RunState state, IReadOnlyList<CheckResult> checks, IReadOnlyList<ReportStep> steps, IReadOnlyList<ReportWaiver> waivers)
    {
        var resume = new ReportAdvice("Go on where it stopped; what is committed is not done again:", Command("resume", state.RunId));
        var rollback = new ReportAdvice("Or take back what it changed:", Command("rollback", state.RunId));
        var again = new ReportAdvice("Then run it anew:", Command("run", state.SpecFile ?? "<spec>"));
        List<ReportAdvice> remedies = [.. Errors(steps), .. Remedies(checks)];
        return state.Status switch
        {
            RunStatus.Running => [new ReportAdvice("It is at work. Look again later:", Command("status", state.RunId))],
            RunStatus.NotReady => [.. remedies, again],
            RunStatus.Completed => Completed(state, steps, waivers),
            RunStatus.Failed => [.. remedies, rollback with { Text = "Take back what it changed:" }, resume with { Text = "Or, once the cause is mended, go on; the gate looks anew:" }],
            RunStatus.Held or RunStatus.Interrupted => [.. remedies, resume, .. LastPhase(state), rollback],
            RunStatus.RollbackIncomplete => [new ReportAdvice("Mend the cause, then roll back again; what is undone is not undone twice:", Command("rollback", state.RunId, state.RollingBackTo))],
            RunStatus.RolledBack => [.. remedies, again],
            _ => [],
        };
    }

    private static IReadOnlyList<ReportAdvice> Completed(RunState state, IReadOnlyList<ReportStep> steps, IReadOnlyList<ReportWaiver> waivers)
    {
        var advice = new List<ReportAdvice>();
        if (waivers.Count > 0)
        {
            advice.Add(new ReportAdvice($"{Figures.Of(waivers.Count, "check was", "checks were")} waived: see by whom and why under Waivers, and settle what was put off."));
        }

        var past = steps.Any(step => step.PointOfNoReturn && step.Status == StepStatus.Committed);
        advice.Add(new ReportAdvice(
            past
                ? "Nothing has to be done. It is past its point of no return: taking it back looks first for what that would lose."
                : "Nothing has to be done. It can be taken back:",
            Command("rollback", state.RunId)));
        advice.AddRange(LastPhase(state));
        return advice;
    }

    /// <summary>Where several phases stand, the last of them alone can be taken back.</summary>
    private static IEnumerable<ReportAdvice> LastPhase(RunState state)
    {
        var standing = state.Phases.Where(phase => phase.Status is RunPhaseStatus.Begun or RunPhaseStatus.Committed).ToList();
        return standing.Count > 1 ? [new ReportAdvice($"Or take back phase '{standing[^1].Name}' alone, the last that stands:", Command("rollback", state.RunId, standing[^1].Name))] : [];
    }

    private static IEnumerable<ReportAdvice> Errors(IReadOnlyList<ReportStep> steps) =>
        steps.Where(step => step.Error is not null).Select(step => new ReportAdvice($"Step {step.Id}: {step.Error}"));

    private static IEnumerable<ReportAdvice> Remedies(IReadOnlyList<CheckResult> checks)
    {
        var standing = checks.Where(check => check.Required && !check.Verdict.LetsPass() && check.Verdict != Verdict.Skipped).ToList();
        foreach (var check in standing.OrderBy(check => check.Verdict == Verdict.Failed ? 0 : 1).Take(MostRemedies))
        {
            yield return new ReportAdvice($"{check.Name} ({check.Verdict}): {check.Remedy ?? check.Message}");
        }

        if (standing.Count > MostRemedies)
        {
            yield return new ReportAdvice($"{Figures.Of(standing.Count - MostRemedies, "more check stands", "more checks stand")} in the way: see below.");
        }
    }

    // Readers paste commands into a shell, and file names come from elsewhere: one that a shell could take for more than a name is left out.
    private static string Command(string verb, string argument, string? phase = null) =>
        $"migrationtools {verb} {(PlainName().IsMatch(argument) ? argument : verb == "run" ? "<spec>" : "<run>")}{(phase is null ? "" : $" --phase {(PlainName().IsMatch(phase) ? phase : "<phase>")}")}";

    [GeneratedRegex(@"\A(?!-)[\p{L}\p{Nd}._/\\:+@-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainName();
}
