using System.Collections.Concurrent;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <content>
/// What a snapshot does not keep: TRUNCATE and what writes a table anew leave older snapshots an empty one (PostgreSQL documentation, 13.6 "Caveats"). So what is read is locked
/// against them before its first row is, and it is asked whether they came before that.
/// </content>
internal sealed partial class PostgresSnapshot
{
    private const string Holding = "before_the_lock";

    /// <summary>
    /// Of what this session has locked, what had another file when the snapshot was taken: the catalog is read as of then, the function tells of now. And a table that was not there then.
    /// </summary>
    private const string WrittenAnew =
        """
        SELECT c.oid::pg_catalog.regclass
        FROM pg_catalog.pg_locks AS l
        JOIN pg_catalog.pg_class AS c ON c.oid = l.relation
        WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND c.relkind IN ('r', 'm')
          AND c.relfilenode <> 0 AND c.relfilenode <> pg_catalog.pg_relation_filenode(c.oid)
        UNION ALL
        SELECT t.oid
        FROM (SELECT pg_catalog.to_regclass($1)) AS t (oid)
        WHERE t.oid IS NOT NULL AND NOT EXISTS (SELECT FROM pg_catalog.pg_class AS c WHERE c.oid = t.oid)
        LIMIT 1
        """;

    private readonly ConcurrentDictionary<string, bool> _held = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _holding = new(1, 1);

    /// <summary>Locks what a query reads for as long as the snapshot lives. The first connection does it, for the others come and go.</summary>
    /// <exception cref="DatabaseException">It was written anew since the snapshot was taken.</exception>
    private async Task HoldAsync(RowQuery query, string doing, CancellationToken cancellationToken)
    {
        var name = query.Sql is null ? _dialect.Quote(query.Table!) : null;
        var key = name ?? query.Sql!;
        if (_held.ContainsKey(key))
        {
            return;
        }

        await _holding.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_held.ContainsKey(key))
            {
                await HoldAsync(query, name, doing, cancellationToken).ConfigureAwait(false);
                _held[key] = true;
            }
        }
        finally
        {
            _ = _holding.Release();
        }
    }

    private async Task HoldAsync(RowQuery query, string? name, string doing, CancellationToken cancellationToken)
    {
        _ = await _first.ExecuteAsync($"SAVEPOINT {Holding}", [], doing, cancellationToken).ConfigureAwait(false);
        try
        {
            // Planning locks whatever a query reads, and asks for the right to read it.
            var whole = new RowQuery { Table = query.Table, Sql = query.Sql, Columns = [] };
            _ = await _first.QueryAsync($"EXPLAIN {PostgresSelect.Rows(whole, _dialect, only: false)}", [], doing, cancellationToken).ConfigureAwait(false);
            var anew = await _first.QueryAsync(WrittenAnew, [name], doing, cancellationToken).ConfigureAwait(false);
            if (anew is [[{ } table]])
            {
                throw new DatabaseException(
                    ErrorIds.DatabaseError,
                    $"{doing} on {_endpoint} failed: {table} was emptied or written anew (TRUNCATE, ALTER TABLE, VACUUM FULL or the like) after the snapshot of this comparison or copy was taken, which no longer shows its rows. Nothing is said of it: begin again.");
            }
        }
        catch
        {
            // An error would end the transaction, and the snapshot with it.
            _ = await _first.ExecuteAsync($"ROLLBACK TO SAVEPOINT {Holding}", [], doing, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        _ = await _first.ExecuteAsync($"RELEASE SAVEPOINT {Holding}", [], doing, cancellationToken).ConfigureAwait(false);
    }
}
