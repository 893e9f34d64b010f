using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Segments;

/// <summary>A reader whose cells can be hashed as they lie, without being made into rows first.</summary>
internal interface IDigestingReader : IRowReader
{
    /// <summary>Adds the next rows to a digest; answers how many, 0 at the end. One reader either digests or reads, never both.</summary>
    /// <exception cref="DatabaseException">The server or the connection failed.</exception>
    /// <exception cref="StrayKeyException">A key that was said to be of whole numbers is not.</exception>
    ValueTask<long> DigestAsync(CellDigest into, CancellationToken cancellationToken);
}
