using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Readiness;

/// <summary>Source data to be held against the types of a target that may not be there yet.</summary>
public sealed record CompatibilityRequest
{
    /// <summary>Name of the database system in the spec; null without a spec.</summary>
    public string? System { get; init; }

    public required IDatabase Source { get; init; }

    /// <summary>The target's engine.</summary>
    public required ISqlDialect TargetDialect { get; init; }

    public required IReadOnlyList<TablePair> Pairs { get; init; }

    /// <summary>Keys listed a reason; all misfits are counted.</summary>
    public int SampleSize { get; init; } = 5;
}
