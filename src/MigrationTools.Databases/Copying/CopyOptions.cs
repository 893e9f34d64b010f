namespace MigrationTools.Databases.Copying;

/// <summary>How to copy.</summary>
public sealed record CopyOptions
{
    /// <summary>Tables copied at once; at least 1. A SQLite target has one writer, so its tables take turns whatever is said here.</summary>
    public int Parallelism { get; init; } = 2;

    /// <summary>
    /// Rows in one committed chunk, from 1: a chunk ends with the batch of rows (a few hundred) in which it reaches this, or sooner by its bytes.
    /// </summary>
    public int ChunkRows { get; init; } = 50_000;

    /// <summary>Rejected rows accepted over all tables; one more throws <see cref="TooManyRejectedException"/>.</summary>
    public long MaxRejected { get; init; }

    /// <summary>Upper bound of rows read a second over all tables; null goes as fast as it can.</summary>
    public long? MaxRowsPerSecond { get; init; }

    /// <summary>Names the copy in the target's progress table, so that it can be resumed: the run and system.</summary>
    public required string CopyId { get; init; }

    /// <summary>Directory for files of rejected rows, of this copy alone. Made, private, when the first row is rejected.</summary>
    public required string RejectedDirectory { get; init; }
}
