using System.Globalization;
using System.Net.Sockets;
using Xunit;

namespace MigrationTools.Tests.Routers;

/// <summary>
/// A real nginx of the installed package on a free loopback port, with the upstreams shop_v2 and shop_v3 and the lane "shop", or a lane a route, as NginxRouter
/// documents it. Skips the test where there is none.
/// </summary>
public sealed class NginxInstance : IAsyncDisposable
{
    private static readonly string? Binary = RouterProcess.Find("nginx");

    private readonly IReadOnlyList<(string Path, string Lane)> _routes;
    private RouterProcess? _process;

    private NginxInstance(IReadOnlyList<(string Path, string Lane)> routes) => _routes = routes;

    public string DirectoryPath { get; } = RouterProcess.MakeDirectory();

    public int Port { get; private set; }

    /// <summary>Where clients send their requests.</summary>
    public string Front => $"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The file that the router under test owns.</summary>
    public string SplitFile => Path.Combine(DirectoryPath, "conf.d", "split.conf");

    /// <summary>The configuration around it.</summary>
    public string Configuration => Path.Combine(DirectoryPath, "nginx.conf");

    public IReadOnlyList<string> Check => [Binary!, "-t", "-q", "-p", DirectoryPath, "-e", Log, "-c", Configuration];

    public IReadOnlyList<string> Reload => [Binary!, "-s", "reload", "-p", DirectoryPath, "-e", Log, "-c", Configuration];

    /// <summary>Why there is none on this machine; null where there is.</summary>
    public static string? WhyNot => Binary is null ? "nginx was not found; install the package nginx" : null;

    /// <summary>A line a request that was answered, copies too: path, upstream, its status.</summary>
    public string AccessLog => Path.Combine(DirectoryPath, "access");

    private string Log => Path.Combine(DirectoryPath, "log");

    /// <summary>Starts one with an owned file whose text is given.</summary>
    /// <param name="v2">The port of the old version.</param>
    /// <param name="v3">The port of the new version.</param>
    /// <param name="split">The owned file.</param>
    /// <param name="routes">Lanes by their paths; none for the lane "shop" of all paths.</param>
    public static async Task<NginxInstance> StartAsync(int v2, int v3, string split, params IReadOnlyList<(string Path, string Lane)> routes)
    {
        if (WhyNot is { } reason)
        {
            Assert.Skip(reason);
        }

        var instance = new NginxInstance(routes.Count > 0 ? routes : [("/", "shop")]);
        Directory.CreateDirectory(Path.GetDirectoryName(instance.SplitFile)!);
        await File.WriteAllTextAsync(instance.SplitFile, split);
        for (var attempt = 1; ; attempt++)
        {
            instance.Port = RouterProcess.FreePort();
            await File.WriteAllTextAsync(instance.Configuration, instance.Text(v2, v3));
            try
            {
                await instance.StartAsync();
                return instance;
            }
            catch (InvalidOperationException) when (attempt < 4)
            {
                // Somebody else took the port meanwhile.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Directory.Delete(DirectoryPath, recursive: true);
    }

    private async Task StartAsync()
    {
        var process = await RouterProcess.StartAsync($"'{Binary}' -p '{DirectoryPath}' -e '{Log}' -c '{Configuration}' -g 'daemon off;'", Log);
        try
        {
            await process.UntilAsync(
                async () =>
                {
                    using var client = new TcpClient();
                    await client.ConnectAsync("127.0.0.1", Port);
                    return true;
                },
                Log);
            _process = process;
        }
        catch (InvalidOperationException)
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private string Text(int v2, int v3) => string.Create(CultureInfo.InvariantCulture, $$"""
        worker_processes 1;
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        pid {{DirectoryPath}}/pid;
        error_log {{Log}};
        events { worker_connections 256; }
        http {
            log_format seen '$uri $proxy_host $upstream_status';
            log_subrequest on;
            access_log {{AccessLog}} seen;
            client_body_temp_path {{DirectoryPath}}/body;
            proxy_temp_path {{DirectoryPath}}/proxy;
            fastcgi_temp_path {{DirectoryPath}}/fastcgi;
            uwsgi_temp_path {{DirectoryPath}}/uwsgi;
            scgi_temp_path {{DirectoryPath}}/scgi;
            upstream shop_v2 { server 127.0.0.1:{{v2}}; }
            upstream shop_v3 { server 127.0.0.1:{{v3}}; }
            include {{DirectoryPath}}/conf.d/*;
            proxy_set_header Host $host;
            server {
                listen 127.0.0.1:{{Port}};
        {{string.Join('\n', _routes.Select(Location))}}
            }
        }

        """);

    private static string Location((string Path, string Lane) route) => $$"""
                location {{route.Path}} {
                    mirror /_mirror_{{route.Lane}};
                    proxy_pass http://${{route.Lane}}_upstream;
                }
                location = /_mirror_{{route.Lane}} {
                    internal;
                    if (${{route.Lane}}_mirror = "") { return 204; }
                    proxy_pass http://${{route.Lane}}_mirror$request_uri;
                }
        """;
}
