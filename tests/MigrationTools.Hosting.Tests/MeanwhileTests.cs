using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Tests.Postgres;
using MigrationTools.Tests.Runs;

namespace MigrationTools.Hosting.Tests;

/// <summary>What others do to the databases between two steps, or between a run's end by a kill and its resumption.</summary>
public sealed class MeanwhileTests(PostgresCluster cluster)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("target.db", "drop table \"log \"\"odd\"\"\"", "log \"odd\"")]
    [InlineData("source.db", "drop table \"log \"\"odd\"\"\"", "log \"odd\"")]
    [InlineData("target.db", "alter table person drop column wage", "nothing fills wage")]
    public async Task A_table_or_column_that_is_gone_before_the_proof_is_missed(string database, string edit, string named)
    {
        using var bench = Pausing("database.finishLoad", bench => EditAsync(bench, database, edit));

        var state = await bench.RunAsync(bench.Small());

        state.Status.ShouldBe(RunStatus.Held, state.Message);
        state.Verdict.ShouldBe(Verdict.Error);
        state.Message!.ShouldContain("no longer what was planned");
        state.Message!.ShouldContain(named);
    }

    [Fact]
    public async Task Tables_that_are_gone_before_they_are_copied_are_no_copy_of_nothing()
    {
        using var bench = Pausing("database.suspendConstraints", bench => EditAsync(bench, "source.db", "drop table person; drop table team; drop table \"log \"\"odd\"\"\""));

        var state = await bench.RunAsync(bench.Small());

        (state.Status, state.Verdict).ShouldBe((RunStatus.Held, Verdict.Error), state.Message);
    }

    [Fact]
    public async Task Rows_written_to_the_source_after_the_proof_are_found_when_the_run_goes_on()
    {
        using var bench = Pausing("database.compare", _ => throw new SimulatedCrash());
        await Should.ThrowAsync<SimulatedCrash>(() => bench.RunAsync(bench.Small("sqlite:target.db\n    fence: observe")));
        bench.Sql("source.db", "update person set name = 'written since' where id = 7");

        var state = await bench.Reopened().ResumeAsync();

        state.Verdict.ShouldBe(Verdict.Failed, state.Message);
        state.Steps.Single(step => step.Step.Action.Verb == "database.cutOver").Status.ShouldBe(StepStatus.Pending);
    }

    [Fact]
    public async Task A_run_that_stopped_after_its_proof_proves_it_again_and_ends()
    {
        using var bench = Pausing("database.compare", _ => throw new SimulatedCrash());
        await Should.ThrowAsync<SimulatedCrash>(() => bench.RunAsync(bench.Small()));

        var state = await bench.Reopened().ResumeAsync();

        (state.Status, state.Verdict).ShouldBe((RunStatus.Completed, Verdict.Passed), state.Message);
        (await bench.Host.Runs.ReadJournalAsync(state.RunId, Token)).Count(entry => entry.Kind == "intent" && entry.Step!.Contains("database.compare", StringComparison.Ordinal)).ShouldBe(2);
        bench.Scalar("target.db", "select count(*) from sqlite_schema where name like 'migrationtools%'").ShouldBe(0L);
    }

    [Theory]
    [InlineData("sqlite", true)]
    [InlineData("sqlite", false)]
    [InlineData("postgresql", true)]
    public async Task What_others_make_before_the_schema_is_not_the_run_s(string engine, bool existed)
    {
        await using var database = engine == "sqlite" ? null : await CreateAsync();
        var target = "";
        using var bench = Pausing(
            "database.createSchema",
            async bench =>
            {
                await OnTargetAsync(bench, target, "create table precious (id integer primary key); insert into precious values (1)");
                throw new SimulatedCrash();
            },
            JournalKinds.Intent);
        target = database is null ? $"sqlite:{bench.PathOf("target.db")}" : Workbench.UriOf(cluster, database);
        if (existed)
        {
            await OnTargetAsync(bench, target, "create table own (id integer primary key)");
        }

        await Should.ThrowAsync<SimulatedCrash>(() => bench.RunAsync(bench.Small(target)));
        var held = await bench.Reopened().ResumeAsync();
        held.Status.ShouldBe(RunStatus.Held, held.Message);
        held.Message!.ShouldContain("precious");
        await bench.Reopened().RollbackAsync();
        await OnTargetAsync(bench, target, "insert into precious values (2)");

        // Once that is elsewhere, the run is what it would have been.
        await OnTargetAsync(bench, target, "drop table precious");
        if (!existed)
        {
            File.Delete(bench.PathOf("target.db"));
        }

        (await bench.Reopened().RollbackAsync()).Verdict.ShouldBe(Verdict.Passed);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task A_schema_that_was_made_and_not_yet_seen_is_the_run_s(string engine)
    {
        await using var database = engine == "sqlite" ? null : await CreateAsync();
        using var bench = Pausing("database.createSchema", _ => throw new SimulatedCrash(), JournalKinds.Observed, before: true);
        var target = database is null ? $"sqlite:{bench.PathOf("target.db")}" : Workbench.UriOf(cluster, database);
        await Should.ThrowAsync<SimulatedCrash>(() => bench.RunAsync(bench.Small(target)));

        var state = await bench.Reopened().RollbackAsync();

        (state.Status, state.Verdict).ShouldBe((RunStatus.RolledBack, Verdict.Passed), state.Message);
    }

    private static Workbench Pausing(string verb, Func<Workbench, Task> then, string kind = JournalKinds.Committed, bool before = false)
    {
        PausingStore? store = null;
        var bench = new Workbench(inner => store = new PausingStore(inner, verb, kind) { Before = before });
        store!.Then = () => then(bench);
        return bench;
    }

    private static Task EditAsync(Workbench bench, string database, string sql)
    {
        bench.Sql(database, sql);
        return Task.CompletedTask;
    }

    private static async Task OnTargetAsync(Workbench bench, string target, string sql)
    {
        await using var database = new DatabaseCatalog([new SqliteProvider(TimeProvider.System), new PostgresProvider()]).Open(Endpoint.Parse(target, bench.Directory));
        await using var session = await database.OpenSessionAsync(Token);
        await session.ExecuteAsync(sql, [], Token);
    }

    private async Task<PostgresTestDatabase> CreateAsync()
    {
        cluster.SkipWhereMissing();
        return await cluster.CreateDatabaseAsync();
    }
}
