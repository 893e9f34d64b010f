namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>How many partitions a comparison is split into, or how large each is. Exactly one of the two is given.</summary>
public sealed record PartitionSizes
{
    /// <summary>More than schedulers take in one array, and than anyone looks at.</summary>
    public const int MostPartitions = 10_000;

    /// <summary>About so many partitions; fewer where there is not enough to split.</summary>
    public int? Partitions { get; init; }

    /// <summary>About so many source rows a partition.</summary>
    public long? RowsPerPartition { get; init; }

    /// <summary>
    /// PostgreSQL tables whose server estimates at least so many rows are neither counted nor sorted: their weight is the server's estimate, their
    /// boundaries those of a sample, and the plan says so.
    /// </summary>
    public long SampleFrom { get; init; } = 20_000_000;
}
