using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Tests.Reports;

/// <summary>Runs of the shop's plan that ended in the ways that runs end.</summary>
internal static class ShopRuns
{
    public static async Task<JournalBench> CompletedAsync()
    {
        var bench = new JournalBench();
        await UpToCopyAsync(bench);
        await bench.DoAsync(ShopPlan.Copy, 6.8, ShopData.Copied());
        await bench.DoAsync(ShopPlan.Compare, 3.1, ShopData.Compared());
        await bench.DoAsync(ShopPlan.CutOver, 0.3, new StepObservation("the traces of copying are gone"));
        await bench.EndAsync(RunStatus.Completed, Verdict.Passed, "all 6 steps are committed");
        return bench;
    }

    public static async Task<JournalBench> FailedAndRolledBackAsync()
    {
        var bench = new JournalBench();
        await UpToCopyAsync(bench);
        await bench.DoAsync(ShopPlan.Copy, 6.8, ShopData.Copied(rejected: 2));
        await bench.DoAsync(ShopPlan.Compare, 3.1, ShopData.Compared(differing: true));
        await bench.RollBackAsync("gate 'data proof' after step 05-database.compare:shop_database: 3 checks did not pass");
        await bench.UndoAsync(ShopPlan.Compare, 0, "nothing to undo: it only looks");
        await bench.UndoAsync(ShopPlan.Copy, 1.2, "104,370 rows removed; looked: no row is left");
        await bench.UndoAsync(ShopPlan.Expand, 0.4, "10 tables dropped");
        await bench.UndoAsync(ShopPlan.Fence, 0, "nothing to undo: it only looks");
        await bench.UndoAsync(ShopPlan.Capture, 0.9, "both sides are as they were", Verdict.Passed, ShopData.Check("rollback:target", Verdict.Passed, "schema and rows are what they were before"));
        await bench.EndAsync(RunStatus.RolledBack, Verdict.Passed, "5 steps are undone: gate 'data proof' did not let it pass");
        return bench;
    }

    public static async Task<JournalBench> HeldAsync()
    {
        var bench = new JournalBench();
        await UpToCopyAsync(bench);
        await bench.FailAsync(ShopPlan.Copy, 4.2, ErrorIds.EndpointUnavailable, "postgresql://migrator@db.example:5432/shop: the server closed the connection (57P01, terminating connection due to administrator command) after 41,000 rows. Start the server, then resume the run.");
        await bench.EndAsync(RunStatus.Held, Verdict.Error, "step 04-database.copy:shop_database: the server closed the connection — mend the cause and resume it, or roll it back");
        return bench;
    }

    /// <summary>Killed in the middle of copying; nobody has taken it since.</summary>
    public static async Task<JournalBench> InterruptedAsync()
    {
        var bench = new JournalBench();
        await UpToCopyAsync(bench);
        await bench.IntendAsync(ShopPlan.Copy);
        bench.Time.Pass(5);
        await bench.DieAsync("{\"seq\":99,\"at\":\"20");
        return bench;
    }

    /// <summary>Killed in the middle of copying, resumed the next morning, waived, completed.</summary>
    public static async Task<JournalBench> ResumedAndWaivedAsync()
    {
        var bench = await InterruptedAsync();
        bench.Time.Pass(36_000);
        await bench.TakeAsync();
        await bench.LookAsync(ShopPlan.Copy, Effect.Partial, "58,112 rows of 6 tables are committed (5 tables whole)");
        await bench.DoAsync(ShopPlan.Copy, 3.3, ShopData.Copied(resumed: 12_000));
        await bench.DoAsync(ShopPlan.Compare, 3.1, ShopData.Compared(differing: true), new Dictionary<string, string> { ["checksum:*"] = "three orders were mended by hand, ticket 4711", ["quality:*"] = "follows from the three orders", ["referential:*"] = "looked at by hand" });
        await bench.DoAsync(ShopPlan.CutOver, 0.3, new StepObservation("the traces of copying are gone"));
        await bench.EndAsync(RunStatus.Completed, Verdict.Waived, "all 6 steps are committed");
        return bench;
    }

    public static async Task<JournalBench> NotReadyAsync()
    {
        var bench = new JournalBench();
        await bench.BeginAsync();
        await bench.ReadyAsync(ShopData.Readiness(disk: Verdict.Failed));
        await bench.EndAsync(RunStatus.NotReady, Verdict.Failed, "not ready, nothing was changed: resources:disk: 3.1 GiB free, 20 GiB asked for");
        return bench;
    }

    public static async Task UpToCopyAsync(JournalBench bench)
    {
        await bench.BeginAsync();
        await bench.ReadyAsync(ShopData.Readiness());
        await bench.DoAsync(ShopPlan.Capture, 1.1, new StepObservation("10 tables of the source and 0 of the target taken down") { Evidence = [new Evidence("fingerprint of the source", "9f2c…41", bench.Time.Now) { Endpoint = ShopPlan.Source }] });
        await bench.DoAsync(ShopPlan.Fence, 0.1, new StepObservation("nothing is locked"));
        await bench.DoAsync(ShopPlan.Expand, 0.7, new StepObservation("2 scripts applied, 10 tables made"));
    }
}
