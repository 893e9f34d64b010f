using System.Diagnostics;

namespace MigrationTools.Hosting.Tests;

/// <summary>A small file system in memory, to be filled.</summary>
internal sealed class Tmpfs : IDisposable
{
    private readonly string _path;

    public Tmpfs(string path, string size)
    {
        _path = path;
        Directory.CreateDirectory(path);
        Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path).ShouldBeTrue();
    }

    /// <summary>Root on Linux, and not in a container that forbids it.</summary>
    public static bool CanMount { get; } = Probe();

    public void Resize(string size) => Run("mount", "-o", $"remount,size={size}", _path).ShouldBeTrue();

    public void Dispose() => Run("umount", "-l", _path);

    private static bool Probe()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return false;
        }

        var path = Directory.CreateTempSubdirectory("migrationtools-mount-").FullName;
        var mounted = Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", path) && Run("umount", path);
        Directory.Delete(path);
        return mounted;
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
