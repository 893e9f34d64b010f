using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Tests.Routers;
using MigrationTools.Traffic.HaProxy;

namespace MigrationTools.Traffic.Tests;

/// <summary>Two services, blue and green, behind a real HAProxy with the backend "shop".</summary>
internal sealed class Bench : IAsyncDisposable
{
    private Bench(NamedService blue, NamedService green, HaProxyInstance haProxy) => (Blue, Green, HaProxy) = (blue, green, haProxy);

    public NamedService Blue { get; }

    public NamedService Green { get; }

    public HaProxyInstance HaProxy { get; }

    public TrafficSystemSpec System => new()
    {
        Name = "front",
        Router = "haproxy",
        Endpoint = Endpoint.Parse("unix:" + HaProxy.Socket, HaProxy.DirectoryPath),
        Backend = "shop",
        Source = "blue",
        Target = "green",
        Front = Endpoint.Parse(HaProxy.Front, HaProxy.DirectoryPath),
        Identify = new TrafficIdentitySpec("/version", NamedService.Header, "^blue$", "^green$"),
    };

    public TrafficLane Lane => System.Lanes[0];

    /// <summary>Starts all three. A line of <paramref name="more"/> may use {blue} and {green} for the services' ports.</summary>
    public static async Task<Bench> StartAsync(string more = "")
    {
        var blue = NamedService.Start("blue");
        var green = NamedService.Start("green");
        try
        {
            more = more.Replace("{blue}", blue.Port.ToString(global::System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{green}", green.Port.ToString(global::System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            return new Bench(blue, green, await HaProxyInstance.StartShopAsync(blue.Port, green.Port, more));
        }
        catch
        {
            await blue.DisposeAsync();
            await green.DisposeAsync();
            throw;
        }
    }

    public ITrafficRouter Open() => Open(System);

    public ITrafficRouter Open(TrafficSystemSpec system) => new HaProxyRouterProvider(TimeProvider.System).Open(system, HaProxy.DirectoryPath);

    /// <summary>Sends requests over one connection after the other; how many each side answered, and anything else by its status.</summary>
    public Task<IReadOnlyDictionary<string, int>> SendAsync(int requests) => Client.SendAsync(HaProxy.Front, requests);

    /// <summary>Asks HAProxy for its statistics until they say something.</summary>
    public async Task UntilAsync(Func<string, bool> says)
    {
        while (!says(await HaProxy.AskAsync("show stat")))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await HaProxy.DisposeAsync();
        await Blue.DisposeAsync();
        await Green.DisposeAsync();
    }
}
