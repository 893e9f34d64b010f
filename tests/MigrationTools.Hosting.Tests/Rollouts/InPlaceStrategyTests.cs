using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Tests.Routers;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>Strategies that move servers or routes one by one, with the sample shop's service in processes of their own where it is upgraded in place.</summary>
public sealed class InPlaceStrategyTests
{
    // Ends the unit's process, waits for its end, and starts the service as the version that is asked for.
    private const string Unit = """
        set -e
        if [ -f "$1.pid" ]; then
            kill "$(cat "$1.pid")" 2>/dev/null || true
            while kill -0 "$(cat "$1.pid")" 2>/dev/null; do sleep 0.05; done
        fi
        dotnet exec "$4" --version "$2" --database "shop-v$2.db" --port "$3" >>"$1.log" 2>&1 </dev/null &
        echo $! >"$1.pid"
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rolling_upgrades_three_servers_without_a_failed_request_and_its_rollback_brings_them_back()
    {
        await WithServersAsync(async (shop, router, ports, load) =>
        {
            var state = await shop.Bench.RunAsync(shop.Whole("Rolling", "maxUnavailable: 1, drainTimeout: 20s", Units(router, ports), metrics: ""));

            state.Status.ShouldBe(RunStatus.Completed, state.Message);
            state.Verdict.ShouldBe(Verdict.Passed);
            await Task.Delay(200, Token);
            await load.ShouldBeAnsweredOnlyByAsync("3.0.0");

            (await shop.Bench.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack);
        });
    }

    [Fact]
    public async Task A_server_whose_upgrade_fails_is_brought_back_with_those_that_were_upgraded_two_at_a_time()
    {
        await WithServersAsync(async (shop, router, ports, load) =>
        {
            // The third says that it is 3.0.0, and its spec waits for another version: by then the first two are upgraded.
            var state = await shop.Bench.RunAsync(shop.Whole("Rolling", "maxUnavailable: 2, drainTimeout: 20s", Units(router, ports, failing: "web3"), metrics: ""));

            state.Status.ShouldBe(RunStatus.RolledBack, state.Message);
            state.Steps.Count(step => step.Step.Action.Verb == "unit.upgrade" && step.Status == StepStatus.Compensated).ShouldBe(3);
            File.Exists(shop.Bench.PathOf("shop-v3.db")).ShouldBeFalse();
            (await router.AskAsync("show servers state shop")).Split('\n').Where(line => line.Contains(" web", StringComparison.Ordinal)).Select(line => line.Split(' ')[6]).ShouldAllBe(administrative => administrative == "0");
        });
    }

    [Fact]
    public async Task A_strangler_fig_moves_route_by_route_and_back()
    {
        await using var shop = await ShopFront.StartAsync(moved: false);
        var port = RouterProcess.FreePort();
        string Backend(string name) => string.Create(CultureInfo.InvariantCulture, $"backend {name}\n    balance roundrobin\n    server blue 127.0.0.1:{shop.V2.Port} weight 100\n    server green 127.0.0.1:{shop.V3.Port} weight 0\n");
        await using var router = await HaProxyInstance.StartAsync(string.Create(CultureInfo.InvariantCulture, $$"""
            frontend routes
                bind 127.0.0.1:{{port}}
                use_backend orders if { path_beg /orders }
                default_backend rest
            {{Backend("orders")}}
            {{Backend("rest")}}
            {{Backend("shop")}}
            """));
        var front = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        await using var load = new SteadyLoad(front, "/orders", "/healthz");
        var systems = $$"""
              {{shop.Api}}
              front:
                kind: traffic
                router: haproxy
                endpoint: unix:{{router.Socket}}
                source: blue
                target: green
                routes:
                  orders: { path: /orders, backend: orders }
                  rest: { path: /, backend: rest }
            """;
        var spec = shop.Whole("StranglerFig", $"weights: [50, 100], gate: {ShopFront.Gate}", systems, ShopFront.Metrics);

        var state = await shop.Bench.RunAsync(spec);

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        state.Steps.Where(step => step.Step.Action.Verb == "traffic.shift").Select(step => step.Step.Action.Parameters["lane"]!.GetValue<string>()).ShouldBe(["orders", "orders", "rest", "rest"]);
        await load.ShouldBeAnsweredOnlyByAsync("3.0.0");

        (await shop.Bench.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack);

        await load.ShouldBeAnsweredOnlyByAsync("2.0.5");
        var sent = await load.EndAsync();
        load.Failed.ShouldBeEmpty(string.Join("; ", load.Failed.Take(3)));
        TestContext.Current.SendDiagnosticMessage($"clients | StranglerFig there and back | {sent.Count} requests | {load.Failed.Count} failed");
    }

    /// <summary>Three servers of version 2 in processes of their own behind a router, and clients that ask until the end, when version 2 alone must answer and none may have seen a failure.</summary>
    private static async Task WithServersAsync(Func<ShopFront, HaProxyInstance, IReadOnlyDictionary<string, int>, SteadyLoad, Task> actAsync)
    {
        await using var shop = await ShopFront.StartAsync(moved: false);
        var ports = Enumerable.Range(1, 3).ToDictionary(unit => $"web{unit}", _ => RouterProcess.FreePort());
        File.WriteAllText(shop.Bench.PathOf("unit.sh"), Unit);
        try
        {
            foreach (var (name, port) in ports)
            {
                await StartUnitAsync(shop.Bench, name, port);
            }

            await using var router = await HaProxyInstance.StartAsync($"backend shop\n    balance roundrobin\n{string.Join('\n', ports.Select(unit => string.Create(CultureInfo.InvariantCulture, $"    server {unit.Key} 127.0.0.1:{unit.Value} weight 100")))}\n");
            await using var load = new SteadyLoad(router.Front, "/orders", "/healthz");

            await actAsync(shop, router, ports, load);

            await load.ShouldBeAnsweredOnlyByAsync("2.0.5");
            var sent = await load.EndAsync();
            load.Failed.ShouldBeEmpty(string.Join("; ", load.Failed.Take(3)));
            TestContext.Current.SendDiagnosticMessage($"clients | Rolling there and back | {sent.Count} requests | {load.Failed.Count} failed");
        }
        finally
        {
            await StopUnitsAsync(shop.Bench, ports.Keys);
        }
    }

    private static string Units(HaProxyInstance router, IReadOnlyDictionary<string, int> ports, string? failing = null) => $$"""
          front:
            kind: traffic
            router: haproxy
            endpoint: unix:{{router.Socket}}
            backend: shop
            front: {{router.Front}}
            units:
        {{string.Join('\n', ports.Select(unit => Describe(unit.Key, unit.Value, unit.Key == failing)))}}
        """;

    private static string Describe(string name, int port, bool fails) => string.Create(CultureInfo.InvariantCulture, $$"""
              {{name}}:
                upgrade: [sh, unit.sh, {{name}}, '3', '{{port}}', '{{Service}}']
                downgrade: [sh, unit.sh, {{name}}, '2', '{{port}}', '{{Service}}']
                health: http://127.0.0.1:{{port}}/healthz
                upgraded: = {{(fails ? "9.9.9" : "3.0.0")}}
                timeout: {{(fails ? "5s" : "60s")}}
        """);

    private static string Service => Path.Combine(AppContext.BaseDirectory, "ShopService.dll");

    private static async Task StartUnitAsync(Workbench bench, string name, int port)
    {
        using var start = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh", ["unit.sh", name, "2", port.ToString(CultureInfo.InvariantCulture), Service]) { WorkingDirectory = bench.Directory })!;
        await start.WaitForExitAsync(Token);
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                (await client.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/healthz"), Token)).ShouldBe("2.0.5");
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, Token);
            }
        }
    }

    private static async Task StopUnitsAsync(Workbench bench, IEnumerable<string> names)
    {
        foreach (var name in names.Where(name => File.Exists(bench.PathOf($"{name}.pid"))))
        {
            using var kill = System.Diagnostics.Process.Start("kill", ["-9", File.ReadAllText(bench.PathOf($"{name}.pid")).Trim()]);
            await kill.WaitForExitAsync(CancellationToken.None);
        }
    }
}
