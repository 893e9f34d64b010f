using MigrationTools.Databases.Comparison;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Databases.Integrity;

/// <summary>One result of a proof: the check, and what it was made of (at most one of the others is set).</summary>
public sealed record ProofItem(CheckResult Check)
{
    public RecordCountResult? Counts { get; init; }

    public TableComparison? Comparison { get; init; }

    public ReferentialResult? Referential { get; init; }

    public BusinessRuleResult? Rule { get; init; }

    public ColumnQualityResult? Quality { get; init; }
}
