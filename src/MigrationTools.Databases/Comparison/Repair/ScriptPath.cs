using System.Runtime.InteropServices;
using MigrationTools.Engine;

namespace MigrationTools.Databases.Comparison.Repair;

/// <summary>Where a script is put: it takes a file's place when it is whole, and so nothing but a file may be there.</summary>
internal static partial class ScriptPath
{
    // The bits of st_mode that tell what a path is, and those of a regular file (POSIX, sys/stat.h); the runtime's shim has them alike everywhere.
    private const int TypeBits = 0xF000;
    private const int RegularFile = 0x8000;

    /// <summary>The whole path; of a symbolic link, that of what it points to.</summary>
    /// <exception cref="InvalidRequestException">Something is there that is not a file.</exception>
    public static string Resolve(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        try
        {
            var link = new FileInfo(path);
            var real = link.LinkTarget is null ? path : link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            if (Directory.Exists(real) || (!OperatingSystem.IsWindows() && IsSpecial(real)))
            {
                throw new InvalidRequestException($"The repair script can't be written to '{path}': {(real == path ? "it" : $"'{real}', to which it points,")} is not a regular file, and a script would take its place. Give the path of a file.");
            }

            return real;
        }
        catch (IOException e)
        {
            throw new InvalidRequestException($"The repair script can't be written to '{path}': {e.Message} Give a path that can be written and has room.", e);
        }
    }

    // Opening a pipe to look at it would wait for its other end.
    private static bool IsSpecial(string path) => Stat(path, out var status) == 0 && (status.Mode & TypeBits) != RegularFile;

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, out FileStatus status);

    // The runtime's own form (its pal_io.h) begins so; the rest is room.
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct FileStatus
    {
        public int Flags;
        public int Mode;
    }
}
