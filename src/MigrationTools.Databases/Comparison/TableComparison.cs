using MigrationTools.Engine.Checks;

namespace MigrationTools.Databases.Comparison;

/// <summary>The two-sided result of comparing one table.</summary>
public sealed record TableComparison
{
    public required string Source { get; init; }

    public required string Target { get; init; }

    public required Verdict Verdict { get; init; }

    public ComparisonMethod Method { get; init; }

    /// <summary>Why this method: what was asked for, what was measured, or what kept another from being used.</summary>
    public string? MethodReason { get; init; }

    /// <summary>Rows really read on the source; null where it was not read.</summary>
    public long? SourceRows { get; init; }

    public long? TargetRows { get; init; }

    /// <summary>Exact counts, however many differences are listed.</summary>
    public long Missing { get; init; }

    public long Extra { get; init; }

    public long Changed { get; init; }

    public long DurationMs { get; init; }

    /// <summary>What a reader must know: a column that can't be compared, a precision that was cut, a list that was capped.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>At most as many as were asked for; the counts are of all.</summary>
    public IReadOnlyList<RowDifference> Differences { get; init; } = [];
}
