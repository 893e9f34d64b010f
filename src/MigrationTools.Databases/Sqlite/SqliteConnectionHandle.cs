using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using SQLitePCL;

namespace MigrationTools.Databases.Sqlite;

/// <summary>
/// One connection, driven through SQLite's own functions. Its methods block while SQLite works; callers put them on the
/// thread pool. Not thread-safe, except <see cref="Interrupt"/>.
/// </summary>
internal sealed class SqliteConnectionHandle : IDisposable
{
    /// <summary>How long a locked file is waited for.</summary>
    public static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    // SQLite's own wait can't be cancelled, so it waits in slices and the loop here asks for cancellation between them.
    private const int LockSliceMilliseconds = 100;

    private readonly TimeProvider _time;
    private bool _mayOweRollback;

    static SqliteConnectionHandle() => Batteries_V2.Init();

    private SqliteConnectionHandle(Endpoint endpoint, sqlite3 connection, TimeProvider time)
    {
        Endpoint = endpoint;
        Raw = connection;
        _time = time;
        _ = raw.sqlite3_extended_result_codes(Raw, 1);
        _ = raw.sqlite3_busy_timeout(Raw, LockSliceMilliseconds);
    }

    public Endpoint Endpoint { get; }

    public sqlite3 Raw { get; }

    public bool InTransaction => raw.sqlite3_get_autocommit(Raw) == 0;

    public static SqliteConnectionHandle OpenForReading(Endpoint endpoint, string path, TimeProvider time)
    {
        if (!File.Exists(path))
        {
            throw new DatabaseException(ErrorIds.EndpointUnavailable, Directory.Exists(path)
                ? $"{endpoint} is a directory, not a SQLite file. Name the file."
                : $"{endpoint} does not exist: no file {path}. Check the path (relative ones start at {endpoint.BaseDirectory}).");
        }

        // Without SQLite's own locks, which take a tenth of the time of reading: only one thread at a time has a connection.
        return Open(endpoint, path, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_NOMUTEX, time);
    }

    /// <summary>Creates the file where it is not there.</summary>
    public static SqliteConnectionHandle OpenForWriting(Endpoint endpoint, string path, TimeProvider time)
    {
        if (Directory.Exists(path))
        {
            throw new DatabaseException(ErrorIds.EndpointUnavailable, $"{endpoint} is a directory, not a SQLite file. Name the file.");
        }

        var directory = Path.GetDirectoryName(path);
        if (directory is not null && !Directory.Exists(directory))
        {
            throw new DatabaseException(ErrorIds.EndpointUnavailable, $"{endpoint} can't be created: no directory {directory}. Create it first.");
        }

        var handle = Open(endpoint, path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, time);
        if (raw.sqlite3_db_readonly(handle.Raw, "main") == 0)
        {
            return handle;
        }

        handle.Dispose();
        throw SqliteErrors.From(endpoint, "Opening for writing", raw.SQLITE_READONLY, "the file is read-only");
    }

    private static SqliteConnectionHandle Open(Endpoint endpoint, string path, int flags, TimeProvider time)
    {
        var code = raw.sqlite3_open_v2(path, out var connection, flags | raw.SQLITE_OPEN_PRIVATECACHE, null);
        if (code == raw.SQLITE_OK)
        {
            return new SqliteConnectionHandle(endpoint, connection, time);
        }

        using (connection)
        {
            throw SqliteErrors.From(endpoint, "Opening", connection.IsInvalid ? code : raw.sqlite3_extended_errcode(connection), raw.sqlite3_errstr(code).utf8_to_string());
        }
    }

    public DatabaseException Error(string doing, int code)
    {
        _mayOweRollback |= (code & 0xFF) is raw.SQLITE_FULL or raw.SQLITE_IOERR;
        var extended = raw.sqlite3_extended_errcode(Raw);
        return (extended & 0xFF) == (code & 0xFF)
            ? SqliteErrors.From(Endpoint, doing, extended, raw.sqlite3_errmsg(Raw).utf8_to_string())
            : SqliteErrors.From(Endpoint, doing, code, raw.sqlite3_errstr(code).utf8_to_string());
    }

