using System.Text.Json;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>
/// Where a worker finds again what the plan was made of. Two endpoints are in the plan itself (<see cref="PlannedSystem"/>); a spec is read again and must
/// still have the hash, and so must a run's.
/// </summary>
public sealed record PlanOrigin
{
    /// <summary>Absolute path of the spec's file; null where there was none.</summary>
    public string? SpecPath { get; init; }

    /// <summary>The run whose spec it was; null where there was none.</summary>
    public string? RunId { get; init; }

    /// <summary>SHA-256 (hex) of the spec's text; null for two endpoints.</summary>
    public string? SpecHash { get; init; }

    /// <summary>For two endpoints: what a relative path in them is relative to.</summary>
    public string? BaseDirectory { get; init; }

    /// <summary>Wildcards of the tables that were asked for; empty for all.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>Wildcards of those that were left out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Conditions, queries, keys and columns that were asked for, in the form of whoever asked; null for none.</summary>
    public JsonElement? Selection { get; init; }
}
