using MigrationTools.Engine.Checks;

namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>The results of a plan's partitions as the result of one comparison.</summary>
public sealed record MergedComparison
{
    public required string PlanId { get; init; }

    /// <summary>The tables' verdicts combined. A partition without a result is NotRun, so that nothing is Passed that is not whole.</summary>
    public required Verdict Verdict { get; init; }

    public required IReadOnlyList<MergedSystem> Systems { get; init; }

    /// <summary>Partitions of the plan.</summary>
    public required int Planned { get; init; }

    /// <summary>Partitions that have a result.</summary>
    public required int Merged { get; init; }

    /// <summary>Indexes without a result, in order.</summary>
    public required IReadOnlyList<int> Missing { get; init; }

    public required IReadOnlyList<RepeatedPartition> Repeated { get; init; }

    public required IReadOnlyList<RefusedResult> Refused { get; init; }

    /// <summary>When the first partition began to read; null where none did.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When the last one ended.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>What a reader must know of the whole.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
