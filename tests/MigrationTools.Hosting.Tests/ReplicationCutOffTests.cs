using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Tests.Postgres;
using MigrationTools.Tests.Runs;

namespace MigrationTools.Hosting.Tests;

/// <summary>
/// A replicating run cut off at its journal's boundaries: it must resume to the end, and it must roll back to nothing. At every third one here, at each of them by
/// scripts/prove-replication-cuts.sh (MIGRATIONTOOLS_CUTS).
/// </summary>
public sealed class ReplicationCutOffTests(PostgresCluster cluster)
{
    [Fact]
    public async Task Cut_off_at_any_boundary_a_replicating_run_resumes_or_rolls_back_and_leaves_no_slot()
    {
        var appends = await CountAsync();
        appends.ShouldBeGreaterThan(25);
        var every = int.Parse(Environment.GetEnvironmentVariable("MIGRATIONTOOLS_CUTS") ?? "3", CultureInfo.InvariantCulture);
        var notReached = new List<int>();
        for (var at = 1; at <= appends; at += every)
        {
            // Each boundary is cut before and after its entry; one of them is resumed first, the other rolled back at once, in turns.
            if (!await CutAsync(at, before: true, resume: at % 2 == 0) | !await CutAsync(at, before: false, resume: at % 2 == 1))
            {
                notReached.Add(at);
            }
        }

        // How many entries a run writes is not the same each time (seen once, on a paused machine; which entry it was is not known): only the last boundaries may be missing.
        notReached.ShouldAllBe(at => at > appends - 3);
        TestContext.Current.SendDiagnosticMessage($"cuts | {appends} boundaries, every {every}. cut before and after: all resumed or rolled back; not reached: {notReached.Count}");
    }

    private async Task<int> CountAsync()
    {
        CrashingStore? counting = null;
        await using var bench = await ReplicationBench.MakeAsync(cluster, store => counting = new CrashingStore(store, 0, before: false), rows: 20);
        var state = await bench.Work.RunAsync(bench.Spec());
        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        return counting!.Appends;
    }

    /// <summary>False where the run ended before the boundary.</summary>
    private async Task<bool> CutAsync(int at, bool before, bool resume)
    {
        var where = $"boundary {at} {(before ? "before" : "after")}";
        CrashingStore? crashing = null;
        await using var bench = await ReplicationBench.MakeAsync(cluster, store => crashing = new CrashingStore(store, at, before), rows: 20);
        var empty = await PostgresDump.OfAsync(cluster, bench.Green.Name);
        try
        {
            var ended = await bench.Work.RunAsync(bench.Spec());
            (ended.Status, crashing!.Appends < at).ShouldBe((RunStatus.Completed, true), $"{where}: {ended.Message}");
            return false;
        }
        catch (SimulatedCrash)
        {
        }

        bench.Reopen();
        if ((await bench.Work.LookAsync()).IsFinal)
        {
            return true;
        }

        if (resume)
        {
            var resumed = await bench.Work.ResumeAsync();
            resumed.Status.ShouldBe(RunStatus.Completed, $"{where}: {resumed.Message}");
            resumed.Verdict.ShouldBe(Verdict.Passed, where);
            (await bench.RowsAsync(bench.Green)).ShouldBe(await bench.RowsAsync(bench.Blue), where);
            (await bench.LeftAsync()).ShouldBeEmpty(where);
        }

        var state = await bench.Work.RollbackAsync();
        state.Status.ShouldBe(RunStatus.RolledBack, $"{where}: {state.Message}");
        (await PostgresDump.OfAsync(cluster, bench.Green.Name)).ShouldBe(empty, where);
        (await bench.LeftAsync()).ShouldBeEmpty(where);
        return true;
    }
}
