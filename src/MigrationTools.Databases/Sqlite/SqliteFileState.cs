using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using SQLitePCL;

namespace MigrationTools.Databases.Sqlite;

/// <summary>
/// Which state of the file a read transaction sees. In WAL mode it is the engine's own snapshot, which other connections
/// can open (sqlite.org/c3ref/snapshot.html); otherwise the change counter of the file's header (fileformat.html, 1.3.7),
/// which can't move while a reader holds its lock, and is compared all the same.
/// </summary>
internal sealed class SqliteFileState : IDisposable
{
    private const int SnapshotBytes = 48;
    private const int FileControlFilePointer = 7;
    private const int ChangeCounterOffset = 24;

    private SqliteFileState(string name, sqlite3_snapshot? snapshot)
    {
        Name = name;
        Snapshot = snapshot;
    }

    /// <summary>For people and evidence; equal names are equal states.</summary>
    public string Name { get; }

    public sqlite3_snapshot? Snapshot { get; }

    /// <summary>Asks a connection inside a read transaction that has begun to read.</summary>
    public static SqliteFileState Of(SqliteConnectionHandle connection, CancellationToken cancellationToken)
    {
        const string doing = "Reading the state of the file";
        var mode = connection.Scalar("PRAGMA journal_mode", doing, cancellationToken);
        if (mode != "wal")
        {
            return new SqliteFileState($"change counter {ChangeCounter(connection).ToString(CultureInfo.InvariantCulture)}", null);
        }

        // Without a single frame in the log there is no snapshot to take; the log then gets its first frame from the first writer.
        return raw.sqlite3_snapshot_get(connection.Raw, "main", out var snapshot) == raw.SQLITE_OK
            ? new SqliteFileState("wal " + NameOf(snapshot), snapshot)
            : new SqliteFileState($"wal empty, change counter {ChangeCounter(connection).ToString(CultureInfo.InvariantCulture)}", null);
    }

    public void Dispose() => Snapshot?.Dispose();

    // iChange and mxFrame of the WAL-index header, which is what a snapshot is (wal.c, WalIndexHdr), then the log's salt.
    private static unsafe string NameOf(sqlite3_snapshot snapshot)
    {
        var header = new ReadOnlySpan<byte>((void*)snapshot.DangerousGetHandle(), SnapshotBytes);
        var change = MemoryMarshal.Read<uint>(header[8..]);
        var frames = MemoryMarshal.Read<uint>(header[16..]);
        return string.Create(CultureInfo.InvariantCulture, $"change {change}, frame {frames}, salt {Convert.ToHexString(header[32..40])}");
    }

    // The header is read through SQLite's own file, for opening the file a second time and closing it would drop SQLite's locks.
    private static unsafe uint ChangeCounter(SqliteConnectionHandle connection)
    {
        nint file = 0;
        var control = (delegate* unmanaged[Cdecl]<nint, byte*, int, nint*, int>)NativeLibrary.GetExport(Library(), "sqlite3_file_control");
        int code;
        fixed (byte* main = "main\0"u8)
        {
            code = control(connection.Raw.DangerousGetHandle(), main, FileControlFilePointer, &file);
        }

        if (code != raw.SQLITE_OK || file == 0 || *(nint**)file == null)
        {
            throw new DatabaseException(ErrorIds.DatabaseError, $"SQLite gives no access to the header of {connection.Endpoint} (SQLite {code}).");
        }

        // sqlite3_file starts with its methods: iVersion, xClose, xRead(file, buffer, amount, offset) …
        var methods = *(nint**)file;
        var read = (delegate* unmanaged[Cdecl]<nint, byte*, int, long, int>)methods[2];
        var bytes = stackalloc byte[4];
        code = read(file, bytes, 4, ChangeCounterOffset);
        const int shortRead = raw.SQLITE_IOERR | (2 << 8);
        return code is raw.SQLITE_OK or shortRead
            ? BinaryPrimitives.ReadUInt32BigEndian(new ReadOnlySpan<byte>(bytes, 4))
            : throw SqliteErrors.From(connection.Endpoint, "Reading the file's header", code, "the header can't be read");
    }

    private static nint Library() => NativeLibrary.Load(raw.GetNativeLibraryName(), typeof(SQLite3Provider_e_sqlite3).Assembly, null);
}
