using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using ShopService;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>Strategies on real traffic: clients send requests all the while, and none may fail that the versions did not fail themselves.</summary>
public sealed class TrafficStrategyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_canary_moves_all_traffic_without_a_failed_request_and_its_rollback_moves_it_back()
    {
        await using var shop = await ShopFront.StartAsync();
        await using var load = new SteadyLoad(shop.Router.Front, "/orders", "/orders/1002", "/healthz");
        var spec = shop.Spec("Canary", $"weights: [10, 50, 100], gate: {ShopFront.Gate}");

        var state = await shop.Bench.RunAsync(spec);

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        state.Verdict.ShouldBe(Verdict.Passed);
        (await shop.WeightsAsync()).ShouldBe((0, 100));
        var from = DateTimeOffset.UtcNow;
        await Task.Delay(300, Token);
        load.Sent.Where(request => request.At > from).ShouldAllBe(request => request.Version == "3.0.0");

        (await shop.Bench.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack);

        (await shop.WeightsAsync()).ShouldBe((100, 0));
        var sent = await load.EndAsync();
        sent.Select(request => request.Version).Distinct().Order().ShouldBe(["2.0.5", "3.0.0"]);
        load.Failed.ShouldBeEmpty();
        TestContext.Current.SendDiagnosticMessage($"canary and rollback: {sent.Count} requests, {load.Failed.Count} failed");
    }

    [Fact]
    public async Task Blue_green_copies_the_shop_catches_up_switches_watches_and_waits_for_a_person()
    {
        await using var shop = await ShopFront.StartAsync(moved: false);
        await using var load = new SteadyLoad(shop.Router.Front, "/healthz");
        var text = File.ReadAllText(shop.Bench.PathOf("migration.yaml"))
            .Replace("strategy: BigBang", "strategy: BlueGreen", StringComparison.Ordinal)
            .Replace("dependencies:", $"  {shop.Api}\n  {shop.Front}\n\n{ShopFront.Metrics.Replace("/orders/1002", "/healthz", StringComparison.Ordinal)}\nrollout: {{ gate: {ShopFront.Gate}, approval: {{ deadline: 5m }} }}\n\ndependencies:", StringComparison.Ordinal);
        var spec = shop.Bench.Write(text);

        var running = shop.Bench.RunAsync(spec);
        var elsewhere = shop.Bench.Reopened();
        var waiting = await UntilWaitingAsync(elsewhere, running);
        (await shop.WeightsAsync()).ShouldBe((0, 100));
        await elsewhere.ApproveAsync(waiting, "the new shop is well");
        var state = await running;

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        state.Verdict.ShouldBe(Verdict.Passed);
        var approval = state.Steps.Single(step => step.Step.Action.Verb == "gate.approve");
        approval.Checks.Single().Message.ShouldContain("the new shop is well");
        shop.Bench.Scalar("shop-v3.db", "select count(*) from orders").ShouldBe(shop.Bench.Scalar("shop-v2.db", "select count(*) from \"order\""));
        await load.EndAsync();
        load.Failed.ShouldBeEmpty();
        load.Sent.Max(request => request.Version).ShouldBe("3.0.0");

        (await shop.Bench.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack);
        (await shop.WeightsAsync()).ShouldBe((100, 0));
    }

    [Fact]
    public async Task A_parallel_run_finds_the_one_answer_that_differs_and_stays_quiet_on_times_and_random_ids()
    {
        await using var shop = await ShopFront.StartAsync();
        var spec = shop.Spec("ParallelRun", $"gate: {ShopFront.Gate}, parallelRun: {{ paths: ['/orders/1{{n}}', '/orders/2{{n}}'], requests: 700, maxDifference: 1% }}");

        await shop.V3.BreakAsync(new ShopFaults { WrongTotalEvery = 97 });
        var found = await shop.Bench.RunAsync(spec);

        found.Status.ShouldBe(RunStatus.RolledBack, found.Message);
        var compared = found.Steps.Single(step => step.Step.Action.Verb == "parallel.run");
        compared.Data["different"]!.GetValue<int>().ShouldBeInRange(1, 7);
        compared.Data["differences"]![0]!["fields"]![0]!["place"]!.GetValue<string>().ShouldEndWith("total");
        compared.Data["noise"]!.AsArray().Select(place => place!.GetValue<string>()).ShouldContain("/orders/2{n} /requestId");
        (await shop.WeightsAsync()).ShouldBe((100, 0));

        await shop.V3.BreakAsync(new ShopFaults());
        var alike = await shop.Bench.RunAsync(spec);

        alike.Status.ShouldBe(RunStatus.Completed, alike.Message);
        alike.Steps.Single(step => step.Step.Action.Verb == "parallel.run").Data["different"]!.GetValue<int>().ShouldBe(0);
        (await shop.WeightsAsync()).ShouldBe((0, 100));

        await using var load = new SteadyLoad(shop.Router.Front, "/orders", "/orders/1002", "/healthz");
        (await shop.Bench.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack);

        (await shop.WeightsAsync()).ShouldBe((100, 0));
        var from = DateTimeOffset.UtcNow;
        await Task.Delay(300, Token);
        var sent = await load.EndAsync();
        sent.Where(request => request.At > from).ShouldAllBe(request => request.Version == "2.0.5");
        load.Failed.ShouldBeEmpty();
        TestContext.Current.SendDiagnosticMessage($"parallel run's rollback: {sent.Count} requests, {load.Failed.Count} failed");
    }

    [Fact]
    public async Task Phases_move_the_data_first_and_then_the_traffic()
    {
        await using var shop = await ShopFront.StartAsync();
        shop.Bench.Sql("flags.db", "create table flag (name text primary key, value text); insert into flag values ('checkout', 'v2')");
        var spec = shop.Spec(
            "Phased",
            $"weights: [50, 100], gate: {ShopFront.Gate} }}\nphases:\n  - {{ name: data, systems: [flags], strategy: BigBang }}\n  - {{ name: traffic, systems: [shop_api, front], strategy: Canary }}\nvalidation: {{ counts: all",
            systems: "flags: { kind: database, source: 'sqlite:flags.db', target: 'sqlite:flags-v3.db' }");

        var state = await shop.Bench.RunAsync(spec);

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        state.Steps.Select(step => step.Step.Phase.Split(':')[0]).Distinct().ShouldBe(["data", "traffic"]);
        (await shop.Bench.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack);
        (await shop.WeightsAsync()).ShouldBe((100, 0));
        File.Exists(shop.Bench.PathOf("flags-v3.db")).ShouldBeFalse();
    }

    private static async Task<RunState> UntilWaitingAsync(Workbench bench, Task<RunState> running)
    {
        while (true)
        {
            if (running.IsCompleted)
            {
                throw new InvalidOperationException($"The run ended before it waited: {(await running).Message}");
            }

            if ((await bench.Host.Runs.ListAsync(Token)).Count > 0 && await bench.LookAsync() is var state && RunApprovals.Waiting(state).Count > 0)
            {
                return state;
            }

            await Task.Delay(50, Token);
        }
    }
}
