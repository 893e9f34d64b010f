using MigrationTools.Databases.Postgres;
using MigrationTools.Engine.Databases;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Providers;

public sealed class PostgresDatabaseTests(PostgresCluster cluster) : DatabaseSuite
{
    private PostgresTestDatabase? _database;

    protected override string? DefaultSchema => "public";

    protected override string ProductName => "PostgreSQL";

    protected override async ValueTask<IDatabase> OpenNewAsync()
    {
        _database = await cluster.CreateDatabaseAsync();
        return new PostgresProvider().Open(_database.Endpoint);
    }

    protected override Cell Stored(TypeCase value) => value.Written;

    protected override ValueTask CloseAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override string CycleSql =>
        """
        CREATE TABLE hen (id int PRIMARY KEY, egg int);
        CREATE TABLE egg (id int PRIMARY KEY, hen int REFERENCES hen);
        ALTER TABLE hen ADD FOREIGN KEY (egg) REFERENCES egg
        """;

    protected override string TriggerSql =>
        """
        CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END; $$;
        CREATE TRIGGER watcher BEFORE INSERT ON base FOR EACH ROW EXECUTE FUNCTION watch()
        """;

    // A server process ends a moment after its connection, so it is asked for again; one that works on is not excused.
    protected override async Task AssertNobodyIsConnectedAsync()
    {
        await using var session = await Database.OpenSessionAsync(Token);
        IReadOnlyList<IReadOnlyList<string?>> others = [];
        for (var attempt = 0; attempt < 20_000; attempt++)
        {
            others = await session.QueryAsync(
                "SELECT state, query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'", [], Token);
            if (others.Count == 0)
            {
                return;
            }
        }

        others.ShouldBeEmpty();
    }
}
