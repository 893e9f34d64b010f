namespace MigrationTools.Databases.Postgres;

/// <summary>One thing done to a row's hash so far.</summary>
/// <param name="Kind">What.</param>
/// <param name="Column">Of which column, by its place; without meaning for <see cref="PostgresHashLinkKind.Mix"/>.</param>
internal readonly record struct PostgresHashLink(PostgresHashLinkKind Kind, int Column);
