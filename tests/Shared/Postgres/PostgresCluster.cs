using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Xunit;

namespace MigrationTools.Tests.Postgres;

/// <summary>
/// A private PostgreSQL server of the installed binaries, made on first use: its own directory, a free loopback port, a socket,
/// SCRAM passwords, no fsync. One for a test assembly by injection; a test that stops or kills its server makes one of its own.
/// A keeper process removes the server and its files when this process ends, however it ends.
/// </summary>
/// <remarks>The server's own defaults are set to what nobody expects (dates, zone, bytea, floats), so that code which leans on defaults fails here.</remarks>
public sealed class PostgresCluster : IAsyncLifetime, IAsyncDisposable
{
    public const string User = "migrator";

    /// <summary>Holds what a URI must escape.</summary>
    public const string Password = "p@ss/w:rd %1";

    private const string Settings =
        """
        listen_addresses = '127.0.0.1'
        max_connections = 100
        shared_buffers = 64MB
        max_wal_size = 2GB
        fsync = off
        full_page_writes = off
        synchronous_commit = on
        wal_level = logical
        max_replication_slots = 40
        max_wal_senders = 40
        max_worker_processes = 32
        max_logical_replication_workers = 24
        wal_retrieve_retry_interval = 100ms
        logging_collector = off
        timezone = 'Asia/Kathmandu'
        datestyle = 'SQL, DMY'
        intervalstyle = 'postgres_verbose'
        bytea_output = 'escape'
        extra_float_digits = 0
        """;

    private const long MuchMemory = 12L * 1024 * 1024 * 1024;

    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly string? _binaries = PostgresBinaries.Find();
    private Process? _keeper;
    private int _databases;

    /// <summary>Whether a server can be had on this machine.</summary>
    public bool IsAvailable => WhyNot is null;

    /// <summary>Why there is none; null where there is.</summary>
    public string? WhyNot => _binaries is null
        ? "no PostgreSQL binaries (initdb, pg_ctl) were found; install postgresql, or name their directory in MIGRATIONTOOLS_TEST_POSTGRES_BIN"
        : OperatingSystem.IsWindows() ? "the fixture's keeper is a Unix shell"
        : Environment.IsPrivilegedProcess && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "PostgreSQL refuses to run as root and there is no user 'postgres' to run as" : null;

    public int Port { get; private set; }

    /// <summary>The cluster's directory, which is the socket's too.</summary>
    public string DirectoryPath { get; private set; } = string.Empty;

    public string DataDirectory => Path.Combine(DirectoryPath, "data");

