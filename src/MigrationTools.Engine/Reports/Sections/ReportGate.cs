using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Reports.Sections;

/// <summary>A gate: what was measured against what was demanded.</summary>
public sealed record ReportGate
{
    public required string Name { get; init; }

    /// <summary>The step after which it stands.</summary>
    public required string StepId { get; init; }

    /// <summary>NotRun where it was never judged.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Checks run of checks required, and what stood in the way.</summary>
    public required string Message { get; init; }

    /// <summary>The integrity score that it judged; null where nothing was measured.</summary>
    public double? Value { get; init; }

    /// <summary>The smallest score with which it passes; null where the verdicts alone decide.</summary>
    public double? Limit { get; init; }

    /// <summary>Required checks that ran to an answer; null where it was never judged.</summary>
    public int? Run { get; init; }

    public int? Required { get; init; }
}
