using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Benchmarks;

/// <summary>A PostgreSQL cluster of its own with the server's default settings, deleted at the end.</summary>
internal sealed class BenchmarkCluster : IAsyncDisposable
{
    private readonly string _directory;

    private BenchmarkCluster(string directory, int port)
    {
        _directory = directory;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Of the binaries that are used.</summary>
    public static string ServerVersion => Path.GetFileName(Path.GetDirectoryName(Binaries)) ?? "";

    /// <summary>A directory that both this account and the server's may write.</summary>
    public string Scratch => Path.Combine(_directory, "scratch");

    public static async Task<BenchmarkCluster> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("migrationtools-bench-").FullName;
        await Shell.RunAsync("chmod", "777", directory);
        Directory.CreateDirectory(Path.Combine(directory, "scratch"));
        await Shell.RunAsync("chmod", "777", Path.Combine(directory, "scratch"));
        var cluster = new BenchmarkCluster(directory, FreePort());
        await cluster.ServerAsync("initdb", "-D", cluster.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale");
        await cluster.ServerAsync(
            "pg_ctl", "-D", cluster.Data, "-w", "-l", Path.Combine(directory, "log"), "-o",
            $"-p {cluster.Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={directory}", "start");
        return cluster;
    }

    /// <summary>Endpoint for this project.</summary>
    public string Uri(string database) => string.Create(CultureInfo.InvariantCulture, $"postgresql://postgres@127.0.0.1:{Port}/{database}?sslmode=disable");

    /// <summary>Arguments by which psql connects; over the same loopback address as everyone here.</summary>
    public string Psql(string database) => string.Create(CultureInfo.InvariantCulture, $"psql -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p {Port} -U postgres -d {database}");

    public async Task<string> SqlAsync(string database, params IReadOnlyList<string> statements)
    {
        List<string> arguments = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-d", database];
        arguments.AddRange(statements.SelectMany(statement => new[] { "-c", statement }));
        return (await Shell.RunAsync("psql", arguments)).Output.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        await ServerAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");
        Directory.Delete(_directory, recursive: true);
    }

    private static string Binaries => PostgresBinaries.Find() ?? throw new InvalidOperationException("No PostgreSQL binaries were found: install postgresql.");

    private string Data => Path.Combine(_directory, "data");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // The server refuses to run as root.
    private async Task ServerAsync(string program, params IReadOnlyList<string> arguments)
    {
        // What the server leaves running must not hold this process's pipes.
        var command = string.Join(' ', arguments.Prepend(Path.Combine(Binaries, program)).Select(argument => $"'{argument}'")) + " > /dev/null 2>&1";
        await (Environment.UserName == "root"
            ? Shell.RunAsync("runuser", "-u", "postgres", "--", "sh", "-c", command)
            : Shell.RunAsync("sh", "-c", command));
    }
}
