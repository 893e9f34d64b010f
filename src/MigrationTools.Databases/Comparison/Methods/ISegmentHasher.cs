using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Methods;

/// <summary>Sums up one side of a table by segment without bringing its rows here, or where that can't be, from rows read here.</summary>
internal interface ISegmentHasher
{
    /// <summary>Adds counts and sums of all rows, or of those within some spans of whole segments, to a digest.</summary>
    Task SumAsync(IReadOnlyList<KeySpan>? within, SegmentDigest into, CancellationToken cancellationToken);
}
