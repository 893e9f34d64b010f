using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using ShopService;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>Strategies on real traffic: clients send requests all the while, and none may fail that the versions did not fail themselves.</summary>
public sealed class TrafficStrategyTests
{
    [Theory]
    [InlineData("BigBang", "gate: G")]
    [InlineData("BlueGreen", "gate: G")]
    [InlineData("Canary", "weights: [10, 50, 100], gate: G")]
    [InlineData("ParallelRun", "gate: G, parallelRun: { paths: ['/orders/1{n}', '/orders/2{n}'], requests: 300, maxDifference: 2% }")]
    [InlineData("Phased", "weights: [50, 100], gate: G", "phases:\n  - { name: data, systems: [shop_database], strategy: BigBang }\n  - { name: traffic, systems: [shop_api, front], strategy: Canary }")]
    public async Task The_whole_shop_moves_and_goes_back_while_its_clients_ask_and_none_of_them_sees_a_failure(string strategy, string rollout, string more = "")
    {
        await using var shop = await ShopFront.StartAsync(moved: false);
        await using var load = new SteadyLoad(shop.Router.Front, "/orders", "/orders/1002", "/healthz");
        var spec = shop.Whole(strategy, rollout.Replace("G", ShopFront.Gate, StringComparison.Ordinal), $"  {shop.Api}\n  {shop.Front}", ShopFront.Metrics, more);

        var state = await shop.Bench.RunAsync(spec);

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        state.Verdict.ShouldBe(Verdict.Passed);
        (await shop.WeightsAsync()).ShouldBe((0, 100));
        shop.Bench.Scalar("shop-v3.db", "select count(*) from orders").ShouldBe(shop.Bench.Scalar("shop-v2.db", "select count(*) from \"order\""));
        await load.ShouldBeAnsweredOnlyByAsync("3.0.0");

        (await shop.Bench.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack);

        (await shop.WeightsAsync()).ShouldBe((100, 0));
        File.Exists(shop.Bench.PathOf("shop-v3.db")).ShouldBeFalse();
        await load.ShouldBeAnsweredOnlyByAsync("2.0.5");
        var sent = await load.EndAsync();
        load.Failed.ShouldBeEmpty(string.Join("; ", load.Failed.Take(3)));
        TestContext.Current.SendDiagnosticMessage($"clients | {strategy} there and back | {sent.Count} requests | {load.Failed.Count} failed");
    }

    [Fact]
    public async Task A_parallel_run_finds_the_one_answer_in_a_thousand_that_differs_and_stays_quiet_on_times_and_random_ids()
    {
        await using var shop = await ShopFront.StartAsync();

        // Orders that there are: what neither side has would be alike without a total.
        var orders = ((string)shop.Bench.Scalar("shop-v2.db", "select group_concat(id) from (select id from \"order\" where id > 0 order by id limit 40)")!).Split(',');
        orders.Length.ShouldBe(40);
        var spec = shop.Spec("ParallelRun", $"gate: {ShopFront.Gate}, parallelRun: {{ paths: [{string.Join(", ", orders.Select(id => $"/orders/{id}"))}], requests: 3200, maxDifference: 0.2% }}");

        await shop.V3.BreakAsync(new ShopFaults { WrongTotalEvery = 1000 });
        var found = await shop.Bench.RunAsync(spec);

        found.Status.ShouldBe(RunStatus.RolledBack, found.Message);
        var compared = found.Steps.Single(step => step.Step.Action.Verb == "parallel.run");
        compared.Data["different"]!.GetValue<int>().ShouldBeInRange(1, 4);
        compared.Data["differences"]![0]!["fields"]![0]!["place"]!.GetValue<string>().ShouldEndWith("total");
        compared.Data["noise"]!.AsArray().Select(place => place!.GetValue<string>()).ShouldContain($"/orders/{orders[0]} /requestId");
        (await shop.WeightsAsync()).ShouldBe((100, 0));

        await shop.V3.BreakAsync(new ShopFaults());
        var alike = await shop.Bench.RunAsync(spec);

        alike.Status.ShouldBe(RunStatus.Completed, alike.Message);
        var quiet = alike.Steps.Single(step => step.Step.Action.Verb == "parallel.run").Data;
        (quiet["different"]!.GetValue<int>(), quiet["compared"]!.GetValue<int>()).ShouldBe((0, 3200));
        (await shop.WeightsAsync()).ShouldBe((0, 100));

        await using var load = new SteadyLoad(shop.Router.Front, "/orders", "/orders/1002", "/healthz");
        (await shop.Bench.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack);

        (await shop.WeightsAsync()).ShouldBe((100, 0));
        await load.ShouldBeAnsweredOnlyByAsync("2.0.5");
        var sent = await load.EndAsync();
        load.Failed.ShouldBeEmpty();
        TestContext.Current.SendDiagnosticMessage($"parallel run: {compared.Data["different"]} of 3200 answers differ, then none of 3200; its rollback: {sent.Count} requests, {load.Failed.Count} failed");
    }
}
