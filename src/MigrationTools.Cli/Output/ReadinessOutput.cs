using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Cli.Output;

/// <summary>Readiness as JSON has it. It is no run, so the run's id is null.</summary>
internal sealed record ReadinessOutput(string? RunId, Verdict Verdict, string Status, string SpecId, string SpecName, int ChecksRun, int ChecksRequired, IReadOnlyList<CheckResult> Checks)
{
    public static ReadinessOutput Of(MigrationSpec spec, IReadOnlyList<CheckResult> checks, Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var score = IntegrityScore.Of(checks);
        return new ReadinessOutput(null, verdict, verdict.LetsPass() ? "Ready" : "NotReady", spec.Id, spec.Name, score.Run, score.Required, checks);
    }
}
