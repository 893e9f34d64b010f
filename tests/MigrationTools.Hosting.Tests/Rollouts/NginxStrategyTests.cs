using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Tests.Routers;
using MigrationTools.Traffic.Nginx;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>Traffic moved by a real nginx, whose shares can only be proven by counting answers.</summary>
public sealed class NginxStrategyTests
{
    [Fact]
    public async Task A_canary_on_nginx_moves_all_traffic_and_its_rollback_moves_it_back_without_a_failed_request()
    {
        await using var shop = await ShopFront.StartAsync();
        await using var nginx = await NginxInstance.StartAsync(shop.V2.Port, shop.V3.Port, await FirstSplitAsync(shop.Bench));
        await using var load = new SteadyLoad(nginx.Front, "/orders", "/healthz");
        string List(IEnumerable<string> program) => string.Join(", ", program.Select(argument => $"'{argument}'"));
        var spec = shop.Bench.Write($$"""
            id: shop-nginx
            strategy: Canary
            systems:
              {{shop.Api}}
              shop:
                kind: traffic
                router: nginx
                endpoint: file:{{nginx.SplitFile}}
                source: shop_v2
                target: shop_v3
                check: [{{List(nginx.Check)}}]
                reload: [{{List(nginx.Reload)}}]
                front: {{nginx.Front}}
                {{ShopFront.Identify}}
            {{ShopFront.Metrics}}
            rollout: { weights: [20, 100], gate: {{ShopFront.Gate}} }
            rollback: { mode: automatic }
            """);

        var state = await shop.Bench.RunAsync(spec);

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        (await shop.Bench.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack);
        var sent = await load.EndAsync();
        sent.Select(request => request.Version).Distinct().Order().ShouldBe(["2.0.5", "3.0.0"]);
        sent.MaxBy(request => request.At)!.Version.ShouldBe("2.0.5");
        load.Failed.ShouldBeEmpty();
        TestContext.Current.SendDiagnosticMessage($"canary on nginx and rollback: {sent.Count} requests, {load.Failed.Count} failed");
    }

    // Before nginx first starts, the file that it includes is made by setting 0 %, with programs that do nothing.
    private static async Task<string> FirstSplitAsync(Workbench bench)
    {
        var file = bench.PathOf("first-split.conf");
        var system = new TrafficSystemSpec
        {
            Name = "shop",
            Router = "nginx",
            Endpoint = Endpoint.Parse("file:" + file, bench.Directory),
            Source = "shop_v2",
            Target = "shop_v3",
            Programs = new RouterProgramsSpec { Check = ["true"], Reload = ["true"] },
        };
        await using var router = new NginxRouterProvider(TimeProvider.System).Open(system, bench.Directory);
        await router.SetShareAsync(system.Lanes[0], 0, TestContext.Current.CancellationToken);
        return await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
    }
}
