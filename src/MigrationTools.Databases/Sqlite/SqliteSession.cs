using MigrationTools.Engine.Databases;
using SQLitePCL;

namespace MigrationTools.Databases.Sqlite;

/// <summary>
/// A connection that writes. It keeps SQLite's own settings (synchronous FULL, and foreign keys as the library has them by
/// default); whoever wants others runs the PRAGMA.
/// </summary>
internal sealed class SqliteSession(SqliteConnectionHandle connection, SqliteDialect dialect) : IDatabaseSession
{
    private bool _writing;
    private bool _disposed;

    public Task BeginAsync(CancellationToken cancellationToken) => RunAsync("BEGIN IMMEDIATE", "Starting a transaction", cancellationToken);

    public Task CommitAsync(CancellationToken cancellationToken) => RunAsync("COMMIT", "Committing", cancellationToken);

    public Task RollbackAsync(CancellationToken cancellationToken)
    {
        Check();
        return connection.InTransaction ? RunAsync("ROLLBACK", "Rolling back", cancellationToken) : Task.CompletedTask;
    }

    public Task SavepointAsync(string name, CancellationToken cancellationToken) =>
        RunAsync("SAVEPOINT " + dialect.Quote(name), "Setting a savepoint", cancellationToken);

    public Task RollbackToAsync(string name, CancellationToken cancellationToken) =>
        RunAsync("ROLLBACK TO " + dialect.Quote(name), "Rolling back to a savepoint", cancellationToken);

    public Task<long> ExecuteAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sql);
        ArgumentNullException.ThrowIfNull(values);
        Check();
        return connection.RunAsync(token => ExecuteAll(sql, values, token), cancellationToken);
    }

    public Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sql);
        ArgumentNullException.ThrowIfNull(values);
        Check();
        return connection.RunAsync<IReadOnlyList<IReadOnlyList<string?>>>(token => SqliteRows.Of(connection, sql, values, "A query", token), cancellationToken);
    }

    public Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken)
    {
        Check();
        return connection.RunAsync(token => SqliteSchemaReader.Read(connection, token), cancellationToken);
    }

    public Task<IRowWriter> WriteAsync(TableName table, IReadOnlyList<ColumnSchema> columns, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        Check();
        return connection.RunAsync<IRowWriter>(
            token =>
            {
                var writer = SqliteRowWriter.Open(connection, dialect, table, columns, () => _writing = false, token);
                _writing = true;
                return writer;
            },
            cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            connection.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private Task RunAsync(string sql, string doing, CancellationToken cancellationToken)
    {
        Check();
        return connection.RunAsync(
            token =>
            {
                connection.Run(sql, doing, token);
                return true;
            },
            cancellationToken);
    }

    private void Check()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_writing)
        {
            throw new InvalidOperationException("A bulk write is open on this session; complete or dispose it first.");
        }
    }

    private long ExecuteAll(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        const string doing = "A statement";
        var affected = 0L;
        var rest = sql;
        while (!SqliteSql.IsBlank(rest))
        {
            var code = raw.sqlite3_prepare_v2(connection.Raw, rest, out var statement, out rest);
            if (code != raw.SQLITE_OK)
            {
                throw connection.Error(doing, code);
            }

            using (statement)
            {
                if (statement is null || statement.IsInvalid)
                {
                    continue;
                }

                SqliteRows.BindAll(connection, statement, values, doing);
                var before = raw.sqlite3_total_changes(connection.Raw);
                while (connection.Step(statement, doing, cancellationToken) == raw.SQLITE_ROW)
                {
                }

                affected += raw.sqlite3_total_changes(connection.Raw) == before ? 0 : raw.sqlite3_changes(connection.Raw);
            }
        }

        return affected;
    }
}
