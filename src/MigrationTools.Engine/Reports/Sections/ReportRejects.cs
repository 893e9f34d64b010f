namespace MigrationTools.Engine.Reports.Sections;

/// <summary>Rows that a target could not take.</summary>
/// <param name="System">The system of the spec.</param>
/// <param name="Table">The target table.</param>
/// <param name="Rows">How many.</param>
/// <param name="File">Where all of them are kept with their reasons.</param>
public sealed record ReportRejects(string System, string Table, long Rows, string? File);
