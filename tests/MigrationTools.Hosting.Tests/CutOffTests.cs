using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Tests.Postgres;
using MigrationTools.Tests.Runs;

namespace MigrationTools.Hosting.Tests;

/// <summary>Real databases, a run cut off at each of its journal's boundaries: it must resume to the end, and it must roll back.</summary>
public sealed class CutOffTests(PostgresCluster cluster)
{
    [Fact]
    public async Task Cut_off_at_any_boundary_a_run_between_files_resumes_and_nothing_is_lost_or_doubled()
    {
        await foreach (var (at, before) in BoundariesAsync())
        {
            using var bench = await CutOffAsync(at, before, "sqlite:target.db");
            if (bench is null)
            {
                continue;
            }

            var state = await bench.ResumeAsync();

            var where = $"boundary {at} {(before ? "before" : "after")}: {state.Message}";
            state.Status.ShouldBe(RunStatus.Completed, where);
            state.Verdict.ShouldBe(Verdict.Passed, where);
            bench.Scalar("target.db", "select count(*) from person").ShouldBe(60L, where);
            bench.Scalar("target.db", "select count(*) from sqlite_schema where type = 'index' and name = 'person_name'").ShouldBe(1L, where);
        }
    }

    [Fact]
    public async Task Cut_off_at_any_boundary_a_run_between_files_rolls_back_to_nothing()
    {
        await foreach (var (at, before) in BoundariesAsync())
        {
            using var bench = await CutOffAsync(at, before, "sqlite:target.db");
            if (bench is null)
            {
                continue;
            }

            var state = await bench.RollbackAsync();

            var where = $"boundary {at} {(before ? "before" : "after")}: {state.Message}";
            state.Status.ShouldBe(RunStatus.RolledBack, where);
            state.Verdict.ShouldBe(Verdict.Passed, where);
            File.Exists(bench.PathOf("target.db")).ShouldBeFalse(where);
        }
    }

    [Fact]
    public async Task Cut_off_at_any_boundary_a_run_into_PostgreSQL_resumes_or_rolls_back()
    {
        cluster.SkipWhereMissing();
        await foreach (var (at, before) in BoundariesAsync())
        {
            await using var target = await cluster.CreateDatabaseAsync();
            var empty = await PostgresDump.OfAsync(cluster, target.Name);
            using var bench = await CutOffAsync(at, before, Workbench.UriOf(cluster, target));
            if (bench is null)
            {
                continue;
            }

            // Each boundary is resumed; each second one is rolled back after that, each other one at once.
            var where = $"boundary {at} {(before ? "before" : "after")}";
            if ((at + (before ? 1 : 0)) % 2 == 0)
            {
                var resumed = await bench.ResumeAsync();
                resumed.Status.ShouldBe(RunStatus.Completed, $"{where}: {resumed.Message}");
                resumed.Verdict.ShouldBe(Verdict.Passed, where);
            }

            var state = await bench.RollbackAsync();
            state.Status.ShouldBe(RunStatus.RolledBack, $"{where}: {state.Message}");
            (await PostgresDump.OfAsync(cluster, target.Name)).ShouldBe(empty, where);
        }
    }

    private static async IAsyncEnumerable<(int At, bool Before)> BoundariesAsync()
    {
        CrashingStore? counting = null;
        using var bench = new Workbench(store => counting = new CrashingStore(store, 0, before: false));
        (await bench.RunAsync(bench.Small())).Status.ShouldBe(RunStatus.Completed);
        counting!.Appends.ShouldBeGreaterThan(25);
        for (var at = 1; at <= counting.Appends; at++)
        {
            yield return (at, true);
            yield return (at, false);
        }
    }

    /// <summary>Null where the boundary is the run's very end: nothing is left to resume.</summary>
    private static async Task<Workbench?> CutOffAsync(int at, bool before, string target)
    {
        var bench = new Workbench(store => new CrashingStore(store, at, before));
        var spec = bench.Small(target);
        await Should.ThrowAsync<SimulatedCrash>(() => bench.RunAsync(spec));
        var survivor = bench.Reopened();
        if ((await survivor.LookAsync()).IsFinal)
        {
            survivor.Dispose();
            return null;
        }

        return survivor;
    }
}
