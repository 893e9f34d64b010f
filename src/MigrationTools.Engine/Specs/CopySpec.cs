namespace MigrationTools.Engine.Specs;

/// <summary>How data is copied.</summary>
public sealed record CopySpec
{
    /// <summary>Tables copied at once; at least 1.</summary>
    public int Parallelism { get; init; } = 2;

    /// <summary>Rows in one committed chunk; a resume starts after the last one.</summary>
    public int ChunkRows { get; init; } = 50_000;

    /// <summary>Rejected rows that are still accepted, over all tables of the system; one more stops the run.</summary>
    public long MaxRejected { get; init; }

    /// <summary>Upper bound of rows a second over all tables; null goes as fast as it can.</summary>
    public long? MaxRowsPerSecond { get; init; }
}
