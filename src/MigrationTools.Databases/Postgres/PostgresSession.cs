using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Postgres;

/// <summary>A connection that writes.</summary>
internal sealed class PostgresSession(PostgresConnection connection, PostgresDialect dialect) : IDatabaseSession
{
    private bool _writing;

    public Task BeginAsync(CancellationToken cancellationToken) => RunAsync("BEGIN", "Starting a transaction", cancellationToken);

    // COMMIT of a transaction that has failed rolls back and reports no error; the SELECT before it fails then, so that this never passes for a commit.
    public Task CommitAsync(CancellationToken cancellationToken) => RunAsync("SELECT 1; COMMIT", "Committing", cancellationToken);

    // Without a transaction ROLLBACK is only a warning; with the connection the transaction is gone too.
    public Task RollbackAsync(CancellationToken cancellationToken)
    {
        Check();
        return connection.IsOpen ? RunAsync("ROLLBACK", "Rolling back", cancellationToken) : Task.CompletedTask;
    }

    public Task SavepointAsync(string name, CancellationToken cancellationToken) =>
        RunAsync("SAVEPOINT " + dialect.Quote(name), "Setting a savepoint", cancellationToken);

    public Task RollbackToAsync(string name, CancellationToken cancellationToken) =>
        RunAsync("ROLLBACK TO SAVEPOINT " + dialect.Quote(name), "Rolling back to a savepoint", cancellationToken);

    public Task<long> ExecuteAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sql);
        ArgumentNullException.ThrowIfNull(values);
        Check();
        return connection.ExecuteAsync(sql, values, "A statement", cancellationToken);
    }

    public async Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sql);
        ArgumentNullException.ThrowIfNull(values);
        Check();
        return await connection.QueryAsync(sql, values, "A query", cancellationToken).ConfigureAwait(false);
    }

    public Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken)
    {
        Check();
        return PostgresSchemaReader.ReadInTransactionAsync(connection, cancellationToken);
    }

    public async Task<IRowWriter> WriteAsync(TableName table, IReadOnlyList<ColumnSchema> columns, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        Check();
        var writer = await PostgresRowWriter.OpenAsync(connection, dialect, table, columns, () => _writing = false, cancellationToken).ConfigureAwait(false);
        _writing = true;
        return writer;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private Task RunAsync(string sql, string doing, CancellationToken cancellationToken)
    {
        Check();
        return connection.ExecuteAsync(sql, [], doing, cancellationToken);
    }

    private void Check()
    {
        if (_writing)
        {
            throw new InvalidOperationException("A bulk write is open on this session; complete or dispose it first.");
        }
    }
}
