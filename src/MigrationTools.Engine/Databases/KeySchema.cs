namespace MigrationTools.Engine.Databases;

/// <summary>A primary or unique key.</summary>
/// <param name="Name">The constraint's name; null where the engine gives it none.</param>
/// <param name="Columns">In key order.</param>
public sealed record KeySchema(string? Name, IReadOnlyList<string> Columns);
