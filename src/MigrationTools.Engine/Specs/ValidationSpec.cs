namespace MigrationTools.Engine.Specs;

/// <summary>What proves that the data arrived.</summary>
public sealed record ValidationSpec
{
    public ValidationScope Counts { get; init; } = ValidationScope.All;

    public ValidationScope Checksums { get; init; } = ValidationScope.All;

    public ValidationScope Referential { get; init; } = ValidationScope.All;

    public ValidationScope Quality { get; init; } = ValidationScope.All;

    public IReadOnlyList<RuleSpec> Rules { get; init; } = [];

    /// <summary>Smallest integrity score (0 to 1) with which the run passes; checks that failed fail it whatever the score.</summary>
    public double MinimumScore { get; init; } = 1;
}
