using MigrationTools.Databases.Comparison.Segments;
using System.Collections.Concurrent;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using SQLitePCL;

namespace MigrationTools.Databases.Sqlite;

/// <summary>
/// Several read-only connections on one state of the file. In WAL mode every reader opens the first one's snapshot, and
/// writers go on meanwhile; with a rollback journal the first one's read lock keeps writers from committing.
/// </summary>
internal sealed partial class SqliteSnapshot : ISegmentedSnapshot
{
    private readonly Endpoint _endpoint;
    private readonly string _path;
    private readonly SqliteDialect _dialect;
    private readonly TimeProvider _time;
    private readonly SqliteConnectionHandle _first;
    private readonly SqliteFileState _state;
    private readonly bool _utf16;
    private readonly ConcurrentBag<SqliteConnectionHandle> _idle = [];
    private volatile bool _disposed;

    private SqliteSnapshot(SqliteConnectionHandle first, string path, SqliteDialect dialect, TimeProvider time, SqliteFileState state, bool utf16)
    {
        _endpoint = first.Endpoint;
        _path = path;
        _dialect = dialect;
        _time = time;
        _first = first;
        _state = state;
        _utf16 = utf16;
    }

    public string Position => _state.Name;

    public static async Task<SqliteSnapshot> OpenAsync(Endpoint endpoint, string path, SqliteDialect dialect, TimeProvider time, CancellationToken cancellationToken)
    {
        var first = SqliteConnectionHandle.OpenForReading(endpoint, path, time);
        try
        {
            return await first.RunAsync(
                token =>
                {
                    Begin(first, token);
                    StartReading(first, token);
                    var utf16 = first.Scalar("PRAGMA encoding", "Opening a snapshot", token) != "UTF-8";
                    return new SqliteSnapshot(first, path, dialect, time, SqliteFileState.Of(first, token), utf16);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    public async Task<IRowReader> ReadAsync(RowQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var doing = $"Reading {query.Table?.ToString() ?? "a query"}";
        var connection = await LeaseAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var statement = PrepareRows(connection, query, doing);
            return new SqliteRowReader(connection, statement, doing, _utf16, reader => Return(reader.Connection));
        }
        catch
        {
            Return(connection);
            throw;
        }
    }

    public Task<string?> ScalarAsync(string sql, CancellationToken cancellationToken) =>
        WithConnectionAsync((connection, token) => connection.Scalar(sql, "A query", token), cancellationToken);

    public Task<QueryAnswer> AskAsync(string sql, CancellationToken cancellationToken) =>
        WithConnectionAsync((connection, token) => connection.Ask(sql, "A query", token), cancellationToken);

    public Task<long> CountAsync(RowQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var doing = $"Counting {query.Table?.ToString() ?? "a query"}";
        return WithConnectionAsync(
            (connection, token) =>
            {
                using var statement = connection.Prepare(SqliteSelect.Count(query, _dialect), doing);
                BindKeys(connection, statement, query, doing);
                _ = connection.Step(statement, doing, token);
                return SqliteValues.Int64At(statement, 0);
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<SequenceState>> ReadSequencesAsync(CancellationToken cancellationToken) => WithConnectionAsync(ReadSequences, cancellationToken);

    public ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return ValueTask.CompletedTask;
        }

        _disposed = true;
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }

        _state.Dispose();
        _first.Dispose();
        return ValueTask.CompletedTask;
    }

    private sqlite3_stmt PrepareRows(SqliteConnectionHandle connection, RowQuery query, string doing)
    {
        var statement = connection.Prepare(SqliteSelect.Rows(query, _dialect), doing);
        try
        {
            BindKeys(connection, statement, query, doing);
            return statement;
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    // The table of sequences is there from the first AUTOINCREMENT on.
    private static IReadOnlyList<SequenceState> ReadSequences(SqliteConnectionHandle connection, CancellationToken cancellationToken)
    {
        const string doing = "Reading the sequences";
        if (connection.Scalar("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'", doing, cancellationToken) is null)
        {
            return [];
        }

        using var statement = connection.Prepare("SELECT name, seq FROM sqlite_sequence ORDER BY name", doing);
        var positions = new List<SequenceState>();
        while (connection.Step(statement, doing, cancellationToken) == raw.SQLITE_ROW)
        {
            var table = new TableName(null, raw.sqlite3_column_text(statement, 0).utf8_to_string());
            positions.Add(new SequenceState(table, table, SqliteValues.Int64At(statement, 1), true));
        }

        return positions;
    }

    private static void BindKeys(SqliteConnectionHandle connection, sqlite3_stmt statement, RowQuery query, string doing)
    {
        var place = 0;
        foreach (var (cells, row) in SqliteSelect.Parameters(query))
        {
            for (var column = 0; column < cells.ColumnCount; column++)
            {
                if (cells.IsNull(row, column))
                {
                    throw new DatabaseException(ErrorIds.DatabaseError,
                        $"{doing} on {connection.Endpoint} can't look for a key with NULL: rows with NULL have no order among themselves. Use another key.");
                }

                var code = SqliteCellBinder.BindKey(statement, ++place, cells, row, column);
                if (code != raw.SQLITE_OK)
                {
                    throw connection.Error(doing, code);
                }
            }
        }
    }

    private async Task<T> WithConnectionAsync<T>(Func<SqliteConnectionHandle, CancellationToken, T> work, CancellationToken cancellationToken)
    {
        var connection = await LeaseAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await connection.RunAsync(token => work(connection, token), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Return(connection);
        }
    }

    private async Task<SqliteConnectionHandle> LeaseAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_idle.TryTake(out var idle))
        {
            return idle;
        }

        var connection = SqliteConnectionHandle.OpenForReading(_endpoint, _path, _time);
        try
        {
            return await connection.RunAsync(
                token =>
                {
                    Join(connection, token);
                    return connection;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Return(SqliteConnectionHandle connection)
    {
        // SQL that ended the transaction (a COMMIT given as a query) would leave a connection that sees later writes.
        if (_disposed || !connection.InTransaction)
        {
            connection.Dispose();
            return;
        }

        _idle.Add(connection);
    }

    private void Join(SqliteConnectionHandle connection, CancellationToken cancellationToken)
    {
        // A connection that has not read yet does not know that the file is in WAL mode, and could open no snapshot.
        _ = connection.Scalar("PRAGMA application_id", "Joining a snapshot", cancellationToken);
        Begin(connection, cancellationToken);
        if (_state.Snapshot is { } snapshot)
        {
            var code = raw.sqlite3_snapshot_open(connection.Raw, "main", snapshot);
            if (code != raw.SQLITE_OK)
            {
                throw connection.Error("Joining a snapshot", code);
            }
        }

        StartReading(connection, cancellationToken);
        using var seen = SqliteFileState.Of(connection, cancellationToken);
        if (seen.Name != _state.Name)
        {
            throw new DatabaseException(ErrorIds.DatabaseError,
                $"{_endpoint} was written while it was read: the snapshot is of [{_state.Name}], a new reader sees [{seen.Name}]. Stop its writers and start again.");
        }
    }

    private static void Begin(SqliteConnectionHandle connection, CancellationToken cancellationToken) =>
        connection.Run("BEGIN", "Opening a snapshot", cancellationToken);

    // BEGIN takes no lock; the first read does.
    private static void StartReading(SqliteConnectionHandle connection, CancellationToken cancellationToken) =>
        _ = connection.Scalar("SELECT count(*) FROM sqlite_schema", "Opening a snapshot", cancellationToken);
}
