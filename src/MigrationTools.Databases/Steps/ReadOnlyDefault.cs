using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Steps;

/// <summary>
/// PostgreSQL's <c>default_transaction_read_only</c> of one database (ALTER DATABASE … SET; read back from pg_db_role_setting). It binds
/// sessions that begin later and can be overridden by them: it keeps out honest writers, not hostile ones.
/// </summary>
internal static class ReadOnlyDefault
{
    private const string Name = "default_transaction_read_only";

    /// <summary>on, off, or null where the database has no setting of its own.</summary>
    public static async Task<string?> ReadAsync(IDatabase database, CancellationToken cancellationToken)
    {
        var session = await database.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        var rows = await session.QueryAsync(
            """
            select split_part(setting, '=', 2)
            from pg_db_role_setting s
            join pg_database d on d.oid = s.setdatabase
            cross join unnest(s.setconfig) as setting
            where d.datname = current_database() and s.setrole = 0 and split_part(setting, '=', 1) = $1
            """,
            [Name],
            cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0][0];
    }

    /// <summary>Sets or (null) resets it.</summary>
    public static async Task WriteAsync(IDatabase database, string? value, CancellationToken cancellationToken)
    {
        var session = await database.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var dispose = session.ConfigureAwait(false);
        var name = (await session.QueryAsync("select current_database()", [], cancellationToken).ConfigureAwait(false))[0][0]!;
        var quoted = database.Dialect.Quote(name);
        // The session may itself be under the fence that it is to lift.
        await session.ExecuteAsync("set default_transaction_read_only = off", [], cancellationToken).ConfigureAwait(false);
        await session.ExecuteAsync(
            value is null ? $"alter database {quoted} reset {Name}" : $"alter database {quoted} set {Name} = {(value == "on" ? "on" : "off")}",
            [],
            cancellationToken).ConfigureAwait(false);
    }
}
