using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Engine.Databases;
using SQLitePCL;

namespace MigrationTools.Databases.Sqlite;

/// <summary>
/// Reads rows as SQLite stores them: each cell by its own storage class (Null, Int64, Float64, Text, Blob) whatever the
/// column's declared type, for SQLite's types belong to values.
/// </summary>
internal sealed class SqliteRowReader : IDigestingReader
{
    private const int MaxRows = 512;
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Rows that are hashed at a time, unless they have many bytes: so many that handing over to another thread and back costs little beside them.</summary>
    private const int MaxDigested = 8 * CellDigest.MaxRows;

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

    public async ValueTask<long> DigestAsync(CellDigest into, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(into);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _ended ? 0 : await _connection.RunAsync(token => Digest(into, token), cancellationToken).ConfigureAwait(false);
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
        Hold(statement =>
        {
            while (batch.RowCount < MaxRows && batch.ByteCount < MaxBytes && Next(cancellationToken))
            {
                for (var column = 0; column < ColumnCount; column++)
                {
                    AppendCell(batch, SqliteColumnValues.At(statement, column));
                }
            }
        });
        return batch.RowCount > 0;
    }

    /// <summary>Hashes values where SQLite has them; how many rows.</summary>
    private long Digest(CellDigest into, CancellationToken cancellationToken)
    {
        var (rows, bytes) = (0L, 0L);
        Hold(statement =>
        {
            while (!_ended && rows < MaxDigested && bytes < MaxBytes)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rows += Digest(statement, into, ref bytes, cancellationToken);
            }
        });
        return rows;
    }

    private int Digest(nint statement, CellDigest into, ref long bytes, CancellationToken cancellationToken)
    {
        var hashes = into.Begin(CellDigest.MaxRows);
        var keys = into.WantsKeys ? into.Keys(CellDigest.MaxRows) : default;
        var wantsCells = into.WantsCells;
        var columns = ColumnCount;
        Span<byte> number = stackalloc byte[sizeof(long)];
        var row = 0;
        for (; row < hashes.Length && bytes < MaxBytes && Next(cancellationToken); row++)
        {
            ref var hash = ref hashes[row];
            for (var column = 0; column < columns; column++)
            {
                var cell = ReadCell(SqliteColumnValues.At(statement, column), number, out var kind);
                into.Add(column, kind, cell, ref hash);
                bytes += cell.Length;
                if (wantsCells)
                {
                    into.EndCell(row, column + 1);
                }

                if (column == 0 && !keys.IsEmpty)
                {
                    keys[row] = into.KeyOf(kind, cell);
                }
            }
        }

        into.End(row);
        return row;
    }

    /// <summary>Works on the statement by its bare pointer: whoever disposes of this reader meanwhile must not free what it points to.</summary>
    private void Hold(Action<nint> work)
    {
        var held = false;
        try
        {
            _statement.DangerousAddRef(ref held);
            work(_statement.DangerousGetHandle());
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
    }

    private bool Next(CancellationToken cancellationToken)
    {
        _ended = _connection.Step(_statement, _doing, cancellationToken) == raw.SQLITE_DONE;
        return !_ended;
    }

    /// <summary>The value's bytes as a cell has them: SQLite's own, valid until the statement moves, or a number written into the room that is given.</summary>
    private ReadOnlySpan<byte> ReadCell(nint value, Span<byte> room, out CellKind kind)
    {
        switch (SqliteColumnValues.TypeOf(value))
        {
            case raw.SQLITE_INTEGER:
                kind = CellKind.Int64;
                BinaryPrimitives.WriteInt64LittleEndian(room, SqliteColumnValues.Int64Of(value));
                return room;
            case raw.SQLITE_FLOAT:
                kind = CellKind.Float64;
                BinaryPrimitives.WriteDoubleLittleEndian(room, SqliteColumnValues.Float64Of(value));
                return room;
            case raw.SQLITE_TEXT:
                if (_utf16 && !SqliteColumnValues.TryToUtf8(value))
                {
                    throw _connection.Error(_doing, raw.SQLITE_NOMEM);
                }

                kind = CellKind.Text;
                return BytesOf(value);
            case raw.SQLITE_BLOB:
                kind = CellKind.Blob;
                return BytesOf(value);
            default:
                kind = CellKind.Null;
                return default;
        }
    }

    private void AppendCell(RowBatch batch, nint value)
    {
        Span<byte> room = stackalloc byte[sizeof(long)];
        var bytes = ReadCell(value, room, out var kind);
        batch.Append(kind, bytes);
    }

    private ReadOnlySpan<byte> BytesOf(nint value)
    {
        var bytes = SqliteColumnValues.BytesOf(value);
        return bytes.IsEmpty && IsOutOfMemory() ? throw _connection.Error(_doing, raw.SQLITE_NOMEM) : bytes;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsOutOfMemory() => raw.sqlite3_errcode(_connection.Raw) == raw.SQLITE_NOMEM;
}
