namespace MigrationTools.Engine.Databases;

/// <summary>A CHECK constraint.</summary>
/// <param name="Name">Null where it has none.</param>
/// <param name="Expression">The condition as SQL of the server, without the word CHECK.</param>
public sealed record CheckSchema(string? Name, string Expression);
