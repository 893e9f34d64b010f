namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>What was found in one part.</summary>
/// <param name="Part">The part as the plan has it.</param>
/// <param name="Comparison">Its result.</param>
public sealed record PartResult(PlannedPart Part, TableComparison Comparison);
