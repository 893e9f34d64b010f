using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Reports.Sections;

/// <summary>The checks of one category.</summary>
/// <param name="Category">Such as counts, checksums, referential, rule, quality.</param>
/// <param name="Verdict">Its required checks combined (all of them where none is required); Skipped where the spec skips them all.</param>
/// <param name="Tally">The checks in numbers.</param>
/// <param name="Checks">As they were made, with waivers applied.</param>
public sealed record ReportCheckGroup(string Category, Verdict Verdict, ReportTally Tally, IReadOnlyList<CheckResult> Checks);
