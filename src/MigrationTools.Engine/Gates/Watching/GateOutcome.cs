using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates.Judging;

namespace MigrationTools.Engine.Gates.Watching;

/// <summary>What watching a gate gave.</summary>
/// <param name="Verdict">The checks combined. Passed only where every measurement asked for was taken and, where there is a judge, he was satisfied.</param>
/// <param name="End">Why it ended.</param>
/// <param name="Message">One line.</param>
public sealed record GateOutcome(Verdict Verdict, GateEnd End, string Message)
{
    /// <summary>The measurements as a whole, each condition, and the judge: <c>gate:canary-25/p95-&lt;-250ms</c>.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    public IReadOnlyList<GateMeasurement> Measurements { get; init; } = [];

    /// <summary>What the judge said of latencies; null where he was not asked.</summary>
    public LatencyJudgement? Latencies { get; init; }

    /// <summary>What the judge said of failed requests; null where he was not asked.</summary>
    public ErrorJudgement? Errors { get; init; }
}
