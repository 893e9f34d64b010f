namespace MigrationTools.Engine.Gates.Judging;

/// <summary>How the new side's share of failed requests compares with the old side's.</summary>
public sealed record ErrorJudgement
{
    public JudgeAnswer Answer { get; init; }

    /// <summary>The confidence of the answer, and of each bound of the difference.</summary>
    public required double Confidence { get; init; }

    public required long BaselineRequests { get; init; }

    public required long BaselineErrors { get; init; }

    public required long CanaryRequests { get; init; }

    public required long CanaryErrors { get; init; }

    /// <summary>The new side's share less the old side's; null without requests.</summary>
    public double? Difference { get; init; }

    /// <summary>The difference is at least this, with <see cref="Confidence"/> (Newcombe's interval).</summary>
    public double? DifferenceLow { get; init; }

    /// <summary>The difference is at most this, with <see cref="Confidence"/>.</summary>
    public double? DifferenceHigh { get; init; }

    /// <summary>How probable so many of the failures, or more, are on the new side where both fail alike (Fisher's exact test).</summary>
    public double? WorseP { get; init; }

    /// <summary>One line for people.</summary>
    public required string Message { get; init; }
}
