namespace MigrationTools.Engine.Reports.Sections;

/// <summary>A column whose values differ; null is NULL.</summary>
public sealed record ReportColumnDifference(string Name, string? Source, string? Target);
