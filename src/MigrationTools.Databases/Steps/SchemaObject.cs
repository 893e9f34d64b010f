namespace MigrationTools.Databases.Steps;

/// <summary>An object of a schema by kind and name: enough to tell what was there before a run.</summary>
/// <param name="Kind">table, view, sequence, or the kind of an <see cref="Engine.Databases.OtherObject"/>.</param>
/// <param name="Schema">Null where the engine has none, or for kinds that the model knows by one name.</param>
/// <param name="Name">Unquoted.</param>
public sealed record SchemaObject(string Kind, string? Schema, string Name);
