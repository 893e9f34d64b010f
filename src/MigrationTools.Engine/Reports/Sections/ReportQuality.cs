using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Reports.Sections;

/// <summary>A column's figures on both sides: nulls, distinct values, smallest, largest, lengths.</summary>
public sealed record ReportQuality(
    string System, string Table, string Column, Verdict Verdict, IReadOnlyList<ReportMeasure> Measures, IReadOnlyList<string> Notes);
