namespace MigrationTools.Engine.Reports.JUnit;

/// <summary>Test cases under one name.</summary>
internal sealed record JUnitSuite(string Name, IReadOnlyList<JUnitCase> Cases);
