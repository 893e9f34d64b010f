using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Reports.Sections;

/// <summary>The proof that the data arrived.</summary>
public sealed record ReportValidation
{
    /// <summary>All groups and what was not checked combined; NotRun where nothing was.</summary>
    public required Verdict Verdict { get; init; }

    public required ReportTally Tally { get; init; }

    public required ReportScore Score { get; init; }

    public required IReadOnlyList<ReportCheckGroup> Groups { get; init; }

    /// <summary>Ids of steps with a gate whose checks were never seen: how many there would have been is not known.</summary>
    public required IReadOnlyList<string> StepsNotChecked { get; init; }
}
