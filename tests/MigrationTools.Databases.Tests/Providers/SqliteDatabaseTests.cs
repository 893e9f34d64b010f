using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Tests.Providers;

public sealed class SqliteDatabaseTests : DatabaseSuite
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mt-sqlite-").FullName;

    protected override string? DefaultSchema => null;

    protected override string ProductName => "SQLite";

    protected override ValueTask<IDatabase> OpenNewAsync() =>
        ValueTask.FromResult(new SqliteProvider().Open(Endpoint.Parse("sqlite:test.db", _directory)));

    protected override Cell Stored(TypeCase value) => value.InSqlite;

    protected override ValueTask CloseAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    protected override string CycleSql => "CREATE TABLE hen (id INTEGER PRIMARY KEY, egg INTEGER REFERENCES egg); CREATE TABLE egg (id INTEGER PRIMARY KEY, hen INTEGER REFERENCES HEN (ID))";

    protected override string TriggerSql => "CREATE TRIGGER watcher AFTER INSERT ON base BEGIN SELECT 1; END";

    // Whoever still held the file would keep a writer out.
    protected override async Task AssertNobodyIsConnectedAsync()
    {
        await using var session = await Database.OpenSessionAsync(Token);
        await session.ExecuteAsync("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT", [], Token);
    }
}
