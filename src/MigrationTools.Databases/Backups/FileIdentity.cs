using System.Runtime.InteropServices;
using MigrationTools.Engine;
using Microsoft.Win32.SafeHandles;

namespace MigrationTools.Databases.Backups;

/// <summary>Whether two paths are one file: by their names once links are followed, or, through hard links, by what the file system numbers files by.</summary>
internal static partial class FileIdentity
{
    /// <exception cref="IOException">The links of a path lead in a circle.</exception>
    public static bool IsSame(string one, string other) =>
        RealPath.Comparer.Equals(RealPath.Of(one), RealPath.Of(other)) || (NumberOf(one) is { } number && number == NumberOf(other));

    /// <summary>The volume's number and the file's on it; null where the file is not there or this system is not asked: then names alone decide.</summary>
    private static (ulong Volume, ulong File)? NumberOf(string path) =>
        !File.Exists(path) ? null
        : OperatingSystem.IsLinux() ? OnLinux(path)
        : OperatingSystem.IsWindows() ? OnWindows(path)
        : null;

    private static (ulong Volume, ulong File)? OnLinux(string path)
    {
        try
        {
            return Statx(AtCurrentDirectory, path, 0, FileNumber, out var found) == 0 && (found.Mask & FileNumber) != 0
                ? (((ulong)found.DeviceMajor << 32) | found.DeviceMinor, found.File)
                : null;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library from before statx (glibc 2.28, musl 1.2.3).
            return null;
        }
    }

    private static (ulong Volume, ulong File)? OnWindows(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return GetFileInformationByHandle(handle, out var found) ? (found.Volume, ((ulong)found.FileHigh << 32) | found.FileLow) : null;
    }

    // AT_FDCWD and STATX_INO of fcntl.h and linux/stat.h.
    private const int AtCurrentDirectory = -100;
    private const uint FileNumber = 0x100;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, out LinuxFile found);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandle")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileInformationByHandle(SafeFileHandle handle, out WindowsFile found);

    /// <summary>struct statx (linux/stat.h): 256 bytes and the same on every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct LinuxFile
    {
        [FieldOffset(0)]
        public readonly uint Mask;

        [FieldOffset(32)]
        public readonly ulong File;

        [FieldOffset(136)]
        public readonly uint DeviceMajor;

        [FieldOffset(140)]
        public readonly uint DeviceMinor;
    }

    /// <summary>BY_HANDLE_FILE_INFORMATION (fileapi.h).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 52)]
    private readonly struct WindowsFile
    {
        [FieldOffset(28)]
        public readonly uint Volume;

        [FieldOffset(44)]
        public readonly uint FileHigh;

        [FieldOffset(48)]
        public readonly uint FileLow;
    }
}