    /// <summary>Skips the running test by name, with the reason, where there is no server.</summary>
    public void SkipWhereMissing()
    {
        if (WhyNot is { } reason)
        {
            Assert.Skip(reason);
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A fresh, empty database. Starts the server where it is not started. Skips the test where there is none.</summary>
    public async Task<PostgresTestDatabase> CreateDatabaseAsync()
    {
        await EnsureStartedAsync();
        var name = $"test_{Interlocked.Increment(ref _databases).ToString(CultureInfo.InvariantCulture)}";
        await ExecuteAsync($"CREATE DATABASE \"{name}\"");
        return new PostgresTestDatabase(this, name);
    }

    /// <summary>The URI of a database over the loopback address.</summary>
    public string UriOf(string database, string user = User, string password = Password) =>
        $"postgresql://{user}:{Uri.EscapeDataString(password)}@127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/{Uri.EscapeDataString(database)}";

    /// <summary>The URI of a database over the unix socket.</summary>
    public string SocketUriOf(string database) =>
        $"postgresql://{User}:{Uri.EscapeDataString(Password)}@:{Port.ToString(CultureInfo.InvariantCulture)}/{Uri.EscapeDataString(database)}?host={Uri.EscapeDataString(DirectoryPath)}";

    /// <summary>Runs a statement as the superuser in the database postgres.</summary>
    public Task ExecuteAsync(string sql) => QueryAsync("postgres", sql);

    /// <summary>Runs statements as the superuser; the first value of the first one that has rows, as text.</summary>
    public async Task<string?> QueryAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Username = User,
            Password = Password,
            Database = database,
            Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    /// <summary>Starts the server, making the cluster first where there is none.</summary>
    public async Task EnsureStartedAsync()
    {
        SkipWhereMissing();
        await _starting.WaitAsync();
        try
        {
            if (_keeper is null)
            {
                await MakeAsync();
                await StartAsync();
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Starts the server again after <see cref="StopAsync"/> or <see cref="KillAsync"/>, on the same port; recovers what a kill left.</summary>
    public async Task StartAsync() =>
        await RunAsServerAsync($"'{_binaries}/pg_ctl' -D '{DataDirectory}' -l '{DirectoryPath}/log' -w -t 60 start >/dev/null </dev/null 2>&1 || {{ cat '{DirectoryPath}/log' >&2; exit 1; }}");

    /// <summary>Stops the server as an administrator does: connections are ended, everything is written.</summary>
    public async Task StopAsync() => await RunAsServerAsync($"'{_binaries}/pg_ctl' -D '{DataDirectory}' -m fast -w stop >/dev/null");

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>kill -9 of the server and all its processes: nothing is written, no client is told.</summary>
    public async Task KillAsync() => await RunAsServerAsync(
        $$"""
        server=$(head -n 1 '{{DataDirectory}}/postmaster.pid')
        all="$server $(pgrep -P $server)"
        kill -9 $all || true
        for process in $all; do
            while state=$(ps -o stat= -p $process); do
                case $state in Z*) break ;; esac
            done
        done
        # Where nobody reaps it, the dead server's process still counts as there for the one that is started next.
        rm -f '{{DataDirectory}}/postmaster.pid' '{{DirectoryPath}}'/.s.PGSQL.*
        """);

    public async ValueTask DropDatabaseAsync(string name)
    {
        try
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
        }
        catch (NpgsqlException)
        {
            // A server that the test has stopped or killed takes the database with it when the cluster is removed.
        }
    }

    /// <summary>Stops the server at once and removes its files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_keeper is null)
        {
            return;
        }

        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
        _keeper = null;
    }

    private async Task MakeAsync()
    {
        DirectoryPath = Path.Combine(Root(), "mt-pg-" + Path.GetRandomFileName()[..8]);
        Port = FreePort();
        await RunAsServerAsync($"mkdir -m 700 '{DirectoryPath}'");

        // It waits for the end of its input, which comes when this process closes it or dies.
        _keeper = Shell($"trap '' INT TERM HUP; cat >/dev/null; '{_binaries}/pg_ctl' -D '{DataDirectory}' -m immediate -w stop >/dev/null 2>&1; rm -rf '{DirectoryPath}'");
        await RunAsServerAsync(
            $"""
            cat > '{DirectoryPath}/password' <<'END'
            {Password}
            END
            '{_binaries}/initdb' -D '{DataDirectory}' -U {User} -A scram-sha-256 --pwfile='{DirectoryPath}/password' -E UTF8 --no-locale --no-sync >/dev/null
            cat >> '{DataDirectory}/postgresql.conf' <<'END'
            {Settings}
            port = {Port.ToString(CultureInfo.InvariantCulture)}
            unix_socket_directories = '{DirectoryPath}'
            END
            """);
    }

    // A database is some hundred files, and a test makes one or two: on a disk's file system that took more of the processors than all tests. In memory where there is plenty of it.
    private static string Root()
    {
        var memory = new DirectoryInfo("/dev/shm");
        return memory.Exists && new DriveInfo(memory.FullName) is { IsReady: true, DriveFormat: "tmpfs", AvailableFreeSpace: > MuchMemory } && GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > MuchMemory
            ? memory.FullName
            : Path.GetTempPath();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task RunAsServerAsync(string script)
    {
        using var process = Shell("set -e\n" + script);
        process.StandardInput.Close();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The PostgreSQL fixture failed ({process.ExitCode.ToString(CultureInfo.InvariantCulture)}): {errors}\n{script}");
        }
    }

    /// <summary>A shell under the account that the server runs as.</summary>
    private static Process Shell(string script)
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Path.GetTempPath() };
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", "/bin/sh", "-c", script] : ["/bin/sh", "-c", script];
        start.FileName = command[0];
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("No shell could be started.");
    }
}
