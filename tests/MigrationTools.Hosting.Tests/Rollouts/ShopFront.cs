using System.Globalization;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Routers;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>Both versions of the sample shop behind a real HAProxy, a workbench beside them, and the systems of a spec that moves one to the other.</summary>
internal sealed class ShopFront : IAsyncDisposable
{
    /// <summary>Conditions that a service that is well meets on a busy machine too.</summary>
    public const string Gate = "{ conditions: ['p95 < 10s', 'error_rate <= 1%'], interval: 400ms, count: 2, minSamples: 4, inconclusiveLimit: 5, deadline: 60s }";

    private ShopFront(Workbench bench, RunningShop v2, RunningShop v3, HaProxyInstance router) => (Bench, V2, V3, Router) = (bench, v2, v3, router);

    public Workbench Bench { get; }

    public RunningShop V2 { get; }

    public RunningShop V3 { get; }

    public HaProxyInstance Router { get; }

    /// <summary>The service, as a system of a spec.</summary>
    public string Api => $"shop_api: {{ kind: http, source: '{V2.Address}', target: '{V3.Address}', health: /healthz }}";

    /// <summary>The router, as a system of a spec.</summary>
    public string Front => $"front: {{ kind: traffic, router: haproxy, endpoint: 'unix:{Router.Socket}', backend: shop, source: blue, target: green, front: '{Router.Front}', {Identify} }}";

    public static string Identify => "identify: { path: /healthz, header: X-Shop-Version, source: '^2', target: '^3' }";

    public static string Metrics => "metrics: { api: { http: shop_api, path: /orders/1002, rate: 25/s, timeout: 5s } }";

    /// <summary>Starts all of it; the target's database is there already where the spec does not move it.</summary>
    public static async Task<ShopFront> StartAsync(bool moved = true, Workbench? bench = null)
    {
        if (HaProxyInstance.WhyNot is { } reason)
        {
            Assert.Skip(reason);
        }

        bench ??= new Workbench();
        bench.Shop();
        if (moved)
        {
            // Version 3 reads what version 2 reads: the traffic is what these tests are about.
            bench.Sql("shop-v3.db", "create table customers (id integer primary key, first_name text, last_name text); create table orders (id integer primary key, customer_id integer, status text, currency text, total decimal(14,2), placed_at text)");
            bench.Sql("shop-v3.db", $"attach '{bench.PathOf("shop-v2.db")}' as v2; insert into customers select id, full_name, null from v2.users; insert into orders select id, user_id, status, currency, total, placed_at from v2.\"order\"");
        }

        var v2 = await RunningShop.StartAsync(2, bench.PathOf("shop-v2.db"));
        var v3 = await RunningShop.StartAsync(3, bench.PathOf("shop-v3.db"));
        return new ShopFront(bench, v2, v3, await HaProxyInstance.StartShopAsync(v2.Port, v3.Port));
    }

    /// <summary>Writes a spec that moves service and traffic.</summary>
    public MigrationSpec Spec(string strategy, string rollout, string rollback = "mode: automatic", string? metrics = null, params string[] systems) => Bench.Write($$"""
        id: shop-traffic
        name: The shop's traffic
        strategy: {{strategy}}
        systems:
        {{string.Join('\n', systems.Append(Api).Append(Front).Select(system => "  " + system))}}
        {{metrics ?? Metrics}}
        rollout: { {{rollout}} }
        rollback: { {{rollback}} }
        """);

    /// <summary>Writes the sample's own spec, database and all its checks, with systems, a strategy and a rollout of the test's.</summary>
    public MigrationSpec Whole(string strategy, string rollout, string systems, string metrics, string more = "")
    {
        var text = File.ReadAllText(Path.Combine(Workbench.RepositoryRoot, "samples", "shop", "migration.yaml"));
        return Bench.Write(text
            .Replace("strategy: BigBang", $"strategy: {strategy}", StringComparison.Ordinal)
            .Replace("dependencies:", $"{systems}\n\n{metrics}\nrollout: {{ {rollout} }}\n{more}\n\ndependencies:", StringComparison.Ordinal));
    }

    /// <summary>What the router gives the new version now, asked past the code under test.</summary>
    public async Task<(int Blue, int Green)> WeightsAsync()
    {
        var lines = (await Router.AskAsync("show stat")).Split('\n').Select(line => line.Split(',')).Where(line => line[0] == "shop").ToDictionary(line => line[1], line => line[18]);
        return (int.Parse(lines["blue"], CultureInfo.InvariantCulture), int.Parse(lines["green"], CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        await Router.DisposeAsync();
        await V2.DisposeAsync();
        await V3.DisposeAsync();
        Bench.Dispose();
    }
}
