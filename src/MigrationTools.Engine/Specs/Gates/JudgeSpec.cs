namespace MigrationTools.Engine.Specs.Gates;

/// <summary>How the new side's latencies are judged against the old side's, measured at the same time.</summary>
/// <param name="Metric">Name of the metric whose samples are compared; null for the first that has samples.</param>
public sealed record JudgeSpec(string? Metric)
{
    /// <summary>By how much the new side may be slower, as a share of the old side's median, before it counts as worse.</summary>
    public double Tolerance { get; init; } = 0.1;

    /// <summary>With which confidence it is called worse or better, 0.5 to 0.9999.</summary>
    public double Confidence { get; init; } = 0.99;
}
