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
        var score = IntegrityScore.Of(checks);
        return new ReportTally
        {
            Run = score.Run,
            Required = score.Required,
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
}
