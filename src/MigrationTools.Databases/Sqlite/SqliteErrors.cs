using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using SQLitePCL;

namespace MigrationTools.Databases.Sqlite;

/// <summary>SQLite's result codes (sqlite.org/rescode.html) as errors that say what to do.</summary>
internal static class SqliteErrors
{
    /// <param name="endpoint">Where it happened.</param>
    /// <param name="doing">What was tried, such as <c>reading orders</c>.</param>
    /// <param name="code">The extended result code.</param>
    /// <param name="seen">SQLite's message.</param>
    public static DatabaseException From(Endpoint endpoint, string doing, int code, string seen)
    {
        var (id, advice) = (code & 0xFF) switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => (ErrorIds.EndpointUnavailable,
                "Another program holds the file's lock: let it finish or stop it, then try again."),
            raw.SQLITE_CANTOPEN => (ErrorIds.EndpointUnavailable,
                "Check that the path is right, its directory exists, and this account may open it. A file in WAL mode also needs a writable directory (or its -wal and -shm files beside it) even to be read."),
            raw.SQLITE_READONLY => (ErrorIds.ReadOnly, ReadOnlyAdvice(code)),
            raw.SQLITE_PERM => (ErrorIds.ReadOnly, "Give this account the right to write the file and its directory."),
            raw.SQLITE_FULL => (ErrorIds.DiskFull, "Free room on the drive of the file (and of the temporary directory), or raise max_page_count."),
            raw.SQLITE_NOTADB => (ErrorIds.DatabaseError, "The file is not a SQLite database, or it is encrypted."),
            raw.SQLITE_CORRUPT => (ErrorIds.DatabaseError, "The file is damaged: run PRAGMA integrity_check on a copy and restore from a backup."),
            raw.SQLITE_IOERR => (code == raw.SQLITE_IOERR_WRITE ? ErrorIds.DiskFull : ErrorIds.EndpointUnavailable,
                "The operating system could not read or write the file: check the drive and its free room."),
            raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG => (ErrorIds.DatabaseError, "The row does not fit the table: mend the row, the mapping or the table."),
            _ => (ErrorIds.DatabaseError, "Check the SQL and that the file's structure is what it expects."),
        };
        return new DatabaseException(id, $"{doing} on {endpoint} failed: {seen.TrimEnd('.')} (SQLite {code}). {advice}")
        {
            ServerCode = code.ToString(System.Globalization.CultureInfo.InvariantCulture),
            IsDataError = (code & 0xFF) is raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG,
        };
    }

    /// <summary>A value that SQLite would take but change.</summary>
    public static DatabaseException ValueDoesNotFit(Endpoint endpoint, string column, string serverType, string why) =>
        new(ErrorIds.DatabaseError, $"A value for column {column} ({(serverType.Length == 0 ? "no type" : serverType)}) of {endpoint} does not fit: {why}")
        {
            IsDataError = true,
        };

    private static string ReadOnlyAdvice(int code) => code switch
    {
        ReadOnlyRollback or ReadOnlyRecovery => "A program stopped in the middle of a write and left a journal that only a writer may play back: open the database once with the program that owns it, then try again.",
        ReadOnlyCantInit or ReadOnlyDirectory => "The file's directory can't be written, which a database in WAL mode needs even to be read: give the right, or copy the file with its -wal and -shm files to a directory that can be written.",
        _ => "Give this account the right to write the file and its directory, or name another target.",
    };

    private const int ReadOnlyRecovery = raw.SQLITE_READONLY | (1 << 8);
    private const int ReadOnlyRollback = raw.SQLITE_READONLY | (3 << 8);
    private const int ReadOnlyCantInit = raw.SQLITE_READONLY | (5 << 8);
    private const int ReadOnlyDirectory = raw.SQLITE_READONLY | (6 << 8);
}
