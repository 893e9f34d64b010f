using MigrationTools.Databases.Steps;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Replication;

/// <summary>What the source offers: pg_publication and its tables (PostgreSQL documentation, 53.42).</summary>
internal static class Publication
{
    /// <summary>The tables that it has, in order of name; null where there is none of the name.</summary>
    public static async Task<IReadOnlyList<string>?> ReadAsync(IDatabaseSession session, string name, CancellationToken cancellationToken)
    {
        var there = await session.QueryAsync("select 1 from pg_catalog.pg_publication where pubname = $1", [name], cancellationToken).ConfigureAwait(false);
        if (there.Count == 0)
        {
            return null;
        }

        var tables = await session.QueryAsync(
            """
            select n.nspname || '.' || c.relname
            from pg_catalog.pg_publication_rel r
            join pg_catalog.pg_publication p on p.oid = r.prpubid
            join pg_catalog.pg_class c on c.oid = r.prrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where p.pubname = $1
            """,
            [name],
            cancellationToken).ConfigureAwait(false);
        return [.. tables.Select(row => row[0]!).Order(StringComparer.Ordinal)];
    }

    public static async Task DropAsync(IDatabase source, string name, CancellationToken cancellationToken)
    {
        var session = await SourceSession.OpenAsync(source, cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        await session.ExecuteAsync($"drop publication if exists {source.Dialect.Quote(name)}", [], cancellationToken).ConfigureAwait(false);
    }
}
