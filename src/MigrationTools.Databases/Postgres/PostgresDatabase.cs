using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using Npgsql;

namespace MigrationTools.Databases.Postgres;

/// <summary>One PostgreSQL database.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    private readonly PostgresDialect _dialect = new();
    private readonly NpgsqlDataSource _source;

    public PostgresDatabase(Endpoint endpoint, NpgsqlConnectionStringBuilder settings)
    {
        Endpoint = endpoint;

        // The reader and the writer know the wire forms themselves; loading the server's types would only cost every connection a query.
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString).ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        _source = settings.Host!.Contains(',', StringComparison.Ordinal) ? builder.BuildMultiHost() : builder.Build();
    }

    public Endpoint Endpoint { get; }

    public ISqlDialect Dialect => _dialect;

    public async Task<ServerInfo> GetServerInfoAsync(CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await PostgresServerInfo.ReadAsync(connection, connection.IsLocal, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await PostgresSchemaReader.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<IDatabaseSnapshot> OpenSnapshotAsync(CancellationToken cancellationToken) =>
        await PostgresSnapshot.OpenAsync(Endpoint, _source, _dialect, cancellationToken).ConfigureAwait(false);

    public async Task<IDatabaseSession> OpenSessionAsync(CancellationToken cancellationToken) =>
        new PostgresSession(await ConnectAsync(cancellationToken).ConfigureAwait(false), _dialect);

    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        const string noSuchDatabase = "3D000";
        try
        {
            var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
            return true;
        }
        catch (DatabaseException error) when (error.ServerCode == noSuchDatabase)
        {
            return false;
        }
    }

    public Task RemoveAsync(CancellationToken cancellationToken) =>
        Task.FromException(new InvalidRequestException($"{Endpoint}: a PostgreSQL database is not removed by this tool. Drop it by hand."));

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private Task<PostgresConnection> ConnectAsync(CancellationToken cancellationToken) => PostgresConnection.OpenAsync(Endpoint, _source, cancellationToken);
}
