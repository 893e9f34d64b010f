using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Hosting.Tests;

/// <summary>BlueGreen of a database alone, which is written to between its copy and its fence.</summary>
public sealed class BlueGreenTests(PostgresCluster cluster)
{
    private const string Writes = """
        insert into team values (61, 'late', 61);
        insert into person values (61, 'late person', 61, 1.5);
        update person set wage = 99.75 where id = 1;
        update team set lead_id = null where id = 60;
        delete from person where id = 60;
        """;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task What_is_written_after_the_copy_is_caught_up_and_proved_and_a_rollback_says_whose_it_is(string engine)
    {
        await using var database = engine == "sqlite" ? null : await cluster.CreateDatabaseAsync();
        using var bench = new Workbench(store => new PausingStore(store, "database.finishLoad"));
        var spec = bench.Small(database is null ? "sqlite:target.db" : Workbench.UriOf(cluster, database));
        spec = bench.Write((await File.ReadAllTextAsync(spec.Path!, TestContext.Current.CancellationToken)).Replace("BigBang", "BlueGreen", StringComparison.Ordinal));
        ((PausingStore)bench.Host.Runs).Then = () =>
        {
            bench.Sql("source.db", Writes);
            return Task.CompletedTask;
        };

        var state = await bench.RunAsync(spec);

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        state.Verdict.ShouldBe(Verdict.Passed, state.Message);
        var caughtUp = state.Steps.Single(step => step.Step.Action.Verb == "database.catchUp").Data;
        ((long)caughtUp["inserted"]!, (long)caughtUp["updated"]!, (long)caughtUp["deleted"]!).ShouldBe((2, 2, 1));
        var cutOver = state.Steps.Single(step => step.Step.Action.Verb == "database.cutOver");
        ((long)cutOver.Data["fencedMs"]!).ShouldBeGreaterThanOrEqualTo(0);
        cutOver.Summary!.ShouldContain("nothing was locked");

        // The rows that users wrote to the source meanwhile are no damage of the run.
        var undone = await bench.RollbackAsync();
        undone.Status.ShouldBe(RunStatus.RolledBack, undone.Message);
        bench.Scalar("source.db", "select count(*) from person where id = 61").ShouldBe(1L);
    }
}
