using MigrationTools.Databases.Comparison.Methods;
using System.Collections.Concurrent;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using Npgsql;

namespace MigrationTools.Databases.Postgres;

/// <summary>
/// A REPEATABLE READ, READ ONLY transaction whose snapshot is exported, and readers that import it on connections of their own
/// (PostgreSQL documentation, 9.27.5). The first connection stays open, for the snapshot lives as long as its transaction.
/// </summary>
internal sealed partial class PostgresSnapshot : INativeHashing, ITextHashing
{
    private const string Opening = "Opening a snapshot";

    private readonly Endpoint _endpoint;
    private readonly NpgsqlDataSource _source;
    private readonly PostgresDialect _dialect;
    private readonly PostgresConnection _first;
    private readonly string _id;
    private readonly PostgresWireTypes _types = new();
    private readonly ConcurrentDictionary<TableName, bool> _readOnlyOwnRows = new();
    private readonly ConcurrentBag<PostgresConnection> _idle = [];
    private volatile bool _disposed;

    private PostgresSnapshot(Endpoint endpoint, NpgsqlDataSource source, PostgresDialect dialect, PostgresConnection first, string id, string position)
    {
        _endpoint = endpoint;
        _source = source;
        _dialect = dialect;
        _first = first;
        _id = id;
        Position = position;
    }

    public string Position { get; }

    public static async Task<PostgresSnapshot> OpenAsync(Endpoint endpoint, NpgsqlDataSource source, PostgresDialect dialect, CancellationToken cancellationToken)
    {
        var first = await PostgresConnection.OpenAsync(endpoint, source, cancellationToken).ConfigureAwait(false);
        try
        {
            _ = await first.ExecuteAsync($"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {WithoutCompiling}", [], Opening, cancellationToken).ConfigureAwait(false);
            var rows = await first.QueryAsync(
                """
                SELECT pg_catalog.pg_export_snapshot(),
                       CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn() ELSE pg_catalog.pg_current_wal_lsn() END
                """,
                [],
                Opening,
                cancellationToken).ConfigureAwait(false);
            var (id, lsn) = (rows[0][0]!, rows[0][1]);
            return new PostgresSnapshot(endpoint, source, dialect, first, id, $"snapshot {id} at {lsn ?? "unknown position"}");
        }
        catch
        {
            await first.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task<IRowReader> ReadAsync(RowQuery query, CancellationToken cancellationToken) => ReadAsync(query, Form.Packed, cancellationToken);

    private async Task<IRowReader> ReadAsync(RowQuery query, Form form, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var doing = $"Reading {query.Table?.ToString() ?? "a query"}";
        var connection = await LeaseAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var only = await BeginReadingAsync(connection, query, doing, cancellationToken).ConfigureAwait(false);
            var (select, wires) = await PrepareAsync(connection, query, only, doing, cancellationToken).ConfigureAwait(false);
            if (form == Form.Packed && await PackAsync(connection, query, wires, only, doing, cancellationToken).ConfigureAwait(false) is { } packing)
            {
                return await ReadPackedAsync(connection, query, packing, doing, cancellationToken).ConfigureAwait(false);
            }

            var stream = await connection.CopyAsync($"COPY (\n{select}\n) TO STDOUT (FORMAT BINARY)", doing, cancellationToken).ConfigureAwait(false);

            // A server that is cancelled while it sorts sends that the COPY begins before it sends that it ended.
            cancellationToken.ThrowIfCancellationRequested();
            return new PostgresRowReader(connection, stream, wires, doing, ReturnAsync);
        }
        catch
        {
            // The failure has aborted the transaction that held the snapshot.
            await ReturnAsync(connection, usable: false).ConfigureAwait(false);
            throw;
        }
    }

    public async Task<string?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var rows = await AsTheServerHasItAsync(connection => connection.QueryAsync(sql, [], "A query", cancellationToken), cancellationToken).ConfigureAwait(false);
        return rows.Count == 0 || rows[0].Length == 0 ? null : rows[0][0];
    }

    public Task<QueryAnswer> AskAsync(string sql, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return AsTheServerHasItAsync(connection => connection.AskAsync(sql, "A query", cancellationToken), cancellationToken);
    }

    private Task<T> AsTheServerHasItAsync<T>(Func<PostgresConnection, Task<T>> ask, CancellationToken cancellationToken) =>
        WithConnectionAsync(
            async connection =>
            {
                _ = await connection.ExecuteAsync(CompilingAsTheServerHasIt, [], "A query", cancellationToken).ConfigureAwait(false);
                var result = await ask(connection).ConfigureAwait(false);
                await CheckStillInSnapshotAsync(connection, cancellationToken).ConfigureAwait(false);
                _ = await connection.ExecuteAsync(WithoutCompiling, [], "A query", cancellationToken).ConfigureAwait(false);
                return result;
            },
            cancellationToken);

