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

    public async Task<IReadOnlyList<ColumnSchema>> DescribeQueryAsync(string sql, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sql);
        const string doing = "Describing a query";
        var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var columns = await connection.DescribeColumnsAsync($"SELECT * FROM (\n{sql.TrimEnd().TrimEnd(';')}\n) AS query", doing, cancellationToken).ConfigureAwait(false);
            var types = await connection.QueryAsync(
                "SELECT oid, typname, typtype, format_type(oid, NULL) FROM pg_catalog.pg_type WHERE oid = ANY ($1::oid[])",
                ["{" + string.Join(',', columns.Select(column => column.Type).Distinct()) + "}"],
                doing,
                cancellationToken).ConfigureAwait(false);
            var byId = types.ToDictionary(row => row[0]!);
            return [.. columns.Select(column =>
            {
                var type = byId[column.Type.ToString(System.Globalization.CultureInfo.InvariantCulture)];
                var logical = PostgresLogicalTypes.Of(type[1]!, type[2]![0], -1);
                return new ColumnSchema
                {
                    Name = column.Name,
                    ServerType = type[3]!,
                    Type = logical.Kind switch
                    {
                        LogicalKind.Char => logical with { Length = column.Length },
                        LogicalKind.Decimal => logical with { Precision = column.Precision, Scale = column.Scale },
                        _ => logical,
                    },
                };
            })];
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
