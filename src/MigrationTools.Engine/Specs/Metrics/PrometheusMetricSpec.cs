using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Metrics.Windows;

namespace MigrationTools.Engine.Specs.Metrics;

/// <summary>A query to Prometheus, or to anything that speaks its HTTP API.</summary>
/// <param name="Server">Its base URL.</param>
/// <param name="Query">PromQL that gives one value; <c>{side}</c> stands for a side's name, <c>{window}</c> for the window in whole seconds.</param>
public sealed record PrometheusMetricSpec(Endpoint Server, string Query) : MetricSpec
{
    /// <summary>What replaces <c>{side}</c> in a query.</summary>
    public const string SidePlaceholder = "{side}";

    /// <summary>What replaces <c>{window}</c> in a query.</summary>
    public const string WindowPlaceholder = "{window}";

    /// <summary>The old side's name in the series; null where the query knows no sides.</summary>
    public string? Source { get; init; }

    /// <summary>The new side's name in the series.</summary>
    public string? Target { get; init; }

    /// <summary>A query for the number of requests behind the value; null where the value counts as one sample.</summary>
    public string? Samples { get; init; }

    /// <summary>For one query.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public override IReadOnlyList<string> Figures => Samples is null ? [MetricFigures.Value] : [MetricFigures.Value, MetricFigures.Requests];

    public override IReadOnlyList<EndpointSide> Sides => Query.Contains(SidePlaceholder, StringComparison.Ordinal) ? MetricSides.Both : MetricSides.Target;
}
