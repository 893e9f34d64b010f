using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs.Gates;

namespace MigrationTools.Engine.Gates;

/// <summary>Decides from a step's checks whether the run goes on. No check, no passing.</summary>
/// <param name="Name">As people read it.</param>
public sealed record Gate(string Name)
{
    /// <summary>Smallest integrity score with which it passes, 0 to 1; null where the verdicts alone decide.</summary>
    public double? MinimumScore { get; init; }

    /// <summary>What becomes of the run where the gate could not be judged.</summary>
    public GateFallback OnInconclusive { get; init; }

    /// <summary>
    /// The required checks' verdicts combined; nothing required is <see cref="Verdict.NotRun"/>. A score under the minimum fails
    /// what would have passed.
    /// </summary>
    public GateResult Judge(IReadOnlyList<CheckResult> checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        var required = checks.Where(check => check.Required).ToList();
        var verdict = Verdicts.Combine(required);
        var score = IntegrityScore.Of(required);
        var run = $"{required.Count(check => check.Verdict is not (Verdict.NotRun or Verdict.Skipped))} of {required.Count} required checks ran";
        if (verdict.LetsPass() && MinimumScore is { } minimum && !(score.Score >= minimum) && required.All(check => check.Verdict != Verdict.Waived))
        {
            return new GateResult(Name, Verdict.Failed, $"{run}; the integrity score {score.Score:0.000} is under {minimum:0.000}", score);
        }

        var worst = required.Where(check => check.Verdict == verdict && verdict != Verdict.Passed).Select(check => check.Id).Take(5).ToList();
        return new GateResult(Name, verdict, worst.Count == 0 ? run : $"{run}; {verdict}: {string.Join(", ", worst)}", score);
    }
}
