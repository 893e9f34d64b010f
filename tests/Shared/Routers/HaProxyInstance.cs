using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace MigrationTools.Tests.Routers;

/// <summary>A real HAProxy of the installed package on a free loopback port, with a runtime socket of each level. Skips the test where there is none.</summary>
public sealed class HaProxyInstance : IAsyncDisposable
{
    private static readonly string? Binary = RouterProcess.Find("haproxy");

    private readonly string _backends;
    private readonly string _defaults;
    private RouterProcess? _process;

    private HaProxyInstance(string backends, string defaults) => (_backends, _defaults) = (backends, defaults);

    public string DirectoryPath { get; } = RouterProcess.MakeDirectory();

    /// <summary>The runtime API with level admin.</summary>
    public string Socket => Path.Combine(DirectoryPath, "admin.sock");

    /// <summary>With level user: it may look.</summary>
    public string UserSocket => Path.Combine(DirectoryPath, "user.sock");

    /// <summary>The runtime API over TCP, level admin.</summary>
    public int ApiPort { get; private set; }

    public int Port { get; private set; }

    /// <summary>Where clients send their requests.</summary>
    public string Front => $"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The file of servers' states that is read at every start, whether or not somebody writes it.</summary>
    public string StateFile => Path.Combine(DirectoryPath, "state");

    /// <summary>Why there is none on this machine; null where there is.</summary>
    public static string? WhyNot => Binary is null ? "haproxy was not found; install the package haproxy" : null;

    /// <summary>Starts one.</summary>
    /// <param name="backends">Sections "backend"; the first requests go to the backend "shop".</param>
    /// <param name="defaults">More lines for the section "defaults".</param>
    public static async Task<HaProxyInstance> StartAsync(string backends, string defaults = "")
    {
        if (WhyNot is { } reason)
        {
            Assert.Skip(reason);
        }

        var instance = new HaProxyInstance(backends, defaults);
        for (var attempt = 1; ; attempt++)
        {
            (instance.Port, instance.ApiPort) = (RouterProcess.FreePort(), RouterProcess.FreePort());
            try
            {
                await instance.StartAsync();
                return instance;
            }
            catch (InvalidOperationException) when (attempt < 4)
            {
                // Somebody else took one of the ports meanwhile.
            }
        }
    }

    /// <summary>Likewise with the backend "shop" of the servers blue and green, all requests to blue.</summary>
    public static Task<HaProxyInstance> StartShopAsync(int blue, int green, string more = "") => StartAsync(
        string.Create(CultureInfo.InvariantCulture, $"""
        backend shop
            balance roundrobin
            server blue 127.0.0.1:{blue} weight 100
            server green 127.0.0.1:{green} weight 0
        {more}
        """));

    /// <summary>Kills it and starts it again: what it was told at run time is gone, but for the state file.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        await StartAsync();
    }

    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    /// <summary>Starts a new process that takes the sockets over and lets the old one finish, as "systemctl reload" does.</summary>
    public async Task ReloadAsync()
    {
        var old = _process!;
        await StartAsync($" -sf {old.Id.ToString(CultureInfo.InvariantCulture)}");
        while (old.IsRunning && (await AskAsync("show info")).Contains($"Pid: {old.Id.ToString(CultureInfo.InvariantCulture)}\n", StringComparison.Ordinal))
        {
            await Task.Delay(20);
        }

        await old.DisposeAsync();
    }

    /// <summary>Asks the runtime API, past the code under test.</summary>
    public async Task<string> AskAsync(string command)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket));
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(DirectoryPath, recursive: true);
    }

    private async Task StartAsync(string arguments = "")
    {
        var log = Path.Combine(DirectoryPath, "log");
        var configuration = Path.Combine(DirectoryPath, "haproxy.cfg");
        await File.WriteAllTextAsync(configuration, Configuration());
        var process = await RouterProcess.StartAsync($"'{Binary}' -db -f '{configuration}'{arguments}", log);
        try
        {
            await process.UntilAsync(
                async () => (await AskAsync("show info")).Contains($"Pid: {process.Id.ToString(CultureInfo.InvariantCulture)}\n", StringComparison.Ordinal), log);
            _process = process;
        }
        catch (InvalidOperationException)
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private string Configuration() => string.Create(CultureInfo.InvariantCulture, $"""
        global
            nbthread 1
            stats socket {Socket} mode 600 level admin
            stats socket {UserSocket} mode 600 level user
            stats socket ipv4@127.0.0.1:{ApiPort} level admin
            server-state-file {StateFile}
        defaults
            mode http
            timeout connect 2s
            timeout client 60s
            timeout server 60s
            load-server-state-from-file global
            {_defaults}
        frontend front
            bind 127.0.0.1:{Port}
            default_backend shop
        {_backends}

        """);
}
