namespace MigrationTools.Engine.Databases;

/// <summary>A view.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Definition">The SELECT (or the whole CREATE VIEW, in SQLite) as the server gives it.</param>
public sealed record ViewSchema(TableName Name, string Definition);
