using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Tests.Integrity;

/// <summary>What the suites of this folder share: databases of one engine, closed and removed after each test.</summary>
public abstract class IntegritySuite(IScratch scratch) : IAsyncDisposable
{
    private readonly List<IDatabase> _opened = [];

    protected IScratch Scratch => scratch;

    protected DatabaseCatalog Catalog => new([scratch.Provider]);

    protected bool IsPostgres => scratch.Provider.Schemes.Contains("postgresql");

    /// <summary>A new database in which the statements were run.</summary>
    protected async Task<IDatabase> DatabaseAsync(string sql) => Open(await scratch.NewAsync(sql));

    protected IDatabase Open(Endpoint endpoint)
    {
        var database = scratch.Provider.Open(endpoint);
        _opened.Add(database);
        return database;
    }

    protected static async Task RunAsync(IDatabase database, string sql)
    {
        await using var session = await database.OpenSessionAsync(default);
        await session.ExecuteAsync(sql, [], default);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }

        await scratch.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
