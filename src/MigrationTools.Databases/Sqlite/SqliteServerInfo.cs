using System.Globalization;
using MigrationTools.Engine.Databases;
using SQLitePCL;

namespace MigrationTools.Databases.Sqlite;

/// <summary>What can be said of a SQLite file without changing it.</summary>
internal static class SqliteServerInfo
{
    public static ServerInfo Read(SqliteConnectionHandle connection, string path, CancellationToken cancellationToken)
    {
        const string doing = "Asking for the version";
        var pages = Number(connection, "PRAGMA page_count", doing, cancellationToken);
        var pageSize = Number(connection, "PRAGMA page_size", doing, cancellationToken);
        return new ServerInfo("SQLite", raw.sqlite3_libversion().utf8_to_string())
        {
            DatabaseBytes = pages * pageSize,
            FreeDiskBytes = FreeDisk(path),
            Encoding = connection.Scalar("PRAGMA encoding", doing, cancellationToken),
            Writable = MayWrite(path),
        };
    }

    private static long Number(SqliteConnectionHandle connection, string sql, string doing, CancellationToken cancellationToken) =>
        long.Parse(connection.Scalar(sql, doing, cancellationToken)!, CultureInfo.InvariantCulture);

    private static long? FreeDisk(string path)
    {
        try
        {
            return new DriveInfo(DriveInfoName(path)).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    // On Windows a drive is named by its root; elsewhere any path on the mounted file system names it.
    private static string DriveInfoName(string path) =>
        OperatingSystem.IsWindows() ? Path.GetPathRoot(path)! : Path.GetDirectoryName(path)!;

    // Asked of SQLite, not of the file's attributes: opening for writing changes nothing until a statement writes.
    private static bool MayWrite(string path)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            return raw.sqlite3_db_readonly(connection.Handle!, "main") == 0;
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            return false;
        }
    }
}
