using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Traffic;
using MigrationTools.Tests.Routers;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>Traffic moved by a real nginx, whose shares can only be proven by counting answers.</summary>
public sealed class NginxStrategyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_canary_on_nginx_moves_all_traffic_and_its_rollback_moves_it_back_without_a_failed_request()
    {
        await using var shop = await ShopFront.StartAsync();
        await using var nginx = await NginxInstance.StartAsync(shop.V2.Port, shop.V3.Port, await NginxFront.FirstSplitAsync(shop.Bench, "shop"));
        await using var load = new SteadyLoad(nginx.Front, "/orders", "/healthz");
        var spec = shop.Bench.Write($$"""
            id: shop-nginx
            strategy: Canary
            systems:
              {{shop.Api}}
              {{NginxFront.System(nginx)}}
            {{ShopFront.Metrics}}
            rollout: { weights: [20, 100], gate: {{ShopFront.Gate}} }
            rollback: { mode: automatic }
            """);

        var state = await shop.Bench.RunAsync(spec);

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        (await shop.Bench.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack);
        await load.GoOnAsync();
        var sent = await load.EndAsync();
        ShouldHaveLostNothing(load, reloads: 3);
        var answered = sent.Except(load.Failed).ToList();
        answered.Select(request => request.Version).Distinct().Order().ShouldBe(["2.0.5", "3.0.0"]);
        answered.MaxBy(request => request.At)!.Version.ShouldBe("2.0.5");
        TestContext.Current.SendDiagnosticMessage($"canary on nginx and rollback: {sent.Count} requests, {load.Failed.Count} failed on a connection that a reload closed, none for good");
    }

    [Fact]
    public async Task A_strangler_fig_on_nginx_mirrors_each_route_before_it_moves_it_and_no_client_sees_a_copy_or_a_failure()
    {
        await using var shop = await ShopFront.StartAsync();
        await using var nginx = await NginxInstance.StartAsync(shop.V2.Port, shop.V3.Port, await NginxFront.FirstSplitAsync(shop.Bench, "orders", "rest"), ("/orders", "orders"), ("/", "rest"));
        await using var load = new SteadyLoad(nginx.Front, "/orders", "/healthz");
        var spec = shop.Bench.Write($$"""
            id: shop-routes
            strategy: StranglerFig
            systems:
              {{shop.Api}}
              {{NginxFront.System(nginx)}}
                routes:
                  orders: { path: /orders }
                  rest: { path: / }
            {{ShopFront.Metrics}}
            rollout: { weights: [50, 100], gate: {{ShopFront.Gate}} }
            rollback: { mode: automatic }
            """);

        var state = await shop.Bench.RunAsync(spec);

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        state.Steps.Where(step => step.Step.Action.Verb is not "gate.watch" && step.Step.Phase is not "verify")
            .Select(step => $"{step.Step.Action.Verb} {step.Step.Action.Parameters["lane"]}").ShouldBe(
            [
                "traffic.mirror orders", "traffic.unmirror orders", "traffic.shift orders", "traffic.shift orders",
                "traffic.mirror rest", "traffic.unmirror rest", "traffic.shift rest", "traffic.shift rest",
            ]);
        var journal = await shop.Bench.Host.Runs.ReadJournalAsync(state.RunId, Token);
        var copies = new List<string>();
        foreach (var (lane, path) in new[] { ("orders", "/orders"), ("rest", "/healthz") })
        {
            // The clients of a route are answered by the old side alone until its first share, although the new one gets what they ask.
            DateTimeOffset When(string kind, string verb) => journal.First(entry => entry.Kind == kind && entry.Step == state.Steps.First(step => step.Step.Action.Verb == verb && (string?)step.Step.Action.Parameters["lane"] == lane).Step.Id).At;
            var mirrored = load.Sent.Where(request => request.Path == path && request.At > When(JournalKinds.Observed, "traffic.mirror") && request.At < When(JournalKinds.Intent, "traffic.unmirror")).ToList();
            mirrored.ShouldNotBeEmpty();
            mirrored.ShouldAllBe(request => request.Version == "2.0.5" && request.Status == 200);
            var seen = File.ReadLines(nginx.AccessLog).Count(line => line == $"/_mirror_{lane} shop_v3 200");
            seen.ShouldBeGreaterThan(mirrored.Count / 2);
            copies.Add($"{lane}: {mirrored.Count} requests of clients while it was mirrored, {seen} copies answered by the new side");
        }

        (await load.GoOnAsync()).ShouldAllBe(request => request.Version == "3.0.0" || request.SentAgain);
        var copiesAtTheEnd = File.ReadLines(nginx.AccessLog).Count(line => line.StartsWith("/_mirror_", StringComparison.Ordinal) && line.Contains("shop_v3", StringComparison.Ordinal));

        (await shop.Bench.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack);

        (await load.GoOnAsync()).ShouldAllBe(request => request.Version == "2.0.5" || request.SentAgain);
        var sent = await load.EndAsync();
        ShouldHaveLostNothing(load, reloads: 16);
        var last = File.ReadLines(nginx.AccessLog).Last(line => line.StartsWith("/_mirror_", StringComparison.Ordinal));
        last.ShouldNotContain("shop_v3");
        TestContext.Current.SendDiagnosticMessage($"strangler fig on nginx and rollback: {sent.Count} requests, {load.Failed.Count} failed on a connection that a reload closed, none for good; {string.Join("; ", copies)}; {copiesAtTheEnd} copies before the rollback");
    }

    // nginx closes idle connections when it is reloaded, and a request that is on its way over one is reset: no configuration of ours can prevent that (its
    // keepalive_min_timeout can, from 1.27.4). It can overtake each of the three clients once a reload, and nothing else may fail.
    private static void ShouldHaveLostNothing(SteadyLoad load, int reloads)
    {
        load.Lost.ShouldBeEmpty(string.Join("; ", load.Lost.Take(3)));
        load.Failed.Count.ShouldBeLessThanOrEqualTo(3 * reloads);
    }
}
