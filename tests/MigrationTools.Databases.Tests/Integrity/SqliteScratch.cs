using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Tests.Integrity;

/// <summary>SQLite files in a directory of their own.</summary>
public sealed class SqliteScratch : IScratch
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mt-scratch").FullName;
    private int _files;

    public IDatabaseProvider Provider { get; } = new SqliteProvider();

    public async Task<Endpoint> NewAsync(string sql)
    {
        var endpoint = Endpoint.Parse($"sqlite:{Interlocked.Increment(ref _files)}.db", _directory);
        await using var database = Provider.Open(endpoint);
        await using var session = await database.OpenSessionAsync(default);
        await session.ExecuteAsync("PRAGMA foreign_keys = off", [], default);
        await session.ExecuteAsync(sql, [], default);
        return endpoint;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }
}
