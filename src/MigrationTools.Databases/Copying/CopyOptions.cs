namespace MigrationTools.Databases.Copying;

/// <summary>How to copy.</summary>
public sealed record CopyOptions
{
    public int Parallelism { get; init; } = 2;

    public int ChunkRows { get; init; } = 50_000;

    /// <summary>Rejected rows accepted over all tables; one more throws <see cref="TooManyRejectedException"/>.</summary>
    public long MaxRejected { get; init; }

    public long? MaxRowsPerSecond { get; init; }

    /// <summary>Names the copy in the target's progress table, so that it can be resumed: the run and system.</summary>
    public required string CopyId { get; init; }

    /// <summary>Directory for files of rejected rows.</summary>
    public required string RejectedDirectory { get; init; }
}
