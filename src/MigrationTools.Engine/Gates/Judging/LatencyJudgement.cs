namespace MigrationTools.Engine.Gates.Judging;

/// <summary>How the new side's latencies compare with the old side's.</summary>
public sealed record LatencyJudgement
{
    public JudgeAnswer Answer { get; init; }

    /// <summary>The confidence of the answer, and of each bound of the ratio.</summary>
    public required double Confidence { get; init; }

    /// <summary>The share by which the new side could be slower without counting as worse.</summary>
    public required double Tolerance { get; init; }

    public required int BaselineSamples { get; init; }

    public required int CanarySamples { get; init; }

    /// <summary>How many times the old side's latency the new side's is: the median of the ratios of all pairs (Hodges and Lehmann's estimate on the logarithms); null without samples.</summary>
    public double? Ratio { get; init; }

    /// <summary>The ratio is at least this, with <see cref="Confidence"/>.</summary>
    public double? RatioLow { get; init; }

    /// <summary>The ratio is at most this, with <see cref="Confidence"/>.</summary>
    public double? RatioHigh { get; init; }

    /// <summary>The probability that a request takes longer on the new side than one on the old, ties by half; 0.5 is no difference.</summary>
    public double? ProbabilitySlower { get; init; }

    /// <summary>Cliff's delta, from -1 (every request is faster on the new side) to 1 (every one is slower).</summary>
    public double? CliffsDelta => ProbabilitySlower is { } probability ? (2 * probability) - 1 : null;

    /// <summary>How probable what was seen, or more, is where the new side is not worse by more than the tolerance.</summary>
    public double? WorseP { get; init; }

    /// <summary>The same of the requests of the canary among the slowest tenth of both sides' together.</summary>
    public double? TailWorseP { get; init; }

    /// <summary>How probable what was seen, or less, is where the new side is worse by the tolerance.</summary>
    public double? NotWorseP { get; init; }

    /// <summary>One line for people.</summary>
    public required string Message { get; init; }
}
