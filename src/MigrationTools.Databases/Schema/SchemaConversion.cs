using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Schema;

/// <summary>A schema as another engine can hold it.</summary>
/// <param name="Tables">
/// What to create, referenced tables before those that refer to them where that is possible. Types, defaults, checks and
/// index definitions are SQL of the target engine.
/// </param>
/// <param name="LeftBehind">Everything of the source that is not in <paramref name="Tables"/>, with the reason.</param>
public sealed record SchemaConversion(IReadOnlyList<TableSchema> Tables, IReadOnlyList<LeftBehindObject> LeftBehind);
