namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>Two databases of a plan.</summary>
/// <param name="Name">The system's name in the spec; null for two endpoints.</param>
/// <param name="Source">The endpoint as it was written, with its references to secrets; a plan holds no endpoint with a secret written out.</param>
/// <param name="Target">Likewise.</param>
public sealed record PlannedSystem(string? Name, string Source, string Target);
