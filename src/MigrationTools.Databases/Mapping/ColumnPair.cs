using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Mapping;

/// <summary>A target column and where its values come from.</summary>
/// <param name="Source">What is read on the source: its name there (or the target's, for an expression), its type, its SQL where it is an expression.</param>
/// <param name="Target">The column of the target.</param>
public sealed record ColumnPair(ReadColumn Source, ColumnSchema Target);
