namespace MigrationTools.Engine;

/// <summary>Files and directories that only their owner may read.</summary>
public static class PrivateFiles
{
    private const UnixFileMode FileModeBits = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryModeBits = FileModeBits | UnixFileMode.UserExecute;

    /// <summary>Options that create a file with mode 0600 where modes exist (on Windows the directory's ACL rules).</summary>
    public static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows() && mode is FileMode.Create or FileMode.CreateNew or FileMode.OpenOrCreate or FileMode.Append)
        {
            options.UnixCreateMode = FileModeBits;
        }

        return options;
    }

    /// <summary>Creates a directory (and those above it) with mode 0700.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, DirectoryModeBits);
        }
    }

    /// <summary>Writes a file so that it holds either the old or the new text, whatever happens meanwhile.</summary>
    public static void WriteAtomically(string path, string text) => Write(path, text, toDisk: true);

    /// <summary>The same without waiting for the disk: whoever reads sees the old or the new text, and after a power cut there may be neither.</summary>
    public static void Replace(string path, string text) => Write(path, text, toDisk: false);

    private static void Write(string path, string text, bool toDisk)
    {
        var temporary = path + ".new";
        using (var stream = new FileStream(temporary, Options(FileMode.Create, FileAccess.Write, FileShare.None)))
        {
            using (var writer = new StreamWriter(stream, leaveOpen: true))
            {
                writer.Write(text);
            }

            stream.Flush(flushToDisk: toDisk);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
