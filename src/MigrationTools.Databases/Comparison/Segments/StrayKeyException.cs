namespace MigrationTools.Databases.Comparison.Segments;

/// <summary>A column of whole numbers holds something else (SQLite lets it): the table has no stretches, and is divided by hash instead.</summary>
internal sealed class StrayKeyException : Exception;
