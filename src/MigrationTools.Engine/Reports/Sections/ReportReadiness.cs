using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Reports.Sections;

/// <summary>Whether the migration was ready to begin.</summary>
/// <param name="Verdict">The required checks combined; NotRun where none ran.</param>
/// <param name="Tally">The checks in numbers.</param>
/// <param name="Checks">As they were made.</param>
public sealed record ReportReadiness(Verdict Verdict, ReportTally Tally, IReadOnlyList<CheckResult> Checks);
