namespace MigrationTools.Engine.Reports.Sections;

/// <summary>One figure on both sides; null where it was not measured.</summary>
public sealed record ReportMeasure(string Name, string? Source, string? Target);
