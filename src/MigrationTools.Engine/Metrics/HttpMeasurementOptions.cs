namespace MigrationTools.Engine.Metrics;

/// <summary>How requests are measured.</summary>
public sealed record HttpMeasurementOptions
{
    /// <summary>Requests behind a latency figure, one after the other; at least 20, for under that a p95 is the maximum by another name.</summary>
    public int Samples { get; init; } = 20;

    /// <summary>Requests sent first and not counted: the first one pays for connecting.</summary>
    public int WarmUp { get; init; } = 1;

    /// <summary>For one request, answer body included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
