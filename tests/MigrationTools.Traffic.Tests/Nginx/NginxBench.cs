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

    public async ValueTask DisposeAsync()
    {
        await Nginx.DisposeAsync();
        await Blue.DisposeAsync();
        await Green.DisposeAsync();
    }
}
