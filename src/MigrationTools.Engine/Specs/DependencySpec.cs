using MigrationTools.Engine.Specs.Measures;

namespace MigrationTools.Engine.Specs;

/// <summary>Something that the migration needs and that is measured before it starts.</summary>
public sealed record DependencySpec
{
    public required string Name { get; init; }

    public required MeasureSpec Measure { get; init; }

    /// <summary>What the measured value must be.</summary>
    public required Expectation Expect { get; init; }

    public bool Required { get; init; } = true;
}
