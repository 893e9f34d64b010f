using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Copying;

/// <summary>How far a table's copy is: a row of the progress table, written in the transaction of the rows that it speaks of.</summary>
/// <param name="Table">The target's name.</param>
/// <param name="Shape">Hash of what is copied into what; a copy goes on only in the same shape.</param>
internal sealed record CopyBookmark(string Table, string Shape)
{
    /// <summary>Chunks committed.</summary>
    public long Chunk { get; init; }

    /// <summary>Key of the last row read; null before the first chunk and for tables without a usable key.</summary>
    public RowBatch? LastKey { get; init; }

    /// <summary>Rows that the target holds.</summary>
    public long Rows { get; init; }

    public long Bytes { get; init; }

    public long Rejected { get; init; }

    /// <summary>Length of the file of rejected rows.</summary>
    public long RejectedLength { get; init; }

    public bool Finished { get; init; }
}
