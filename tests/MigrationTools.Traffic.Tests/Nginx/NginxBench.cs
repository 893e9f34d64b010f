using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Tests.Routers;
using MigrationTools.Traffic.Nginx;

namespace MigrationTools.Traffic.Tests.Nginx;

/// <summary>Two services, blue and green, behind a real nginx whose owned file sends all to blue.</summary>
internal sealed class NginxBench : IAsyncDisposable
{
    private NginxBench(NamedService blue, NamedService green, NginxInstance nginx) => (Blue, Green, Nginx) = (blue, green, nginx);

    public NamedService Blue { get; }

    public NamedService Green { get; }

    public NginxInstance Nginx { get; }

    public TrafficSystemSpec System => new()
    {
        Name = "shop",
        Router = "nginx",
        Endpoint = Endpoint.Parse("file:" + Nginx.SplitFile, Nginx.DirectoryPath),
        Source = "shop_v2",
        Target = "shop_v3",
        Front = Endpoint.Parse(Nginx.Front, Nginx.DirectoryPath),
        Identify = new TrafficIdentitySpec("/version", NamedService.Header, "blue", "green"),
        Programs = new RouterProgramsSpec { Check = Nginx.Check, Reload = Nginx.Reload },
    };

    public TrafficLane Lane => System.Lanes[0];

    public static async Task<NginxBench> StartAsync()
    {
        var blue = NamedService.Start("blue");
        var green = NamedService.Start("green");
        try
        {
            var split = NginxSplitText.Write([new NginxLane("shop", "shop_v2", "shop_v3", 0, false)]);
            return new NginxBench(blue, green, await NginxInstance.StartAsync(blue.Port, green.Port, split));
        }
        catch
        {
            await blue.DisposeAsync();
            await green.DisposeAsync();
            throw;
        }
    }

    public ITrafficRouter Open() => Open(System);

    public ITrafficRouter Open(TrafficSystemSpec system) => new NginxRouterProvider(TimeProvider.System).Open(system, Nginx.DirectoryPath);

    /// <summary>Sends requests until the workers of an earlier configuration are gone, so that what is counted afterwards is the new one's.</summary>
    public async Task SettledAsync(Func<IReadOnlyDictionary<string, int>, bool> isNew)
    {
        for (var attempt = 0; attempt < 500; attempt++)
        {
            if (isNew(await Client.SendAsync(Nginx.Front, 10)))
            {
                return;
            }
        }

        throw new InvalidOperationException("nginx goes on with its old configuration.");
    }

    /// <summary>The system with a reload that is a shell's script.</summary>
    public TrafficSystemSpec Reloading(string script) => System with { Programs = new RouterProgramsSpec { Check = Nginx.Check, Reload = ["/bin/sh", "-c", script] } };

    /// <summary>The reload that nginx understands, for such a script.</summary>
    public string ReloadInShell => string.Join(' ', Nginx.Reload.Select(word => $"'{word}'"));

    /// <summary>After a change that failed: the old text is in place, and neither the words nor the router claim that nginx goes by it.</summary>
    public async Task ShouldNotKnowWhatIsLoadedAsync(TrafficException refused, ITrafficRouter router)
    {
        refused.Message.ShouldContain("is again as it was, but what nginx has loaded is not known");
        (await File.ReadAllTextAsync(Nginx.SplitFile, TestContext.Current.CancellationToken)).ShouldContain("* shop_v2;");
        var split = await router.ReadAsync(Lane, TestContext.Current.CancellationToken);
        split.TargetPercent.ShouldBeNull();
        split.Evidence.Observed!.ShouldContain("what nginx has loaded is not known");
    }

    public async ValueTask DisposeAsync()
    {
        await Nginx.DisposeAsync();
        await Blue.DisposeAsync();
        await Green.DisposeAsync();
    }
}
