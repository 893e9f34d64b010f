using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Reports.Sections;

/// <summary>A set of checks in numbers.</summary>
public sealed record ReportTally
{
    /// <summary>Required checks that ran to an answer.</summary>
    public int Run { get; init; }

    /// <summary>Checks that the migration needs; what the spec itself skips is not among them.</summary>
    public int Required { get; init; }

    public int Passed { get; init; }

    public int Failed { get; init; }

    public int Error { get; init; }

    public int Inconclusive { get; init; }

    public int NotRun { get; init; }

    public int Skipped { get; init; }

    public int Waived { get; init; }

    /// <summary>Counts checks.</summary>
    public static ReportTally Of(IReadOnlyCollection<CheckResult> checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        var required = checks.Where(check => check.Required && check.Verdict != Verdict.Skipped).ToList();
        return new ReportTally
        {
            Run = required.Count(RanToAnAnswer),
            Required = required.Count,
            Passed = checks.Count(check => check.Verdict == Verdict.Passed),
            Failed = checks.Count(check => check.Verdict == Verdict.Failed),
            Error = checks.Count(check => check.Verdict == Verdict.Error),
            Inconclusive = checks.Count(check => check.Verdict == Verdict.Inconclusive),
            NotRun = checks.Count(check => check.Verdict == Verdict.NotRun),
            Skipped = checks.Count(check => check.Verdict == Verdict.Skipped),
            Waived = checks.Count(check => check.Verdict == Verdict.Waived),
        };
    }

    /// <summary>How many checks have a verdict.</summary>
    public int Count(Verdict verdict) => verdict switch
    {
        Verdict.Passed => Passed,
        Verdict.Failed => Failed,
        Verdict.Error => Error,
        Verdict.Inconclusive => Inconclusive,
        Verdict.Skipped => Skipped,
        Verdict.Waived => Waived,
        _ => NotRun,
    };

    // A waived check's message begins with what it was before somebody answered for it: one that had failed did run.
    private static bool RanToAnAnswer(CheckResult check) => check.Verdict switch
    {
        Verdict.Passed or Verdict.Failed or Verdict.Inconclusive => true,
        Verdict.Waived => check.Message.StartsWith($"{Verdict.Failed}:", StringComparison.Ordinal)
            || check.Message.StartsWith($"{Verdict.Inconclusive}:", StringComparison.Ordinal),
        _ => false,
    };
}
