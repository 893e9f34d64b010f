namespace MigrationTools.Databases.Copying;

/// <summary>What copying a table did.</summary>
public sealed record TableCopyResult
{
    public required string Source { get; init; }

    public required string Target { get; init; }

    /// <summary>Rows in committed chunks, over all attempts.</summary>
    public long Rows { get; init; }

    /// <summary>Of these, rows that an earlier attempt had committed.</summary>
    public long ResumedRows { get; init; }

    /// <summary>Rows that the target could not take, all in <see cref="RejectedFile"/>.</summary>
    public long Rejected { get; init; }

    /// <summary>JSON Lines: key, reason and values of every rejected row; null where none was.</summary>
    public string? RejectedFile { get; init; }

    public long Bytes { get; init; }

    public TimeSpan Duration { get; init; }
}
