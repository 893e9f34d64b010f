namespace MigrationTools.Engine.Databases;

/// <summary>One connection that may change the database. Not thread-safe.</summary>
public interface IDatabaseSession : IAsyncDisposable
{
    /// <summary>Starts a transaction; SQLite takes the write lock at once.</summary>
    Task BeginAsync(CancellationToken cancellationToken);

    Task CommitAsync(CancellationToken cancellationToken);

    /// <summary>Rolls back the open transaction; does nothing where none is open.</summary>
    Task RollbackAsync(CancellationToken cancellationToken);

    /// <summary>Marks a point in the transaction that <see cref="RollbackToAsync"/> returns to.</summary>
    Task SavepointAsync(string name, CancellationToken cancellationToken);

    Task RollbackToAsync(string name, CancellationToken cancellationToken);

    /// <summary>Runs one or several statements; values are bound as $1, $2 … (long, double, string, bool, byte[], null). Answers rows affected.</summary>
    Task<long> ExecuteAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken);

    /// <summary>Runs a query of few rows; values as text that the engine gives, null for NULL.</summary>
    Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken);

    /// <summary>
    /// Opens a bulk write (COPY BINARY; prepared statement) into the named columns. On a failure the transaction is lost
    /// back to its last savepoint.
    /// </summary>
    Task<IRowWriter> WriteAsync(TableName table, IReadOnlyList<ColumnSchema> columns, CancellationToken cancellationToken);

    /// <summary>The structure as this session sees it, what its open transaction made included.</summary>
    Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken);
}
