using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Methods;

/// <summary>A snapshot whose engine has hash functions for values, which mean what the canonical form means. Both sides must be of one engine.</summary>
internal interface INativeHashing : ISegmentedSnapshot
{
    /// <summary>What the server gives the columns of a query as, in words of the engine.</summary>
    Task<IReadOnlyList<string>> DescribeAsync(RowQuery query, CancellationToken cancellationToken);

    /// <summary>The way in which columns of two types are hashed so that equal values have equal hashes and no others; null where there is none.</summary>
    string? FormOf(string sourceType, string targetType, ColumnMeaning meaning);

    /// <summary>
    /// Tries the ways on values known beforehand. Answers what the functions gave, which must be the same on the other side.
    /// </summary>
    /// <exception cref="DatabaseException">The functions do not tell apart, or do not take as equal, what they must.</exception>
    Task<string> ProbeAsync(IReadOnlyList<string> forms, CancellationToken cancellationToken);

    IRowHasher HashNatively(RowQuery query, HashedRow row, Segmentation segmentation);
}
