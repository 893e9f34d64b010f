using MigrationTools.Engine.Metrics.Windows;

namespace MigrationTools.Engine.Specs.Metrics;

/// <summary>The one value that a query gives on a database system's side.</summary>
/// <param name="System">Name of a database system.</param>
/// <param name="Query">A SELECT (or SHOW) that gives a number.</param>
public sealed record SqlMetricSpec(string System, EngineSql Query) : MetricSpec
{
    /// <summary>The only side that is asked; null for both.</summary>
    public EndpointSide? Side { get; init; }

    public override IReadOnlyList<string> Figures => [MetricFigures.Value];

    public override IReadOnlyList<EndpointSide> Sides => MetricSides.Of(Side);
}
