namespace MigrationTools.Engine.Databases;

/// <summary>One database behind one endpoint. Cheap to make; connects when asked. Thread-safe.</summary>
/// <remarks>Every method throws <see cref="DatabaseException"/> with the redacted endpoint in its message.</remarks>
public interface IDatabase : IAsyncDisposable
{
    Endpoints.Endpoint Endpoint { get; }

    ISqlDialect Dialect { get; }

    /// <summary>Connects and asks the server for its version and limits.</summary>
    Task<ServerInfo> GetServerInfoAsync(CancellationToken cancellationToken);

    /// <summary>Reads the structure of everything that is not the engine's own; the tables in which this tool keeps runs are left out.</summary>
    Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken);

    /// <summary>The columns that a SELECT would give, without running it. Whether there may be NULL is not known of any.</summary>
    Task<IReadOnlyList<ColumnSchema>> DescribeQueryAsync(string sql, CancellationToken cancellationToken);

    /// <summary>A consistent view for reading. Never changes the database, and opens a file read-only.</summary>
    Task<IDatabaseSnapshot> OpenSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>A connection for writing. SQLite: creates the file if it is not there.</summary>
    Task<IDatabaseSession> OpenSessionAsync(CancellationToken cancellationToken);

    /// <summary>Whether there is a database at all: a SQLite file that exists, a PostgreSQL database that can be connected to.</summary>
    Task<bool> ExistsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Removes the whole database where it is a file that this process may delete (SQLite, with its journal files); for the
    /// rollback of a run that made it. Nothing happens where there is none.
    /// </summary>
    /// <exception cref="InvalidRequestException">The engine's databases are not removed by this tool (PostgreSQL).</exception>
    Task RemoveAsync(CancellationToken cancellationToken);
}
