namespace MigrationTools.Engine.Specs;

/// <summary>The same input to both sides, outputs compared.</summary>
public sealed record ParallelRunSpec
{
    /// <summary>The http system whose sides are asked; null for the only one.</summary>
    public string? System { get; init; }

    /// <summary>Paths that are asked, in turn; <c>{n}</c> is replaced by a counter.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Comparisons in all.</summary>
    public int Requests { get; init; } = 1000;

    /// <summary>The share of differing answers that is not to be exceeded, shown with <see cref="Confidence"/>.</summary>
    public double MaxDifference { get; init; } = 0.005;

    /// <summary>Answers that may differ by more than noise.</summary>
    public int Tolerated { get; init; }

    public double Confidence { get; init; } = 0.95;
}
