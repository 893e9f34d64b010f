using MigrationTools.Databases.Postgres;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Integrity;

/// <summary>Databases of the assembly's private server.</summary>
public sealed class PostgresScratch(PostgresCluster cluster) : IScratch
{
    private readonly List<PostgresTestDatabase> _databases = [];

    public IDatabaseProvider Provider { get; } = new PostgresProvider();

    public async Task<Endpoint> NewAsync(string sql)
    {
        var made = await cluster.CreateDatabaseAsync();
        _databases.Add(made);
        await using var database = Provider.Open(made.Endpoint);
        await using var session = await database.OpenSessionAsync(default);
        await session.ExecuteAsync(sql, [], default);
        return made.Endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
        {
            await database.DisposeAsync();
        }
    }
}
