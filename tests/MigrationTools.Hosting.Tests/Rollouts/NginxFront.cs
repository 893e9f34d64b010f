using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Routers;
using MigrationTools.Traffic.Nginx;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>A real nginx in the place of HAProxy: the file that it includes before the tool first writes it, and the system of a spec.</summary>
internal static class NginxFront
{
    /// <summary>The router named shop, as a system of a spec, at two levels of a test's indentation.</summary>
    public static string System(NginxInstance nginx)
    {
        static string List(IEnumerable<string> program) => string.Join(", ", program.Select(argument => $"'{argument}'"));
        return $$"""
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
            """;
    }

    /// <summary>Before nginx first starts, the file that it includes is made by setting 0 %, with programs that do nothing.</summary>
    public static async Task<string> FirstSplitAsync(Workbench bench, params string[] lanes)
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
        foreach (var lane in lanes)
        {
            await router.SetShareAsync(system.Lanes[0] with { Name = lane }, 0, TestContext.Current.CancellationToken);
        }

        return await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
    }
}
