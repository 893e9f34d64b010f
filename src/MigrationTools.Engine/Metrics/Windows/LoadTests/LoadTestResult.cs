namespace MigrationTools.Engine.Metrics.Windows.LoadTests;

/// <summary>What of a load test's file counts.</summary>
internal sealed record LoadTestResult(long Requests, long Errors, IReadOnlyDictionary<string, double> Figures)
{
    public IReadOnlyList<double> Latencies { get; init; } = [];

    public DateTimeOffset? FirstErrorAt { get; init; }

    /// <summary>Why figures are missing.</summary>
    public string? Missing { get; init; }

    public static LoadTestResult None(string why) => new(0, 0, new Dictionary<string, double>()) { Missing = why };
}
