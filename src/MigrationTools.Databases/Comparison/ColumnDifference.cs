namespace MigrationTools.Databases.Comparison;

/// <summary>A column whose values differ; null is NULL, and text is the value as people read it (long ones cut, and said so).</summary>
public sealed record ColumnDifference(string Name, string? Source, string? Target);
