using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MigrationTools.Tests.Routers;

/// <summary>A router's process in the foreground, under a keeper: a shell that kills it when this process closes its input or ends, however it ends.</summary>
public sealed class RouterProcess : IAsyncDisposable
{
    private readonly Process _keeper;

    private RouterProcess(Process keeper, int id) => (_keeper, Id) = (keeper, id);

    /// <summary>Of the router itself.</summary>
    public int Id { get; }

    /// <summary>Whether the router still runs.</summary>
    public bool IsRunning
    {
        get
        {
            if (!Directory.Exists("/proc/self"))
            {
                return true;
            }

            try
            {
                // After the name in parentheses stands the state; Z is one that ended and was not asked for its exit code yet.
                var state = File.ReadAllText($"/proc/{Id.ToString(CultureInfo.InvariantCulture)}/stat");
                return state[state.LastIndexOf(')') + 2] is not ('Z' or 'X');
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    /// <summary>Where a program is; null where it is not installed.</summary>
    public static string? Find(string program)
    {
        var directories = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Concat(["/usr/sbin", "/usr/local/sbin"]);
        return OperatingSystem.IsWindows() ? null : directories.Where(Path.IsPathRooted).Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);
    }

    /// <summary>A port of the loopback address that nobody had a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A directory of its own, with a path short enough for sockets.</summary>
    public static string MakeDirectory() => Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "mt-r-" + Path.GetRandomFileName()[..8])).FullName;

    /// <summary>Starts it; what it says goes to a file.</summary>
    /// <param name="command">The program and its arguments, quoted for a shell.</param>
    /// <param name="log">The file.</param>
    public static async Task<RouterProcess> StartAsync(string command, string log)
    {
        var keeper = new Process
        {
            StartInfo = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false },
        };
        keeper.StartInfo.ArgumentList.Add("-c");
        keeper.StartInfo.ArgumentList.Add(
            $$"""
            trap '' INT TERM HUP
            ( trap - INT TERM HUP; exec {{command}} ) >>'{{log}}' 2>&1 </dev/null &
            router=$!
            echo $router
            cat >/dev/null
            for child in $(cat /proc/$router/task/$router/children 2>/dev/null); do kill -9 $child 2>/dev/null; done
            kill -9 $router 2>/dev/null
            """);
        keeper.Start();
        var line = await keeper.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The keeper of a router died.");
        return new RouterProcess(keeper, int.Parse(line, CultureInfo.InvariantCulture));
    }

    /// <summary>Waits until a question is answered with true; the router must be alive meanwhile.</summary>
    public async Task UntilAsync(Func<Task<bool>> isReady, string log)
    {
        for (var attempt = 0; attempt < 1500; attempt++)
        {
            if (!IsRunning)
            {
                break;
            }

            try
            {
                if (await isReady())
                {
                    return;
                }
            }
            catch (Exception early) when (early is SocketException or IOException or HttpRequestException)
            {
                // It is not there yet.
            }

            await Task.Delay(20);
        }

        throw new InvalidOperationException($"A router did not start: {await File.ReadAllTextAsync(log)}");
    }

    /// <summary>Kills it.</summary>
    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }
}
