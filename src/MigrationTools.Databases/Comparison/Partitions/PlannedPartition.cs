namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>What one worker compares.</summary>
/// <param name="Index">From 0 on.</param>
/// <param name="Weight">The sum of its parts' estimated rows.</param>
/// <param name="Parts">At most one of each table.</param>
public sealed record PlannedPartition(int Index, long Weight, IReadOnlyList<PlannedPart> Parts);
