using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using SQLitePCL;

namespace MigrationTools.Databases.Sqlite;

/// <summary>One SQLite file.</summary>
internal sealed class SqliteDatabase(Endpoint endpoint, string path, TimeProvider time) : IDatabase
{
    private readonly SqliteDialect _dialect = new();

    public Endpoint Endpoint => endpoint;

    public ISqlDialect Dialect => _dialect;

    public async Task<ServerInfo> GetServerInfoAsync(CancellationToken cancellationToken)
    {
        using var connection = SqliteConnectionHandle.OpenForReading(endpoint, path, time);
        return await connection.RunAsync(token => SqliteServerInfo.Read(connection, path, token), cancellationToken).ConfigureAwait(false);
    }

    public async Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken)
    {
        using var connection = SqliteConnectionHandle.OpenForReading(endpoint, path, time);
        return await connection.RunAsync(
            token =>
            {
                connection.Run("BEGIN", "Reading the schema", token);
                return SqliteSchemaReader.Read(connection, token);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<ColumnSchema>> DescribeQueryAsync(string sql, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sql);
        using var connection = SqliteConnectionHandle.OpenForReading(endpoint, path, time);
        return await connection.RunAsync(
            _ =>
            {
                using var statement = connection.Prepare($"SELECT * FROM (\n{sql.TrimEnd().TrimEnd(';')}\n) AS query", "Describing a query");
                return Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(column =>
                {
                    // An expression has no declared type: its values bring their own.
                    var declared = raw.sqlite3_column_decltype(statement, column).utf8_to_string() ?? string.Empty;
                    return new ColumnSchema { Name = raw.sqlite3_column_name(statement, column).utf8_to_string(), ServerType = declared, Type = SqliteTypes.LogicalOf(declared) };
                }).ToList();
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IDatabaseSnapshot> OpenSnapshotAsync(CancellationToken cancellationToken) =>
        await SqliteSnapshot.OpenAsync(endpoint, path, _dialect, time, cancellationToken).ConfigureAwait(false);

    public Task<IDatabaseSession> OpenSessionAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.Run<IDatabaseSession>(() => new SqliteSession(SqliteConnectionHandle.OpenForWriting(endpoint, path, time), _dialect), cancellationToken);
    }

    public Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(File.Exists(path));
    }

    public Task RemoveAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // The journals first: a journal without its database would be played back into the next file of that name.
            foreach (var suffix in new[] { "-journal", "-wal", "-shm", "" })
            {
                File.Delete(path + suffix);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException(ErrorIds.ReadOnly, $"{endpoint}: the file can't be removed ({e.Message}). Remove it by hand.", e);
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
