using MigrationTools.Engine.Specs.Measures;

namespace MigrationTools.Engine.Specs;

/// <summary>A measured performance figure and its limits.</summary>
public sealed record BenchmarkSpec
{
    public required string Name { get; init; }

    public required MeasureSpec Measure { get; init; }

    /// <summary>Milliseconds.</summary>
    public double? Baseline { get; init; }

    public double? Acceptable { get; init; }

    public double? Critical { get; init; }
}
