using System.Text;
using MigrationTools.Engine;

namespace MigrationTools.Databases.Backups;

/// <summary>A backup as it lies on disk.</summary>
/// <param name="Path">Absolute, without links in it.</param>
/// <param name="Format">By its content.</param>
/// <param name="Bytes">Its size; of a directory the sum of its files.</param>
/// <param name="WrittenAt">When it was written last.</param>
public sealed record BackupFile(string Path, BackupFormat Format, long Bytes, DateTimeOffset WrittenAt)
{
    private const int HeadLength = 512;
    private const int TailLength = 4096;

    /// <summary>
    /// Looks at a file, or at the directory that pg_dump --format=directory makes; null where there is neither. Links are followed first: a
    /// link has a size and an age of its own.
    /// </summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not read it.</exception>
    public static BackupFile? Find(string path)
    {
        path = RealPath.Of(path);
        if (Directory.Exists(path))
        {
            var files = new DirectoryInfo(path).GetFiles();
            var format = files.Any(file => file.Name == "toc.dat") ? BackupFormat.PostgresDirectory : BackupFormat.Unknown;
            var newest = files.Length == 0 ? Directory.GetLastWriteTimeUtc(path) : files.Max(file => file.LastWriteTimeUtc);
            return new BackupFile(path, format, files.Sum(file => file.Length), new DateTimeOffset(newest, TimeSpan.Zero));
        }

        var info = new FileInfo(path);
        return info.Exists
            ? new BackupFile(path, Recognize(HeadOf(path)), info.Length, new DateTimeOffset(info.LastWriteTimeUtc, TimeSpan.Zero))
            : null;
    }

    /// <summary>Whether a dump in SQL ends as its tool ends it: pg_dump's closing comment, .dump's COMMIT. A torn one does not.</summary>
    public bool EndsAsADumpEnds()
    {
        using var stream = File.OpenRead(Path);
        stream.Seek(-Math.Min(TailLength, stream.Length), SeekOrigin.End);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var tail = reader.ReadToEnd().TrimEnd();
        return Format == BackupFormat.PostgresSql
            ? tail.Contains("\n-- PostgreSQL database dump complete\n", StringComparison.Ordinal)
            : tail.EndsWith("\nCOMMIT;", StringComparison.Ordinal);
    }

    private static byte[] HeadOf(string path)
    {
        using var stream = File.OpenRead(path);
        var head = new byte[HeadLength];
        return head[..stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false)];
    }

    /// <summary>
    /// SQLite's header string (sqlite.org/fileformat.html, 1.3.1), pg_dump's magic PGDMP (pg_backup_archiver.h), a tar archive that begins with
    /// toc.dat, or the opening lines of the two dumps in SQL.
    /// </summary>
    private static BackupFormat Recognize(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("SQLite format 3\0"u8))
        {
            return BackupFormat.SqliteFile;
        }

        if (head.StartsWith("PGDMP"u8))
        {
            return BackupFormat.PostgresCustom;
        }

        if (head.StartsWith("toc.dat\0"u8))
        {
            return BackupFormat.PostgresTar;
        }

        if (head.IndexOf("-- PostgreSQL database dump"u8) >= 0)
        {
            return BackupFormat.PostgresSql;
        }

        return head.StartsWith("PRAGMA foreign_keys=OFF;"u8) ? BackupFormat.SqliteSql : BackupFormat.Unknown;
    }
}
