namespace MigrationTools.Engine.Checks;

/// <summary>The weighted share of required checks that passed.</summary>
/// <param name="Score">0 to 1; null where nothing ran, for then there is nothing to say.</param>
/// <param name="Run">How many required checks really ran to an answer.</param>
/// <param name="Required">How many were required.</param>
public sealed record IntegrityScore(double? Score, int Run, int Required)
{
    /// <summary>What did not run counts as zero; what the spec itself skips is not required.</summary>
    public static IntegrityScore Of(IEnumerable<CheckResult> checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        var required = checks.Where(check => check.Required && check.Verdict != Verdict.Skipped).ToList();
        var run = required.Count(check => check.Verdict is Verdict.Passed or Verdict.Failed or Verdict.Inconclusive);
        var weight = required.Sum(check => check.Weight);
        if (run == 0 || weight <= 0)
        {
            return new IntegrityScore(null, run, required.Count);
        }

        var passed = required.Where(check => check.Verdict == Verdict.Passed).Sum(check => check.Weight);
        return new IntegrityScore(passed / weight, run, required.Count);
    }
}
