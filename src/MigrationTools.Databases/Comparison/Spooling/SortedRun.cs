namespace MigrationTools.Databases.Comparison.Spooling;

/// <summary>A stretch of a spool file that holds rows in order.</summary>
internal readonly record struct SortedRun(long Start, long End);
