using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Reports.Sections;

/// <summary>What a referential or rule check found, in the figures that it wrote.</summary>
/// <param name="Category">referential or rules.</param>
/// <param name="System">The system of the spec.</param>
/// <param name="Subject">The table, constraint or rule.</param>
/// <param name="Verdict">NotRun where it gave none.</param>
/// <param name="Facts">Name and value; null is: not measured.</param>
public sealed record ReportFinding(string Category, string System, string Subject, Verdict Verdict, IReadOnlyList<KeyValuePair<string, string?>> Facts);
