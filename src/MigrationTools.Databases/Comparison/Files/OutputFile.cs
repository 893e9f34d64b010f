using System.Formats.Tar;
using MigrationTools.Engine;

namespace MigrationTools.Databases.Comparison.Files;

/// <summary>A file that is to be written, looked at before anything is read: what a slip of the hand names must not be destroyed.</summary>
public sealed class OutputFile
{
    // SQLite's documentation, "Database File Format", 1.3.
    private static readonly byte[] SqliteMagic = "SQLite format 3\0"u8.ToArray();

    /// <param name="what">What it is, for messages: "state file".</param>
    /// <param name="path">The path as it was given.</param>
    /// <exception cref="InvalidRequestException">It can't be a path.</exception>
    public OutputFile(string what, string path)
    {
        ArgumentNullException.ThrowIfNull(what);
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0)
        {
            throw new InvalidRequestException($"The {what} has no name. Name a file.");
        }

        (What, Name) = (what, path);
        try
        {
            Place = RealPath.Of(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidRequestException($"The {what} '{path}' can't be written: {e.Message} Name another file.", e);
        }
    }

    public string What { get; }

    /// <summary>The path as it was given.</summary>
    public string Name { get; }

    /// <summary>Where it really is: links are followed, and stay.</summary>
    public string Place { get; }

    /// <summary>It may be replaced whatever it holds, but for a database.</summary>
    /// <exception cref="InvalidRequestException">There is something that is no file, or that is a database.</exception>
    public void RequireReplaceable()
    {
        RequireRegular();
        if (File.Exists(Place) && IsSqlite())
        {
            throw new InvalidRequestException($"The {What} '{Name}' is a SQLite database and would be lost. Name another file.");
        }
    }

    /// <exception cref="InvalidRequestException">There is a directory, a device, a pipe or a socket.</exception>
    public void RequireRegular()
    {
        if (Directory.Exists(Place))
        {
            throw new InvalidRequestException($"The {What} '{Name}' is a directory. Name a file in it.");
        }

        if (File.Exists(Place) && !IsRegular(Place))
        {
            throw new InvalidRequestException($"The {What} '{Name}' is no regular file but a device, a pipe or a socket. Name a file.");
        }
    }

    /// <summary>Tries whether a file can be made there, and leaves none.</summary>
    /// <exception cref="InvalidRequestException">None can.</exception>
    public void RequireWritable()
    {
        var probe = $"{Place}.{Guid.NewGuid():N}.new";
        try
        {
            if (Path.GetDirectoryName(Place) is { Length: > 0 } directory && !Directory.Exists(directory))
            {
                PrivateFiles.CreateDirectory(directory);
            }

            new FileStream(probe, PrivateFiles.Options(FileMode.CreateNew, FileAccess.Write, FileShare.None)).Dispose();
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e, probe);
        }
    }

    /// <summary>The file can't be used, which is known before anything is read.</summary>
    /// <param name="reason">What was seen.</param>
    /// <param name="temporary">The path under which it was tried; nobody has heard of it.</param>
    internal InvalidRequestException Unusable(Exception reason, string? temporary = null) =>
        new($"The {What} '{Name}' can't be written: {OutputFileException.Describe(reason, this, temporary)} Name a file that can be written and has room.", reason);

    // Only the archiver of the library tells what kind of file there is. Of what has a length or is a directory nothing need be asked.
    private static bool IsRegular(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        if (new FileInfo(path).Length > 0)
        {
            return true;
        }

        try
        {
            using var archive = new MemoryStream();
            using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
            {
                writer.WriteEntry(path, "file");
            }

            archive.Position = 0;
            using var reader = new TarReader(archive);
            return reader.GetNextEntry()?.EntryType is TarEntryType.RegularFile or TarEntryType.HardLink;
        }
        catch (UnauthorizedAccessException)
        {
            // It was opened to be read, which is done with regular files only.
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private bool IsSqlite()
    {
        try
        {
            using var file = new FileStream(Place, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var head = new byte[SqliteMagic.Length];
            return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.AsSpan().SequenceEqual(SqliteMagic);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException($"The {What} '{Name}' is there and can't be read, so that it is not known what would be lost: {e.Message} Name another file.", e);
        }
    }
}
