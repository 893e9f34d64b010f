using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Replication;

/// <summary>The sequences that number the replicated tables: owned by their columns, or named in their defaults.</summary>
internal static class ReplicatedSequences
{
    public static async Task<IReadOnlyList<SequenceState>> ReadAsync(IDatabase database, DatabaseLayout layout, CancellationToken cancellationToken)
    {
        var snapshot = await database.OpenSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await using var disposeSnapshot = snapshot.ConfigureAwait(false);
        var all = await snapshot.ReadSequencesAsync(cancellationToken).ConfigureAwait(false);
        var session = await database.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var disposeSession = session.ConfigureAwait(false);
        var tables = layout.Pairs.Select(pair => pair.Target.Name).ToHashSet();
        var inDefaults = (await session.QueryAsync(
            """
            select tn.nspname, t.relname, sn.nspname, s.relname
            from pg_catalog.pg_attrdef a
            join pg_catalog.pg_class t on t.oid = a.adrelid
            join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
            join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_attrdef'::regclass and d.objid = a.oid and d.refclassid = 'pg_catalog.pg_class'::regclass
            join pg_catalog.pg_class s on s.oid = d.refobjid and s.relkind = 'S'
            join pg_catalog.pg_namespace sn on sn.oid = s.relnamespace
            """,
            [],
            cancellationToken).ConfigureAwait(false))
            .Where(row => tables.Contains(new TableName(row[0], row[1]!)))
            .Select(row => new TableName(row[2], row[3]!))
            .ToHashSet();
        return [.. all.Where(position => (position.Table is { } table && tables.Contains(table)) || inDefaults.Contains(position.Sequence))];
    }

    public static async Task SetAsync(IDatabase database, IReadOnlyList<SequenceState> positions, CancellationToken cancellationToken)
    {
        var session = await database.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        foreach (var sql in positions.Select(database.Dialect.SetSequence).OfType<string>())
        {
            await session.QueryAsync(sql, [], cancellationToken).ConfigureAwait(false);
        }
    }
}
