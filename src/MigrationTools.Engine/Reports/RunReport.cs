using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports.Sections;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Reports;

/// <summary>
/// Everything that a reader wants of a run, told from its journal alone. Written as <c>report.json</c> it is the source of every other
/// form. What did not run says <see cref="Checks.Verdict.NotRun"/>, and what was not measured is null: there is no default that
/// reads as good.
/// </summary>
public sealed record RunReport
{
    public required string RunId { get; init; }

    public required string SpecId { get; init; }

    public string? SpecName { get; init; }

    /// <summary>The spec's file as it was given.</summary>
    public string? SpecFile { get; init; }

    public MigrationType? Type { get; init; }

    public required StrategyKind Strategy { get; init; }

    public string? SourceVersion { get; init; }

    public string? TargetVersion { get; init; }

    public required string PlanHash { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary>The run's verdict as it stands: of its rollback where that is the last that it did.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The verdict of the migration itself, whatever was undone after: a rollback that passed does not make it pass.</summary>
    public required Verdict MigrationVerdict { get; init; }

    /// <summary>One line: why it stands where it stands.</summary>
    public required string Message { get; init; }

    /// <summary>What to do next, most useful first.</summary>
    public required IReadOnlyList<ReportAdvice> NextSteps { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Null where it did not end.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>From its start to its end (to now while it is under way), pauses included; null where neither is known.</summary>
    public long? DurationMs { get; init; }

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset GeneratedAt { get; init; }

    /// <summary>The version that wrote the report.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>All checks of readiness and validation.</summary>
    public required ReportTally Checks { get; init; }

    public required IReadOnlyList<ReportSystem> Systems { get; init; }

    /// <summary>What the plan's readers were told: tables left out, objects that are not converted.</summary>
    public required IReadOnlyList<string> PlanNotes { get; init; }

    public required ReportReadiness Readiness { get; init; }

    /// <summary>In the plan's order.</summary>
    public required IReadOnlyList<ReportStep> Steps { get; init; }

    public required IReadOnlyList<ReportGate> Gates { get; init; }

    public required ReportValidation Validation { get; init; }

    public required IReadOnlyList<ReportTable> Tables { get; init; }

    public required IReadOnlyList<ReportQuality> Quality { get; init; }

    /// <summary>What the referential and rule checks found, as they wrote it.</summary>
    public required IReadOnlyList<ReportFinding> Findings { get; init; }

    public required IReadOnlyList<ReportRejects> Rejected { get; init; }

    public required IReadOnlyList<ReportWaiver> Waivers { get; init; }

    /// <summary>Null where none began.</summary>
    public ReportRollback? Rollback { get; init; }

    public required ReportJournal Journal { get; init; }
}
