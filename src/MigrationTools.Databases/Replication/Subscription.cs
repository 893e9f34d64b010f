using System.Globalization;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Replication;

/// <summary>What the target takes: pg_subscription and pg_subscription_rel (PostgreSQL documentation, 53.54 and 53.55).</summary>
/// <param name="Id">Its oid, which the names of its tables' slots hold.</param>
/// <param name="Enabled">Whether a worker may run.</param>
/// <param name="Slot">The slot on the source that it reads; null where it was detached.</param>
internal sealed record Subscription(string Id, bool Enabled, string? Slot)
{
    public static async Task<Subscription?> ReadAsync(IDatabaseSession session, string name, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(
            """
            select s.oid, s.subenabled, s.subslotname
            from pg_catalog.pg_subscription s
            join pg_catalog.pg_database d on d.oid = s.subdbid
            where s.subname = $1 and d.datname = pg_catalog.current_database()
            """,
            [name],
            cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : new Subscription(rows[0][0]!, rows[0][1] == "t", rows[0][2]);
    }

    /// <summary>Its tables with their states: i and d before and in the copy, f and s catching up, r in step.</summary>
    public static async Task<IReadOnlyList<(string Table, string State)>> TablesAsync(IDatabaseSession session, string name, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(
            """
            select n.nspname || '.' || c.relname, r.srsubstate
            from pg_catalog.pg_subscription_rel r
            join pg_catalog.pg_subscription s on s.oid = r.srsubid
            join pg_catalog.pg_class c on c.oid = r.srrelid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where s.subname = $1
            """,
            [name],
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => (row[0]!, row[1]!)).OrderBy(row => row.Item1, StringComparer.Ordinal)];
    }

    /// <summary>Rows and bytes of the copies that run now.</summary>
    public static async Task<(long Rows, long Bytes)> CopyingAsync(IDatabaseSession session, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(
            "select coalesce(sum(tuples_processed), 0)::bigint, coalesce(sum(bytes_processed), 0)::bigint from pg_catalog.pg_stat_progress_copy where datname = pg_catalog.current_database()",
            [],
            cancellationToken).ConfigureAwait(false);
        return (Number(rows[0][0]), Number(rows[0][1]));
    }

    /// <summary>How often its workers failed, copying and applying; null on servers that don't count it (before 15).</summary>
    public static async Task<long?> FailuresAsync(IDatabaseSession session, string name, CancellationToken cancellationToken)
    {
        var known = await session.QueryAsync("select pg_catalog.to_regclass('pg_catalog.pg_stat_subscription_stats') is not null", [], cancellationToken).ConfigureAwait(false);
        if (known[0][0] != "t")
        {
            return null;
        }

        var rows = await session.QueryAsync(
            "select apply_error_count + sync_error_count from pg_catalog.pg_stat_subscription_stats where subname = $1", [name], cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? 0 : Number(rows[0][0]);
    }

    private static long Number(string? text) => long.Parse(text ?? "0", CultureInfo.InvariantCulture);
}
