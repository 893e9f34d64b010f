using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Comparison.Segments;

/// <summary>A snapshot that can tell how a key's values lie.</summary>
internal interface ISegmentedSnapshot : IDatabaseSnapshot
{
    /// <summary>The engine's name.</summary>
    string Engine { get; }

    /// <summary>Rows of a query as the engine guesses now, whatever its statistics said when the schema was read; null where it has no guess.</summary>
    Task<long?> EstimateAsync(RowQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Whether cells of a type that both sides have are hashed as they come: equal values come as the same bytes, but for so few that reading these again costs less
    /// than bringing all into canonical form.
    /// </summary>
    bool HashesAsItComes(LogicalType type);

    /// <summary>The least and the largest value of a column of whole numbers; null where there is no row, or a value that is none.</summary>
    Task<(long Least, long Largest)?> BoundsAsync(RowQuery query, string column, CancellationToken cancellationToken);

    /// <summary>Values of a column of whole numbers from rows taken at random, in order; empty where the engine can't take any without reading all.</summary>
    Task<IReadOnlyList<long>> SampleAsync(RowQuery query, string column, int count, CancellationToken cancellationToken);

    /// <summary>Sessions of others that are at work now; null where the engine has none or won't say.</summary>
    Task<int?> CountActiveSessionsAsync(CancellationToken cancellationToken);
}
