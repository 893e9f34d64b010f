namespace MigrationTools.Engine.Specs.Measures;

/// <summary>A request to an http system; the value is its status code or, with a statistic, its latency in milliseconds.</summary>
/// <param name="System">Name of an http system.</param>
/// <param name="Side">source or target.</param>
/// <param name="Path">The request's path.</param>
/// <param name="Statistic">status, mean, p50, p95 or p99.</param>
public sealed record HttpMeasureSpec(string System, EndpointSide Side, string Path, string Statistic) : MeasureSpec;
