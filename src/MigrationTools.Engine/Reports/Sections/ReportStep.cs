using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Reports.Sections;

/// <summary>A step of the plan and what came of it.</summary>
public sealed record ReportStep
{
    public required string Id { get; init; }

    public required string Phase { get; init; }

    public required string System { get; init; }

    /// <summary>Such as <c>database.copy</c>.</summary>
    public required string Verb { get; init; }

    public required string Description { get; init; }

    /// <summary>What its last attempt came to, before anything was undone: NotRun where it did not begin, Inconclusive where its end was not seen.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Where it stands now: Compensated where it was undone.</summary>
    public required StepStatus Status { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The end of its last attempt; null where none was journalled.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long its last attempt worked; null where its end was not seen.</summary>
    public long? DurationMs { get; init; }

    /// <summary>How often its action was begun.</summary>
    public required int Attempts { get; init; }

    /// <summary>Every attempt, and every attempt to undo it, in order.</summary>
    public required IReadOnlyList<ReportSpan> Spans { get; init; }

    /// <summary>What its last attempt saw; null where it saw nothing.</summary>
    public string? Summary { get; init; }

    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>What a look after a cut found; null where none was needed.</summary>
    public string? Looked { get; init; }

    public string? ErrorId { get; init; }

    public string? Error { get; init; }

    /// <summary>What undoes it, as people read it; null where <see cref="Irreversible"/> says why nothing does.</summary>
    public string? Compensation { get; init; }

    public string? Irreversible { get; init; }

    /// <summary>After this step the source can't be restored without loss.</summary>
    public required bool PointOfNoReturn { get; init; }

    /// <summary>How long the plan thought it would take; null where there was no basis.</summary>
    public long? EstimateMs { get; init; }

    /// <summary>What the estimate rested on, or why there was none.</summary>
    public required string EstimateBasis { get; init; }
}
