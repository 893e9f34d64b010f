using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Integrity;

/// <summary>Two databases and the tables of them that belong together.</summary>
public sealed record TwoSidedRequest
{
    /// <summary>Name of the database system in the spec; null where two databases are looked at without a spec.</summary>
    public string? System { get; init; }

    public required IDatabase Source { get; init; }

    public required IDatabase Target { get; init; }

    /// <summary>The tables to look at; nothing else is.</summary>
    public required IReadOnlyList<TablePair> Pairs { get; init; }
}
