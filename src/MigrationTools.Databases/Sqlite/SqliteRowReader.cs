using MigrationTools.Engine.Databases;
using SQLitePCL;

namespace MigrationTools.Databases.Sqlite;

/// <summary>
/// Reads rows as SQLite stores them: each cell by its own storage class (Null, Int64, Float64, Text, Blob) whatever the
/// column's declared type, for SQLite's types belong to values.
/// </summary>
internal sealed class SqliteRowReader : IRowReader
{
    private const int MaxRows = 512;
    private const int MaxBytes = 1024 * 1024;

    private readonly SqliteConnectionHandle _connection;
    private readonly sqlite3_stmt _statement;
    private readonly string _doing;
    private readonly bool _utf16;
    private readonly Action<SqliteRowReader> _release;
    private bool _ended;
    private bool _disposed;

    /// <param name="connection">Lent for the reader's life.</param>
    /// <param name="statement">Bound and ready to step; the reader's own.</param>
    /// <param name="doing">For errors.</param>
    /// <param name="utf16">The file keeps text as UTF-16.</param>
    /// <param name="release">Called once, when the reader is done with the connection.</param>
    public SqliteRowReader(SqliteConnectionHandle connection, sqlite3_stmt statement, string doing, bool utf16, Action<SqliteRowReader> release)
    {
        _connection = connection;
        _statement = statement;
        _doing = doing;
        _utf16 = utf16;
        _release = release;
        ColumnCount = raw.sqlite3_column_count(statement);
    }

    public int ColumnCount { get; }

    public SqliteConnectionHandle Connection => _connection;

    public async ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(_disposed, this);
        batch.Clear();
        return !_ended && await _connection.RunAsync(token => Fill(batch, token), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            _statement.Dispose();
            _release(this);
        }

        return ValueTask.CompletedTask;
    }

    private bool Fill(RowBatch batch, CancellationToken cancellationToken)
    {
        // Rows are read by the bare pointer: whoever disposes of this reader meanwhile must not free what it points to.
        var held = false;
        try
        {
            _statement.DangerousAddRef(ref held);
            var statement = _statement.DangerousGetHandle();
            while (batch.RowCount < MaxRows && batch.ByteCount < MaxBytes)
            {
                if (_connection.Step(_statement, _doing, cancellationToken) == raw.SQLITE_DONE)
                {
                    _ended = true;
                    break;
                }

                for (var column = 0; column < ColumnCount; column++)
                {
                    AppendCell(batch, SqliteColumnValues.At(statement, column));
                }
            }
        }
        catch
        {
            _ended = true;
            throw;
        }
        finally
        {
            if (held)
            {
                _statement.DangerousRelease();
            }
        }

        return batch.RowCount > 0;
    }

    private void AppendCell(RowBatch batch, nint value)
    {
        switch (SqliteColumnValues.TypeOf(value))
        {
            case raw.SQLITE_INTEGER:
                batch.AppendInt64(SqliteColumnValues.Int64Of(value));
                break;
            case raw.SQLITE_FLOAT:
                batch.AppendFloat64(SqliteColumnValues.Float64Of(value));
                break;
            case raw.SQLITE_TEXT:
                if (_utf16)
                {
                    SqliteColumnValues.ToUtf8(value);
                }

                AppendBytes(batch, CellKind.Text, value);
                break;
            case raw.SQLITE_BLOB:
                AppendBytes(batch, CellKind.Blob, value);
                break;
            default:
                batch.AppendNull();
                break;
        }
    }

    private void AppendBytes(RowBatch batch, CellKind kind, nint value)
    {
        var bytes = SqliteColumnValues.BytesOf(value);
        if (bytes.IsEmpty && raw.sqlite3_errcode(_connection.Raw) == raw.SQLITE_NOMEM)
        {
            throw _connection.Error(_doing, raw.SQLITE_NOMEM);
        }

        batch.Append(kind, bytes);
    }
}
