using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Integrity;

/// <summary>A database whose foreign keys are to be looked at.</summary>
public sealed record ReferentialRequest
{
    /// <summary>Name of the database system in the spec; null without a spec.</summary>
    public string? System { get; init; }

    /// <summary>Which side of the system the database is; null without a spec.</summary>
    public EndpointSide? Side { get; init; }

    public required IDatabase Database { get; init; }

    /// <summary>The database's structure as it was read.</summary>
    public required DatabaseSchema Schema { get; init; }

    /// <summary>
    /// The pairs of which the database is the target, all of them: what their sources declare and the target does not is checked all the same.
    /// Empty looks at the declared foreign keys only.
    /// </summary>
    public IReadOnlyList<TablePair> Pairs { get; init; } = [];

    /// <summary>Tables of the source that should have a pair and have none; what others lack a pair, the spec does not take.</summary>
    public IReadOnlyCollection<TableName> WithoutPlace { get; init; } = [];

    /// <summary>Tables whose foreign keys are looked at; null looks at all.</summary>
    public IReadOnlyCollection<TableName>? Tables { get; init; }

    /// <summary>Orphans listed a foreign key; all are counted.</summary>
    public int SampleSize { get; init; } = 5;
}
