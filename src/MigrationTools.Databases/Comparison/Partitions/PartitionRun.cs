namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>How one partition is to be run.</summary>
public sealed record PartitionRun
{
    /// <summary>Where its result is written.</summary>
    public required string Directory { get; init; }

    /// <summary>What is not part of the plan's <see cref="ComparisonMeaning"/>; what is must be left as it is by default, or be the same.</summary>
    public ComparisonOptions Options { get; init; } = new();

    /// <summary>Tables compared at once.</summary>
    public int Parallelism { get; init; } = 2;
}
