using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Tests.Postgres;
using MigrationTools.Tests.Runs;

namespace MigrationTools.Hosting.Tests;

/// <summary>Whole runs whose journal is in a database, cut off at each boundary and gone on with by another host, which has none of the first one's files.</summary>
public sealed class RunDatabaseTests(PostgresCluster cluster)
{
    [Fact]
    public async Task Cut_off_at_any_boundary_with_its_journal_in_SQLite_a_run_resumes_or_rolls_back_elsewhere()
    {
        await foreach (var (at, before) in BoundariesAsync("sqlite:runs.db"))
        {
            using var bench = await CutOffAsync(at, before, "sqlite:target.db", "sqlite:runs.db");
            if (bench is null)
            {
                continue;
            }

            var where = $"boundary {at} {(before ? "before" : "after")}";
            if (IsResumed(at, before))
            {
                await ResumeAsync(bench, where);
                bench.Scalar("target.db", "select count(*) from person").ShouldBe(60L, where);
            }
            else
            {
                await RollBackAsync(bench, where);
                File.Exists(bench.PathOf("target.db")).ShouldBeFalse(where);
            }

            Directory.Exists(bench.RunsDirectory).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Cut_off_at_any_boundary_with_its_journal_in_the_target_a_run_resumes_or_rolls_back_elsewhere()
    {
        cluster.SkipWhereMissing();
        await using var counted = await cluster.CreateDatabaseAsync();
        await foreach (var (at, before) in BoundariesAsync(Workbench.UriOf(cluster, counted)))
        {
            // The target itself keeps the journal: neither the schema that is dropped nor the fingerprints may have to do with it.
            await using var target = await cluster.CreateDatabaseAsync();
            var uri = Workbench.UriOf(cluster, target);
            using var bench = await CutOffAsync(at, before, uri, uri);
            if (bench is null)
            {
                continue;
            }

            var where = $"boundary {at} {(before ? "before" : "after")}";
            if (IsResumed(at, before))
            {
                await ResumeAsync(bench, where);
                (await cluster.QueryAsync(target.Name, "select count(*) from person")).ShouldBe("60", where);
            }

            await RollBackAsync(bench, where);
            (await cluster.QueryAsync(target.Name, "select string_agg(relname, ' ' order by relname) from pg_class where relkind in ('r', 'S', 'v') and relnamespace = 'public'::regnamespace"))
                .ShouldBe("migrationtools_journal migrationtools_run", where);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_for_real_a_run_is_free_once_its_lease_has_run_out(bool inPostgres)
    {
        await using var database = inPostgres ? await cluster.CreateDatabaseAsync() : null;
        using var bench = new Workbench(runs: database is null ? "sqlite:runs.db" : Workbench.UriOf(cluster, database));
        bench.Small(rows: 4_000);
        bench.Write((await File.ReadAllTextAsync(bench.PathOf("migration.yaml"), TestContext.Current.CancellationToken))
            .Replace("copy: { chunkRows: 20, parallelism: 1 }", "copy: { chunkRows: 200, parallelism: 1, maxRowsPerSecond: 1500 }", StringComparison.Ordinal));
        using (var run = CommandLine.Start(bench, "run", "migration.yaml"))
        {
            while (!await IsCopyingAsync(bench))
            {
                run.HasExited.ShouldBeFalse();
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            await run.KillAsync();
        }

        await Should.ThrowAsync<RunOwnedException>(() => bench.ResumeAsync());
        var elsewhere = bench.OnAnotherHost(new ClockAhead(TimeSpan.FromSeconds(61)));
        (await elsewhere.LookAsync()).Status.ShouldBe(RunStatus.Interrupted);
        var state = await elsewhere.ResumeAsync();

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        state.Verdict.ShouldBe(Verdict.Passed, state.Message);
        bench.Scalar("target.db", "select count(*) || ' ' || count(distinct id) from person").ShouldBe("4000 4000");
        (await elsewhere.Host.Runs.ReadJournalAsync(state.RunId, TestContext.Current.CancellationToken)).Select(entry => entry.Epoch).Distinct().ShouldBe([1, 2]);
    }

    [Fact]
    public async Task The_report_lies_in_the_working_directory_of_the_host_that_wrote_it()
    {
        using var bench = new Workbench(runs: "sqlite:runs.db");
        var state = await bench.RunAsync(bench.Small());

        state.Directory.ShouldBe(bench.PathOf(Path.Combine("work", state.RunId)));
        File.Exists(Path.Combine(state.Directory, "report.html")).ShouldBeTrue();
        File.Exists(Path.Combine(state.Directory, "log.jsonl")).ShouldBeTrue();
        Directory.Delete(bench.PathOf("work"), recursive: true);

        var files = await bench.OnAnotherHost().Host.WriteReportAsync(state.RunId, null, ["html"], TestContext.Current.CancellationToken);
        files.ShouldBe([bench.PathOf(Path.Combine("work of another host", state.RunId, "report.html"))]);
    }

    [Fact]
    public async Task A_file_that_the_run_makes_does_not_hold_its_journal()
    {
        using var bench = new Workbench(runs: "sqlite:target.db");
        var spec = bench.Small();

        (await Should.ThrowAsync<InvalidRequestException>(() => bench.RunAsync(spec))).Message.ShouldContain("target of the system 'db'");

        File.Exists(bench.PathOf("target.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_row_of_the_journal_that_was_edited_stops_everything_and_changes_nothing()
    {
        using var bench = new Workbench(runs: "sqlite:runs.db");
        await bench.RunAsync(bench.Small());
        bench.Sql("runs.db", "update migrationtools_journal set line = replace(line, '\"committed\"', '\"c0mmitted\"')");

        await Should.ThrowAsync<JournalException>(() => bench.RollbackAsync());

        File.Exists(bench.PathOf("target.db")).ShouldBeTrue();
    }

    private static bool IsResumed(int at, bool before) => (at + (before ? 1 : 0)) % 2 == 0;

    private static async Task ResumeAsync(Workbench bench, string where)
    {
        var resumed = await bench.ResumeAsync();
        resumed.Status.ShouldBe(RunStatus.Completed, $"{where}: {resumed.Message}");
        resumed.Verdict.ShouldBe(Verdict.Passed, where);
    }

    private static async Task RollBackAsync(Workbench bench, string where)
    {
        var state = await bench.RollbackAsync();
        state.Status.ShouldBe(RunStatus.RolledBack, $"{where}: {state.Message}");
        state.Verdict.ShouldBe(Verdict.Passed, where);
    }

    private static async IAsyncEnumerable<(int At, bool Before)> BoundariesAsync(string runs)
    {
        CrashingStore? counting = null;
        using var bench = new Workbench(store => counting = new CrashingStore(store, 0, before: false), runs);
        (await bench.RunAsync(bench.Small())).Status.ShouldBe(RunStatus.Completed);
        counting!.Appends.ShouldBeGreaterThan(25);
        for (var at = 1; at <= counting.Appends; at++)
        {
            yield return (at, true);
            yield return (at, false);
        }
    }

    /// <summary>The bench of another host; null where the boundary is the run's very end: nothing is left to resume.</summary>
    private static async Task<Workbench?> CutOffAsync(int at, bool before, string target, string runs)
    {
        var bench = new Workbench(store => new CrashingStore(store, at, before), runs);
        var spec = bench.Small(target);
        await Should.ThrowAsync<SimulatedCrash>(() => bench.RunAsync(spec));
        Directory.Delete(bench.PathOf("work"), recursive: true);
        var survivor = bench.OnAnotherHost();
        if ((await survivor.LookAsync()).IsFinal)
        {
            survivor.Dispose();
            return null;
        }

        return survivor;
    }

    private static async Task<bool> IsCopyingAsync(Workbench bench)
    {
        var runs = await bench.Host.Runs.ListAsync(TestContext.Current.CancellationToken);
        return runs.Count > 0
            && (await bench.Host.Runs.ReadJournalAsync(runs[0], TestContext.Current.CancellationToken))
                .Any(entry => entry.Kind == JournalKinds.Intent && entry.Step!.Contains("database.copy", StringComparison.Ordinal));
    }

    private sealed class ClockAhead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
