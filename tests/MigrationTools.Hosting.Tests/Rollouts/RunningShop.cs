using System.Globalization;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using ShopService;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>The sample shop's service in one version, in this process, on a free port.</summary>
internal sealed class RunningShop : IAsyncDisposable
{
    private readonly WebApplication _shop;
    private bool _isStopped;

    private RunningShop(WebApplication shop) => _shop = shop;

    public int Port { get; private init; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    public static async Task<RunningShop> StartAsync(int version, string database)
    {
        var shop = ShopServer.Build(new ShopSettings(version, database) { AllowFaults = true });
        await shop.StartAsync();
        var address = shop.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new RunningShop(shop) { Port = new Uri(address).Port };
    }

    /// <summary>Makes it slow or wrong from now on.</summary>
    public async Task BreakAsync(ShopFaults faults)
    {
        using var client = new HttpClient();
        using var answer = await client.PutAsJsonAsync($"{Address}/faults", faults);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>It dies: connections are cut, and nobody listens any more.</summary>
    public async Task StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            using var atOnce = new CancellationTokenSource();
            await atOnce.CancelAsync();
            await _shop.StopAsync(atOnce.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _shop.DisposeAsync();
    }
}
