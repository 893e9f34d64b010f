using System.Globalization;
using MigrationTools.Tests.Routers;

namespace MigrationTools.Engine.Tests.Metrics.Windows;

/// <summary>A real Prometheus of the installed package on a free loopback port, which scrapes one address. Skips the test where there is none.</summary>
internal sealed class RunningPrometheus : IAsyncDisposable
{
    private static readonly string? Binary = RouterProcess.Find("prometheus");

    private readonly string _directory;
    private RouterProcess? _process;

    private RunningPrometheus(string directory, int port) => (_directory, Address) = (directory, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    public string Address { get; }

    /// <param name="target">Host and port whose /metrics is read every 200 ms.</param>
    public static async Task<RunningPrometheus> StartAsync(string target)
    {
        if (Binary is null)
        {
            Assert.Skip("prometheus was not found; install the package prometheus");
        }

        for (var attempt = 1; ; attempt++)
        {
            var instance = new RunningPrometheus(RouterProcess.MakeDirectory(), RouterProcess.FreePort());
            try
            {
                await instance.StartServerAsync(target);
                return instance;
            }
            catch (InvalidOperationException) when (attempt < 4)
            {
                // Somebody else took the port meanwhile.
                await instance.DisposeAsync();
            }
        }
    }

    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task StartServerAsync(string target)
    {
        var configuration = Path.Combine(_directory, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, $$"""
            global: { scrape_interval: 200ms, scrape_timeout: 200ms }
            scrape_configs:
              - job_name: shop
                static_configs: [ { targets: [ '{{target}}' ] } ]
            """);
        var log = Path.Combine(_directory, "log");
        _process = await RouterProcess.StartAsync(
            $"'{Binary}' --config.file='{configuration}' --storage.tsdb.path='{_directory}/data' --web.listen-address={Address["http://".Length..]}", log);
        using var client = new HttpClient();
        await _process.UntilAsync(async () => (await client.GetAsync($"{Address}/-/ready")).IsSuccessStatusCode, log);
    }
}
