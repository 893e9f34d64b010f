namespace MigrationTools.Engine.Reports.Sections;

/// <summary>The integrity score of the whole migration.</summary>
/// <param name="Value">0 to 1; null where it was not measured.</param>
/// <param name="Run">Required checks that ran to an answer.</param>
/// <param name="Required">How many were required.</param>
/// <param name="Note">Why it was not measured, or what to know of it; null where there is nothing to say.</param>
public sealed record ReportScore(double? Value, int Run, int Required, string? Note);
