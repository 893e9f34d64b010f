namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>A partition's result and the file that holds it.</summary>
public sealed record PartitionOutcome(PartitionResult Result, string Path);
