using System.Globalization;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Steps;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Replication;

/// <summary>
/// Whether two databases can be kept in step by logical replication (PostgreSQL documentation, 31.6 restrictions, 31.10 settings): tables and columns of the
/// same names, WAL that can be decoded, and a way to tell rows apart in every table.
/// </summary>
public static class ReplicationFitness
{
    /// <summary>What the plan can't be made without.</summary>
    /// <param name="source">PostgreSQL.</param>
    /// <param name="layout">The pairs as they will be.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<FitnessAnswer>> AskAsync(IDatabase source, DatabaseLayout layout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(layout);
        var session = await SourceSession.OpenAsync(source, cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        return [await WalLevelAsync(session, cancellationToken).ConfigureAwait(false), Names(layout), await KeysAsync(session, layout, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>What the source's login and server must have left for a publication and a slot.</summary>
    public static async Task<IReadOnlyList<FitnessAnswer>> AskSourceAsync(IDatabase source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var session = await SourceSession.OpenAsync(source, cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        const string rights = "select (rolsuper or rolreplication) and pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE') from pg_catalog.pg_roles where rolname = current_user";
        const string slots = "select current_setting('max_replication_slots')::int - (select count(*) from pg_catalog.pg_replication_slots)";
        const string senders = "select current_setting('max_wal_senders')::int - (select count(*) from pg_catalog.pg_stat_replication)";
        var may = await ScalarAsync(session, rights, cancellationToken).ConfigureAwait(false);
        var freeSlots = Number(await ScalarAsync(session, slots, cancellationToken).ConfigureAwait(false));
        var freeSenders = Number(await ScalarAsync(session, senders, cancellationToken).ConfigureAwait(false));
        return
        [
            new FitnessAnswer("sourceRights", "the source's login may publish and make a slot", may == "t",
                may == "t" ? "the login may" : "the source's login may not make a publication and a slot", "Give it REPLICATION and CREATE on the database (and the ownership of the tables).", rights, may),
            Free("slots", "the source has free replication slots", freeSlots, slots, "max_replication_slots"),
            Free("senders", "the source has free WAL senders", freeSenders, senders, "max_wal_senders"),
        ];
    }

    /// <summary>What the target's login must have for a subscription.</summary>
    public static async Task<FitnessAnswer> AskTargetAsync(IDatabase target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var session = await target.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        // The role came with PostgreSQL 16; before, only superusers subscribe.
        const string rights =
            """
            select exists (
                select 1 from pg_catalog.pg_roles
                where rolname = current_user
                  and (rolsuper or exists (select 1 from pg_catalog.pg_roles r where r.rolname = 'pg_create_subscription' and pg_catalog.pg_has_role(current_user, r.oid, 'USAGE'))))
            """;
        var may = await ScalarAsync(session, rights, cancellationToken).ConfigureAwait(false);
        return new FitnessAnswer("targetRights", "the target's login may subscribe", may == "t",
            may == "t" ? "the login may" : "the target's login may not make a subscription", "Log in as a superuser, or (PostgreSQL 16 and later) grant it pg_create_subscription.", rights, may);
    }

    private static async Task<FitnessAnswer> WalLevelAsync(IDatabaseSession session, CancellationToken cancellationToken)
    {
        const string query = "show wal_level";
        var seen = await ScalarAsync(session, query, cancellationToken).ConfigureAwait(false);
        return new FitnessAnswer("walLevel", "the source writes WAL that can be decoded", seen == "logical",
            $"wal_level of the source is {seen}", "Set wal_level = logical on the source and restart it, or choose replication: none.", query, seen);
    }

    private static FitnessAnswer Names(DatabaseLayout layout)
    {
        var other = layout.Pairs.SelectMany(Unlike).ToList();
        return new FitnessAnswer("names", "tables and columns have the same names on both sides", other.Count == 0,
            other.Count == 0 ? $"{layout.Pairs.Count} tables have the same names" : string.Join("; ", other.Take(5)) + (other.Count > 5 ? $"; and {other.Count - 5} more" : ""),
            "Rename after the cut-over, or choose replication: none.", "the schemas of both sides", $"{other.Count} unlike");
    }

    private static IEnumerable<string> Unlike(TablePair pair)
    {
        if (pair.Source is null || pair.Where is not null || pair.Columns.Any(column => column.Source.Expression is not null))
        {
            yield return $"{pair.TargetName} is filled by a query, a condition or an expression";
            yield break;
        }

        if (pair.Source.Name != pair.Target.Name)
        {
            yield return $"{pair.SourceName} is {pair.TargetName} on the target";
        }

        foreach (var column in pair.Columns.Where(column => column.Source.Name != column.Target.Name))
        {
            yield return $"{pair.SourceName}.{column.Source.Name} is {column.Target.Name} on the target";
        }

        // What is published must have a place; generated columns are not published.
        foreach (var column in pair.Source.Columns.Where(column => !column.Generated && !pair.Target.Columns.Any(own => own.Name == column.Name)))
        {
            yield return $"{pair.SourceName}.{column.Name} has no column of its name on the target";
        }
    }

    private static async Task<FitnessAnswer> KeysAsync(IDatabaseSession session, DatabaseLayout layout, CancellationToken cancellationToken)
    {
        const string query =
            """
            select n.nspname, c.relname
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p')
              and not (c.relreplident = 'f'
                or (c.relreplident = 'd' and exists (select 1 from pg_catalog.pg_index i where i.indrelid = c.oid and i.indisprimary))
                or (c.relreplident = 'i' and exists (select 1 from pg_catalog.pg_index i where i.indrelid = c.oid and i.indisreplident)))
            """;
        var taken = layout.Pairs.Select(pair => pair.Source?.Name).OfType<TableName>().ToHashSet();
        var keyless = (await session.QueryAsync(query, [], cancellationToken).ConfigureAwait(false))
            .Select(row => new TableName(row[0], row[1]!)).Where(taken.Contains).Select(name => name.ToString()).Order(StringComparer.Ordinal).ToList();
        return new FitnessAnswer("keys", "every table has a key that tells its rows apart", keyless.Count == 0,
            keyless.Count == 0 ? $"{taken.Count} tables have one" : $"without a primary key or a replica identity: {string.Join(", ", keyless)}",
            "Give each a primary key (or ALTER TABLE … REPLICA IDENTITY), exclude them, or choose replication: none.", query, keyless.Count == 0 ? "none without" : string.Join(", ", keyless));
    }

    private static FitnessAnswer Free(string id, string question, long free, string query, string setting) => new(
        id, question, free > 0, $"{free} are free", $"Raise {setting} on the source, or end what holds them. Copying uses one more a table at a time (max_sync_workers_per_subscription of the target).",
        query, free.ToString(CultureInfo.InvariantCulture));

    private static async Task<string?> ScalarAsync(IDatabaseSession session, string sql, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(sql, [], cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0][0];
    }

    private static long Number(string? text) => long.Parse(text ?? "0", CultureInfo.InvariantCulture);
}
