using System.Text.Json;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Reports.Building;

/// <summary>Groups the checks that steps made, and says which steps made none though a gate waited for them.</summary>
internal static class ValidationBuilder
{
    private static readonly string[] Order = ["counts", "checksum", "checksums", "referential", "rule", "rules", "quality"];

    public static ReportValidation Build(MigrationPlan plan, IReadOnlyDictionary<string, StepStory> stories, WaiverLedger waivers)
    {
        var checks = plan.Steps
            .SelectMany(step => waivers.Apply(step.Id, stories[step.Id].Forward.Checks))
            .Select(ReportText.Check)
            .ToList();
        var groups = checks
            .GroupBy(check => check.Category.Length == 0 ? "other" : check.Category, StringComparer.OrdinalIgnoreCase)
            .Select((group, place) => (Group: GroupOf(group.Key, [.. group]), Rank: Rank(group.Key), place))
            .OrderBy(entry => entry.Rank).ThenBy(entry => entry.place)
            .Select(entry => entry.Group)
            .ToList();
        List<string> notChecked = [.. plan.Steps
            .Where(step => step.GateAfter is not null && stories[step.Id].Forward.Checks.Count == 0)
            .Select(step => step.Id)];
        var tally = ReportTally.Of(checks);
        return new ReportValidation
        {
            Verdict = Verdicts.Combine([.. groups.Select(group => group.Verdict), .. notChecked.Select(_ => Verdict.NotRun)]),
            Tally = tally,
            Score = ScoreOf(plan, stories, checks, tally, notChecked),
            Groups = groups,
            StepsNotChecked = notChecked,
        };
    }

    private static ReportCheckGroup GroupOf(string category, IReadOnlyList<CheckResult> checks)
    {
        var required = checks.Where(check => check.Required).ToList();
        var verdict = checks.All(check => check.Verdict == Verdict.Skipped) ? Verdict.Skipped : Verdicts.Combine((required.Count > 0 ? required : checks).Select(check => check.Verdict));
        return new ReportCheckGroup(category, verdict, ReportTally.Of(checks), checks);
    }

    private static int Rank(string category) =>
        Array.FindIndex(Order, known => known.Equals(category, StringComparison.OrdinalIgnoreCase)) is >= 0 and var rank ? rank : Order.Length;

    // A score is of the whole: with a part of unknown size missing there is none, however well the rest did.
    private static ReportScore ScoreOf(
        MigrationPlan plan, IReadOnlyDictionary<string, StepStory> stories, List<CheckResult> checks, ReportTally tally, List<string> notChecked)
    {
        if (notChecked.Count > 0)
        {
            return new ReportScore(null, tally.Run, tally.Required, $"no check was seen of {string.Join(", ", notChecked)}: how many there would have been is not known");
        }

        var stated = plan.Steps
            .Select(step => StepData.Read(stories[step.Id].Forward.Data).Object("score"))
            .OfType<JsonElement>()
            .ToList();
        if (stated is [var proof])
        {
            // The step that proves the data scores the proof alone, without what other gates looked at.
            return new ReportScore(proof.Number("score"), (int)(proof.Whole("run") ?? 0), (int)(proof.Whole("required") ?? 0), null);
        }

        var score = IntegrityScore.Of(checks).Score;
        return new ReportScore(score, tally.Run, tally.Required, score is null ? "no required check ran to an answer that nobody waived" : null);
    }
}
