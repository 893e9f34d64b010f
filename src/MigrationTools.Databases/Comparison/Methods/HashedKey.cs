namespace MigrationTools.Databases.Comparison.Methods;

/// <summary>A row by its key and its hash.</summary>
internal readonly record struct HashedKey(long Key, long Hash);
