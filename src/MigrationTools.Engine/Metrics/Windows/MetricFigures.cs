namespace MigrationTools.Engine.Metrics.Windows;

/// <summary>Names of figures, as conditions use them.</summary>
public static class MetricFigures
{
    public const string P50 = "p50";
    public const string P95 = "p95";
    public const string P99 = "p99";
    public const string Mean = "mean";

    /// <summary>What "the" response time is: p95 where every request is timed, else the mean that the source knows. Milliseconds.</summary>
    public const string ResponseTime = "response_time";

    /// <summary>Share of requests that failed, 0 to 1.</summary>
    public const string ErrorRate = "error_rate";

    /// <summary>Share of requests that succeeded, 0 to 1.</summary>
    public const string Availability = "availability";

    /// <summary>Requests in the window.</summary>
    public const string Requests = "requests";

    /// <summary>Requests a second.</summary>
    public const string Rate = "rate";

    /// <summary>The value of sources that have but one: a query, a command.</summary>
    public const string Value = "value";
}
