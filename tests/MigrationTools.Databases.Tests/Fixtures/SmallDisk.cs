using System.Diagnostics;

namespace MigrationTools.Databases.Tests.Fixtures;

/// <summary>A file system of a few megabytes in memory, for what a full or a read-only disk does. Needs the right to mount.</summary>
public sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => DirectoryPath = path;

    public string DirectoryPath { get; }

    /// <summary>Mounts one, or skips the running test with the reason.</summary>
    public static SmallDisk MountOrSkip(int megabytes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Assert.Skip("a small disk needs Linux and the right to mount one");
        }

        var path = Directory.CreateTempSubdirectory("mt-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=1777", "tmpfs", path) is { } why)
        {
            Directory.Delete(path);
            Assert.Skip($"a small disk could not be mounted: {why}");
        }

        return new SmallDisk(path);
    }

    /// <summary>A directory on it that belongs to another account.</summary>
    public string DirectoryOf(string user)
    {
        var path = Path.Combine(DirectoryPath, user);
        Directory.CreateDirectory(path);
        Run("chown", user, path).ShouldBeNull();
        return path;
    }

    /// <summary>From now on nothing on it can be written, not by root either.</summary>
    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", DirectoryPath).ShouldBeNull();

    public void Dispose()
    {
        Run("umount", "-l", DirectoryPath);
        Directory.Delete(DirectoryPath);
    }

    private static string? Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : errors.Trim();
    }
}
