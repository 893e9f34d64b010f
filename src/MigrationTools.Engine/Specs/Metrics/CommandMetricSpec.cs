using MigrationTools.Engine.Metrics.Windows;

namespace MigrationTools.Engine.Specs.Metrics;

/// <summary>A program that prints a number, or lines of a name and a number. It is told the side by the variable MIGRATIONTOOLS_SIDE.</summary>
/// <param name="Arguments">The program and its arguments; no shell is involved.</param>
/// <param name="Timeout">When it is ended.</param>
public sealed record CommandMetricSpec(IReadOnlyList<string> Arguments, TimeSpan Timeout) : MetricSpec
{
    /// <summary>The names of the lines that count.</summary>
    public IReadOnlyList<string> Names { get; init; } = [MetricFigures.Value];

    public override IReadOnlyList<string> Figures => Names;

    public override IReadOnlyList<EndpointSide> Sides => MetricSides.Both;
}
