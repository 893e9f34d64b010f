using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Triggers;

namespace MigrationTools.Engine.Reports.Sections;

/// <summary>The way back: the steps that had begun, undone in reverse order.</summary>
public sealed record ReportRollback
{
    public required string Reason { get; init; }

    /// <summary>Who asked for it; null where that was not written.</summary>
    public string? By { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null where it did not end.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where a trigger fired: from the first bad sample to the alarm, and to the moment when all traffic was read back on the old side (null while it is not).</summary>
    public TrafficReturn? TrafficReturn { get; init; }

    /// <summary>All compensations combined; Passed where no step had begun and the rollback ended.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>How often it was begun.</summary>
    public required int Attempts { get; init; }

    /// <summary>In the order in which they are undone.</summary>
    public required IReadOnlyList<ReportCompensation> Compensations { get; init; }
}
