using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Runs;

public sealed class PostgresRunStoreTests(PostgresCluster cluster) : DatabaseRunStoreSuite
{
    private PostgresTestDatabase? _database;

    protected override Endpoint Endpoint => _database!.Endpoint;

    public override async ValueTask InitializeAsync()
    {
        cluster.SkipWhereMissing();
        _database = await cluster.CreateDatabaseAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_not_shown()
    {
        var error = await Should.ThrowAsync<DatabaseException>(() =>
            OpenAs(Endpoint.Parse(cluster.UriOf(_database!.Name, password: "geheim"), Root), Time).ListAsync(Token));

        error.ErrorId.ShouldBe(ErrorIds.AuthenticationFailed);
        error.Message.ShouldStartWith("The store of runs:");
        error.Message.ShouldNotContain("geheim");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said()
    {
        var (spec, plan) = Begin();
        var store = OpenAs(Endpoint.Parse("postgresql://me@127.0.0.1:1/ops", Root), Time);

        (await Should.ThrowAsync<DatabaseException>(() => store.ListAsync(Token))).ErrorId.ShouldBe(ErrorIds.EndpointUnavailable);
        (await Should.ThrowAsync<DatabaseException>(() => store.CreateAsync(spec, plan, Token))).ErrorId.ShouldBe(ErrorIds.EndpointUnavailable);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_a_mistake_and_not_an_empty_list() =>
        await Should.ThrowAsync<DatabaseException>(() => OpenAs(Endpoint.Parse(cluster.UriOf("no_such_database"), Root), Time).ListAsync(Token));

    [Fact]
    public async Task A_database_that_is_fenced_read_only_still_takes_the_journal()
    {
        await using var run = await CreateAsync("runStarted");
        await cluster.ExecuteAsync($"ALTER DATABASE \"{_database!.Name}\" SET default_transaction_read_only = on");

        await run.Journal.AppendAsync("intent", null, [], Token);

        (await Open().ReadJournalAsync(run.RunId, Token)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_may_make_no_tables_can_use_those_that_are_there()
    {
        var first = await CreateAsync("runStarted");
        await first.DisposeAsync();
        await EndAsync(first.RunId);
        await cluster.QueryAsync(_database!.Name, """
            CREATE ROLE runner LOGIN PASSWORD 'runs';
            REVOKE CREATE ON SCHEMA public FROM PUBLIC;
            GRANT SELECT, INSERT, UPDATE ON migrationtools_run TO runner;
            GRANT SELECT, INSERT ON migrationtools_journal TO runner
            """);
        try
        {
            var (spec, plan) = Begin();
            await using var run = await OpenAs(Endpoint.Parse(cluster.UriOf(_database.Name, "runner", "runs"), Root), Time).CreateAsync(spec, plan, Token);
            await run.Journal.AppendAsync("runStarted", null, [], Token);

            (await Open().ListAsync(Token)).Count.ShouldBe(2);
        }
        finally
        {
            await cluster.QueryAsync(_database.Name, "DROP OWNED BY runner; DROP ROLE runner");
        }
    }

    [Fact]
    public async Task A_commit_is_waited_for_whatever_the_server_does_by_default()
    {
        await cluster.ExecuteAsync($"ALTER DATABASE \"{_database!.Name}\" SET synchronous_commit = off");
        await cluster.QueryAsync(_database.Name, """
            CREATE TABLE seen (value text);
            CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NEW; END $$
            """);
        var run = await CreateAsync();
        await cluster.QueryAsync(_database.Name, "CREATE TRIGGER see BEFORE INSERT ON migrationtools_journal FOR EACH ROW EXECUTE FUNCTION see()");

        await run.Journal.AppendAsync("runStarted", null, [], Token);
        await run.DisposeAsync();

        (await cluster.QueryAsync(_database.Name, "SELECT string_agg(value, ',') FROM seen")).ShouldBe("on");
    }
}
