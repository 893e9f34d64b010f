using MigrationTools.Engine.Metrics.Windows;

namespace MigrationTools.Engine.Specs.Metrics;

/// <summary>A router's own counters of its two sides: what clients really got.</summary>
/// <param name="System">Name of a traffic system.</param>
public sealed record RouterMetricSpec(string System) : MetricSpec
{
    /// <summary>The only route whose members are counted; null for all of the system's lanes.</summary>
    public string? Route { get; init; }

    public override IReadOnlyList<string> Figures => RequestFigures.Counted;

    public override IReadOnlyList<EndpointSide> Sides => MetricSides.Both;
}
