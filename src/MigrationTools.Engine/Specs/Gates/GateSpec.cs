namespace MigrationTools.Engine.Specs.Gates;

/// <summary>What must be measured, how often and how well, before a run goes on. The words of the limits are those of Argo Rollouts' analysis.</summary>
public sealed record GateSpec
{
    /// <summary>Conditions as written, all of which must hold: <c>p95 &lt; 250ms</c>, <c>canary.p95 &lt;= baseline.p95 * 1.1</c>.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>The statistical comparison of the new side with the old one; null for none.</summary>
    public JudgeSpec? Judge { get; init; }

    /// <summary>How long one measurement lasts; the next begins when it ends.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Measurements that must be taken.</summary>
    public int Count { get; init; } = 6;

    /// <summary>Samples (requests) of each side that a measurement needs to say anything.</summary>
    public int MinSamples { get; init; } = 20;

    /// <summary>Measurements that may fail; one more fails the gate.</summary>
    public int FailureLimit { get; init; }

    /// <summary>Measurements that may be inconclusive; one more makes the gate inconclusive.</summary>
    public int InconclusiveLimit { get; init; }

    /// <summary>Measurements in a row that may break; one more makes the gate an error.</summary>
    public int ConsecutiveErrorLimit { get; init; } = 4;

    /// <summary>When waiting for enough measurements ends; null for as long as <see cref="Count"/> intervals take three times over.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>What becomes of a gate that could not be judged. There is no choice by which it passes.</summary>
    public GateFallback OnInconclusive { get; init; }
}
