using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>
/// All of BlueGreen at once: two PostgreSQL databases kept in step by logical replication while they are written to, a service on either side, a router in front, and clients that
/// ask all the while.
/// </summary>
public sealed class BlueGreenTrafficTests(PostgresCluster cluster)
{
    private const string Paths = "/orders /orders/1002 /healthz";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writers_and_clients_go_on_while_green_is_built_and_nobody_sees_the_switch_or_the_way_back()
    {
        await using var data = await ReplicationBench.MakeAsync(cluster);
        await using var shop = await ShopFront.StartAsync(bench: data.Work);
        await using var load = new SteadyLoad(shop.Router.Front, Paths.Split(' '));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writing = data.WriteUntilFencedAsync(int.MaxValue, ending.Token);

        var state = await shop.Bench.RunAsync(shop.Spec("BlueGreen", $"gate: {ShopFront.Gate}", systems: data.System()));

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        state.Verdict.ShouldBe(Verdict.Passed);
        state.Steps.ShouldAllBe(step => !step.Step.PointOfNoReturn);
        var written = await writing;
        written.ShouldBeGreaterThan(0);
        (await data.RowsAsync(data.Green)).ShouldBe(await data.RowsAsync(data.Blue));
        var fenced = (long)state.Steps.Single(step => step.Step.Action.Verb == "database.cutOver").Data["fencedMs"]!;
        fenced.ShouldBeGreaterThan(0);
        (await shop.WeightsAsync()).ShouldBe((0, 100));
        await load.ShouldBeAnsweredOnlyByAsync("3.0.0");

        // What users wrote to green meanwhile is told before anything goes back, and the traffic stays where their rows are.
        await data.OfGreenAsync("insert into customer (name) values ('of green')");
        var refused = await shop.Bench.RollbackAsync();
        (refused.RollbackRefused, refused.Verdict).ShouldBe((true, Verdict.Failed));
        refused.Message.ShouldContain("customer");
        (await shop.WeightsAsync()).ShouldBe((0, 100));

        var undone = await shop.Bench.RollbackAsync(acceptDataLoss: true);
        undone.Status.ShouldBe(RunStatus.RolledBack, undone.Message);
        (await shop.WeightsAsync()).ShouldBe((100, 0));
        (await data.LeftAsync()).ShouldBeEmpty();
        await data.OfBlueAsync("insert into customer (name) values ('after the way back')");
        await load.ShouldBeAnsweredOnlyByAsync("2.0.5");
        var sent = await load.EndAsync();
        load.Failed.ShouldBeEmpty(string.Join("; ", load.Failed.Take(3)));
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"blue-green by logical replication: {written} writes while it ran, writers kept out for {fenced} ms; {sent.Count} requests there and back, {load.Failed.Count} failed"));
    }

    [Fact]
    public async Task Blue_is_dropped_only_after_the_watch_and_an_approval_and_then_only_a_backup_leads_back()
    {
        await using var data = await ReplicationBench.MakeAsync(cluster);
        await using var shop = await ShopFront.StartAsync(bench: data.Work);
        await using var load = new SteadyLoad(shop.Router.Front, Paths.Split(' '));
        var backup = await data.RowsAsync(data.Blue);

        // The spec asks for no approval: what nothing brings back waits for one all the same.
        var running = shop.Bench.RunAsync(shop.Spec("BlueGreen", $"gate: {ShopFront.Gate}", systems: data.System(", contract: dropTables")));
        var elsewhere = shop.Bench.Reopened();
        var waiting = await elsewhere.UntilWaitingAsync(running);

        waiting.Steps.Where(step => step.Step.PointOfNoReturn).ShouldHaveSingleItem().Step.ShouldBe(waiting.Plan.Steps[^1]);
        waiting.Steps.Single(step => step.Step.Action.Verb == "gate.watch").Verdict.ShouldBe(Verdict.Passed);
        (await shop.WeightsAsync()).ShouldBe((0, 100));
        (await data.RowsAsync(data.Blue)).ShouldBe(backup);
        await elsewhere.ApproveAsync(waiting, "green has been well for a day");
        var state = await running;

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        (await TablesOfBlueAsync(data)).ShouldBeEmpty();
        state.Steps[^1].Summary!.ShouldContain("dropped 2 tables of the source with 400 rows");

        var refused = await shop.Bench.RollbackAsync(acceptDataLoss: true);
        refused.RollbackRefused.ShouldBeTrue();
        refused.Message.ShouldContain("bring them back from a backup");
        (await shop.Bench.LookAsync()).Status.ShouldBe(RunStatus.Completed);
        (await shop.WeightsAsync()).ShouldBe((0, 100));
        (await data.RowsAsync(data.Green)).ShouldBe(backup);
        await load.ShouldBeAnsweredOnlyByAsync("3.0.0");
        await load.EndAsync();
        load.Failed.ShouldBeEmpty(string.Join("; ", load.Failed.Take(3)));
    }

    [Fact]
    public async Task A_blue_that_is_still_written_to_is_kept_whole_and_the_migration_stands()
    {
        await using var data = await ReplicationBench.MakeAsync(cluster);
        await using var shop = await ShopFront.StartAsync(bench: data.Work);
        var running = shop.Bench.RunAsync(shop.Spec("BlueGreen", $"gate: {ShopFront.Gate}", systems: data.System(", contract: dropTables")));
        var elsewhere = shop.Bench.Reopened();
        var waiting = await elsewhere.UntilWaitingAsync(running);

        // A writer that overrides the fence, as a session may.
        await data.OfBlueAsync("begin; set transaction read write; insert into customer (name) values ('a batch job that nobody remembered'); commit");
        await elsewhere.ApproveAsync(waiting, "green has been well for a day");
        var held = await running;

        held.Status.ShouldBe(RunStatus.Held, held.Message);
        held.Message!.ShouldContain("customer had 200 rows and has 201");
        (await shop.WeightsAsync()).ShouldBe((0, 100));
        (await TablesOfBlueAsync(data)).ShouldBe("Order,customer");

        // Once that row is seen to elsewhere, the same run goes on.
        await data.OfBlueAsync("begin; set transaction read write; delete from customer where name like 'a batch job%'; commit");
        var state = await shop.Bench.ResumeAsync();

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        (await TablesOfBlueAsync(data)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_green_that_lost_rows_keeps_blue_whole_until_a_person_answers_for_them()
    {
        await using var data = await ReplicationBench.MakeAsync(cluster);
        await using var shop = await ShopFront.StartAsync(bench: data.Work);
        var running = shop.Bench.RunAsync(shop.Spec("BlueGreen", $"gate: {ShopFront.Gate}", systems: data.System(", contract: dropTables")));
        var elsewhere = shop.Bench.Reopened();
        var waiting = await elsewhere.UntilWaitingAsync(running);

        // As a restore of an older state would, or somebody who tidies up.
        await data.OfGreenAsync("delete from \"Order\" where id > 1; delete from customer where id > 1");
        await elsewhere.ApproveAsync(waiting, "green has been well for a day");
        var refused = await running;

        refused.Status.ShouldBe(RunStatus.Failed, refused.Message);
        refused.Message!.ShouldContain("held:");
        (await shop.WeightsAsync()).ShouldBe((0, 100));
        (await TablesOfBlueAsync(data)).ShouldBe("Order,customer");
        (await shop.Bench.ResumeAsync()).Status.ShouldBe(RunStatus.Failed);
        (await TablesOfBlueAsync(data)).ShouldBe("Order,customer");

        var waived = new RunOptions { Waivers = new Dictionary<string, string> { ["held:*"] = "the tidying was ours" } };
        var state = await shop.Bench.ResumeAsync(waived);

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        state.Verdict.ShouldBe(Verdict.Waived);
        (await TablesOfBlueAsync(data)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_no_to_the_clean_up_takes_nothing_back_and_a_rollback_asked_for_meanwhile_changes_nothing()
    {
        await using var data = await ReplicationBench.MakeAsync(cluster);
        await using var shop = await ShopFront.StartAsync(bench: data.Work);
        var running = shop.Bench.RunAsync(shop.Spec("BlueGreen", $"gate: {ShopFront.Gate}, approval: {{ deadline: 5m }}", systems: data.System(", contract: dropTables")));
        var elsewhere = shop.Bench.Reopened();
        var waiting = await elsewhere.UntilWaitingAsync(running);
        await data.OfGreenAsync("insert into customer (name) values ('of green')");

        await new RunApprovals(elsewhere.Host.Runs, TimeProvider.System).GiveAsync(waiting.RunId, null, approved: false, "ada", "blue stays for another week", Token);
        var refused = await running;

        refused.Status.ShouldBe(RunStatus.Failed, refused.Message);
        (await shop.WeightsAsync()).ShouldBe((0, 100));
        (await shop.Bench.RollbackAsync()).RollbackRefused.ShouldBeTrue();
        (await shop.Bench.LookAsync()).Status.ShouldBe(RunStatus.Failed);
        (await shop.WeightsAsync()).ShouldBe((0, 100));

        // A week later.
        running = shop.Bench.ResumeAsync();
        await elsewhere.ApproveAsync(await elsewhere.UntilWaitingAsync(running), "nobody has missed it");
        var state = await running;
        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        (await TablesOfBlueAsync(data)).ShouldBeEmpty();
    }

    private static async Task<string> TablesOfBlueAsync(ReplicationBench data) =>
        await data.OfBlueAsync("select string_agg(relname, ',' order by relname collate \"C\") from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace") ?? "";
}
