namespace MigrationTools.Engine.Reports.Sections;

/// <summary>A system that the migration moves.</summary>
/// <param name="Name">Its name in the spec.</param>
/// <param name="Kind">Such as database; null where the spec was not at hand.</param>
/// <param name="Source">Redacted endpoint; null where it is not known.</param>
/// <param name="Target">Redacted endpoint; null where it is not known.</param>
public sealed record ReportSystem(string Name, string? Kind, string? Source, string? Target);
