using MigrationTools.Engine.Specs;

namespace MigrationTools.Databases.Integrity;

/// <summary>Business rules and the systems that they speak of.</summary>
public sealed record BusinessRuleRequest
{
    public required IReadOnlyList<RuleSpec> Rules { get; init; }

    public required IReadOnlyList<DatabaseSystemSpec> Systems { get; init; }
}
