namespace MigrationTools.Databases.Comparison.Partitions;

/// <summary>
/// Which databases an attempt read of a system, as hashes that tell nobody a path or a host: an endpoint with a reference in it (<c>${env:NAME}</c>), or a relative path, may
/// lead elsewhere on another machine, and what was found there says nothing of this one.
/// </summary>
/// <param name="System">The system's name in the spec; null for two endpoints.</param>
/// <param name="Source">Of the source: a PostgreSQL server's own name of its data and database (its address, where it does not tell), or a file's real path.</param>
/// <param name="Target">Of the target.</param>
public sealed record ReadSystem(string? System, string Source, string Target);
