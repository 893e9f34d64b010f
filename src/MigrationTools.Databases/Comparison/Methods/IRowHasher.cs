using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Methods;

/// <summary>A hasher that also tells the hash of each row.</summary>
internal interface IRowHasher : ISegmentHasher
{
    /// <summary>Hashes some rows and forgets them: how long that takes is what was asked.</summary>
    Task TryAsync(long rows, CancellationToken cancellationToken);

    /// <summary>Key (of one column of whole numbers) and hash of the rows of some spans, in any order.</summary>
    Task ReadAsync(IReadOnlyList<KeySpan> spans, List<HashedKey> into, CancellationToken cancellationToken);

    /// <summary>The rows of some segments, where the engine can tell a row's segment.</summary>
    RowQuery Narrow(RowQuery rows, IReadOnlyList<int> segments);
}