    /// <summary>Steps a statement; waits for a lock as long as <see cref="LockPatience"/>.</summary>
    /// <returns>SQLITE_ROW or SQLITE_DONE.</returns>
    public int Step(sqlite3_stmt statement, string doing, CancellationToken cancellationToken)
    {
        var code = SqliteColumnValues.Step(statement.DangerousGetHandle());
        GC.KeepAlive(statement);
        if (code is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return code;
        }

        var began = _time.GetTimestamp();
        while ((code & 0xFF) == raw.SQLITE_BUSY && code != BusySnapshot && _time.GetElapsedTime(began) < LockPatience)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _ = raw.sqlite3_reset(statement);
            code = raw.sqlite3_step(statement);
        }

        if (code is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return code;
        }

        if ((code & 0xFF) == raw.SQLITE_INTERRUPT)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        throw Error(doing, code);
    }

    public sqlite3_stmt Prepare(string sql, string doing)
    {
        var code = raw.sqlite3_prepare_v2(Raw, sql, out var statement, out var tail);
        if (code != raw.SQLITE_OK)
        {
            throw Error(doing, code);
        }

        if (!SqliteSql.IsBlank(tail))
        {
            statement?.Dispose();
            throw new DatabaseException(ErrorIds.DatabaseError, $"{doing} on {Endpoint} failed: the SQL holds more than one statement. Give a single SELECT.");
        }

        return statement is null || statement.IsInvalid
            ? throw new DatabaseException(ErrorIds.DatabaseError, $"{doing} on {Endpoint} failed: the SQL is empty.")
            : statement;
    }

    /// <summary>Runs one statement without rows of interest.</summary>
    public void Run(string sql, string doing, CancellationToken cancellationToken)
    {
        using var statement = Prepare(sql, doing);
        while (Step(statement, doing, cancellationToken) == raw.SQLITE_ROW)
        {
        }
    }

    /// <summary>The first value of the first row as SQLite's text; null for NULL or no row.</summary>
    public string? Scalar(string sql, string doing, CancellationToken cancellationToken)
    {
        using var statement = Prepare(sql, doing);
        return Step(statement, doing, cancellationToken) == raw.SQLITE_ROW ? SqliteValues.TextAt(statement, 0) : null;
    }

    /// <summary>Its first value as SQLite's text, and how many rows and columns it gives in all.</summary>
    public QueryAnswer Ask(string sql, string doing, CancellationToken cancellationToken)
    {
        using var statement = Prepare(sql, doing);
        string? first = null;
        var rows = 0L;
        while (Step(statement, doing, cancellationToken) == raw.SQLITE_ROW)
        {
            first = rows == 0 ? SqliteValues.TextAt(statement, 0) : first;
            rows++;
        }

        return new QueryAnswer(first, rows, raw.sqlite3_column_count(statement));
    }

    /// <summary>Makes whatever runs now end with SQLITE_INTERRUPT.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(Raw);

    public CancellationTokenRegistration InterruptOn(CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(static state => ((SqliteConnectionHandle)state!).Interrupt(), this);

    /// <summary>Runs blocking work on the thread pool, interrupted by the token.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var interrupt = InterruptOn(cancellationToken);
        return await Task.Run(() => work(cancellationToken), CancellationToken.None).ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (_mayOweRollback)
        {
            PlayBackJournal();
        }

        Raw.Dispose();
    }

    // After a full disk SQLite leaves its journal to the next who looks (pager.c, PAGER_ERROR), and a reader may not play it back.
    private void PlayBackJournal()
    {
        if (InTransaction)
        {
            _ = raw.sqlite3_exec(Raw, "ROLLBACK");
        }

        _ = raw.sqlite3_exec(Raw, "SELECT count(*) FROM sqlite_schema");
    }

    private const int BusySnapshot = raw.SQLITE_BUSY | (2 << 8);
}