    public async Task<long> CountAsync(RowQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var doing = $"Counting {query.Table?.ToString() ?? "a query"}";
        var rows = await WithConnectionAsync(
            async connection =>
            {
                var only = await BeginReadingAsync(connection, query, doing, cancellationToken).ConfigureAwait(false);
                return await connection.QueryAsync(PostgresSelect.Count(query, _dialect, only), [], doing, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return long.Parse(rows[0][0]!, System.Globalization.CultureInfo.InvariantCulture);
    }

    public Task<IReadOnlyList<SequenceState>> ReadSequencesAsync(CancellationToken cancellationToken) =>
        WithConnectionAsync(connection => PostgresSequences.ReadAsync(connection, _dialect, cancellationToken), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        while (_idle.TryTake(out var connection))
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        await _first.DisposeAsync().ConfigureAwait(false);
        _holding.Dispose();
    }

    private async Task<(string Select, PostgresWire[] Wires)> PrepareAsync(
        PostgresConnection connection, RowQuery query, bool only, string doing, CancellationToken cancellationToken)
    {
        var select = PostgresSelect.Rows(query, _dialect, only);
        var types = await connection.DescribeAsync(select, doing, cancellationToken).ConfigureAwait(false);
        var wires = await _types.OfAsync(connection, types, doing, cancellationToken).ConfigureAwait(false);
        if (!wires.Contains(PostgresWire.ObjectName))
        {
            return (select, wires);
        }

        // The oid that such a type sends means something else in another database; its name does not.
        var byName = query with { Columns = query.Columns.Select((column, index) => column with { AsText = column.AsText || wires[index] == PostgresWire.ObjectName }).ToList() };
        return (PostgresSelect.Rows(byName, _dialect, only), wires);
    }

    /// <summary>Locks what is read; answers whether only a table's own rows are.</summary>
    private async Task<bool> BeginReadingAsync(PostgresConnection connection, RowQuery query, string doing, CancellationToken cancellationToken)
    {
        await HoldAsync(query, doing, cancellationToken).ConfigureAwait(false);
        return await ReadsOnlyOwnRowsAsync(connection, query, doing, cancellationToken).ConfigureAwait(false);
    }

    // The rows of a table that inherits are that table's own and are read with it; a partition's are read with the whole.
    private async Task<bool> ReadsOnlyOwnRowsAsync(PostgresConnection connection, RowQuery query, string doing, CancellationToken cancellationToken)
    {
        if (query.Table is not { } table || query.Sql is not null)
        {
            return false;
        }

        if (_readOnlyOwnRows.TryGetValue(table, out var known))
        {
            return known;
        }

        var rows = await connection.QueryAsync(
            "SELECT 1 FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass($1) AND relkind = 'r' AND relhassubclass",
            [_dialect.Quote(table)],
            doing,
            cancellationToken).ConfigureAwait(false);
        return _readOnlyOwnRows[table] = rows.Count > 0;
    }

    // SQL from a user may end the transaction, and the connection would then see later writes.
    private static async Task CheckStillInSnapshotAsync(PostgresConnection connection, CancellationToken cancellationToken)
    {
        var isolation = await connection.QueryAsync("SHOW transaction_isolation", [], "A query", cancellationToken).ConfigureAwait(false);
        if (isolation[0][0] != "repeatable read")
        {
            throw new DatabaseException(ErrorIds.DatabaseError, $"A query on {connection.Endpoint} ended the transaction that it ran in. Give a statement that only reads.");
        }
    }

    private async Task<T> WithConnectionAsync<T>(Func<PostgresConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        var connection = await LeaseAsync(cancellationToken).ConfigureAwait(false);
        var done = false;
        try
        {
            var result = await work(connection).ConfigureAwait(false);
            done = true;
            return result;
        }
        finally
        {
            await ReturnAsync(connection, done).ConfigureAwait(false);
        }
    }

    private async Task<PostgresConnection> LeaseAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_idle.TryTake(out var idle))
        {
            return idle;
        }

        var connection = await PostgresConnection.OpenAsync(_endpoint, _source, cancellationToken).ConfigureAwait(false);
        try
        {
            _ = await connection.ExecuteAsync(
                $"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT {PostgresLiteral.Quote(_id)}; {WithoutCompiling}", [], "Joining a snapshot", cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask ReturnAsync(PostgresConnection connection, bool usable)
    {
        if (usable && !_disposed && connection.IsOpen)
        {
            _idle.Add(connection);
            return;
        }

        await connection.DisposeAsync().ConfigureAwait(false);
    }
}
