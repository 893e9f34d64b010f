using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Reports.Sections;

/// <summary>The undoing of a step.</summary>
public sealed record ReportCompensation
{
    public required string StepId { get; init; }

    /// <summary>What was to be done, or that there was nothing to undo.</summary>
    public required string Description { get; init; }

    /// <summary>Passed only where the step was seen to be undone; NotRun where it was not begun.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What was seen; null where nothing was.</summary>
    public string? Seen { get; init; }

    public string? ErrorId { get; init; }

    public string? Error { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public int Attempts { get; init; }

    public required IReadOnlyList<CheckResult> Checks { get; init; }

    public required IReadOnlyList<Evidence> Evidence { get; init; }
}
