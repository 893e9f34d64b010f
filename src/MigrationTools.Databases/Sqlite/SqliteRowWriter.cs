using MigrationTools.Engine.Databases;
using SQLitePCL;

namespace MigrationTools.Databases.Sqlite;

/// <summary>
/// Inserts rows with one prepared statement. The rows stand between two savepoints of its own, so that a write that was not
/// completed leaves nothing.
/// </summary>
internal sealed class SqliteRowWriter : IRowWriter
{
    private const string SavepointName = "migrationtools_write";
    private const int RowsBetweenCancellation = 256;

    private readonly SqliteConnectionHandle _connection;
    private readonly sqlite3_stmt _insert;
    private readonly SqliteAffinity[] _affinities;
    private readonly IReadOnlyList<ColumnSchema> _columns;
    private readonly string _doing;
    private readonly Action _release;
    private long _rows;
    private bool _ended;

    private SqliteRowWriter(SqliteConnectionHandle connection, sqlite3_stmt insert, SqliteAffinity[] affinities, IReadOnlyList<ColumnSchema> columns, string doing, Action release)
    {
        _connection = connection;
        _insert = insert;
        _affinities = affinities;
        _columns = columns;
        _doing = doing;
        _release = release;
    }

    public static SqliteRowWriter Open(
        SqliteConnectionHandle connection, SqliteDialect dialect, TableName table, IReadOnlyList<ColumnSchema> columns, Action release, CancellationToken cancellationToken)
    {
        var doing = $"Writing {table}";
        var names = string.Join(", ", columns.Select(column => dialect.Quote(column.Name)));
        var places = string.Join(", ", Enumerable.Repeat("?", columns.Count));
        var insert = connection.Prepare($"INSERT OR ABORT INTO {dialect.Quote(table)} ({names}) VALUES ({places})", doing);
        try
        {
            var affinities = SqliteColumnAffinities.Of(connection, table, columns, cancellationToken);
            connection.Run($"SAVEPOINT {SavepointName}", doing, cancellationToken);
            return new SqliteRowWriter(connection, insert, affinities, columns, doing, release);
        }
        catch
        {
            insert.Dispose();
            throw;
        }
    }

    public async ValueTask WriteAsync(RowBatch batch, int start, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(_ended, this);
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Run(() => Insert(batch, start, count, cancellationToken), CancellationToken.None).ConfigureAwait(false);
    }

    public ValueTask<long> CompleteAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        cancellationToken.ThrowIfCancellationRequested();
        _connection.Run($"RELEASE {SavepointName}", _doing, CancellationToken.None);
        End();
        return ValueTask.FromResult(_rows);
    }

    public ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return ValueTask.CompletedTask;
        }

        _ = raw.sqlite3_reset(_insert);
        try
        {
            // Some errors (a full disk) end the whole transaction, and the savepoint with it.
            if (_connection.InTransaction)
            {
                _connection.Run($"ROLLBACK TO {SavepointName}", _doing, CancellationToken.None);
                _connection.Run($"RELEASE {SavepointName}", _doing, CancellationToken.None);
            }
        }
        finally
        {
            End();
        }

        return ValueTask.CompletedTask;
    }

    private void End()
    {
        _ended = true;
        _insert.Dispose();
        _release();
    }

    private void Insert(RowBatch batch, int start, int count, CancellationToken cancellationToken)
    {
        for (var row = start; row < start + count; row++)
        {
            if ((row - start) % RowsBetweenCancellation == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            for (var column = 0; column < _affinities.Length; column++)
            {
                BindCell(batch, row, column);
            }

            _ = _connection.Step(_insert, _doing, cancellationToken);
            _ = raw.sqlite3_reset(_insert);
            _rows += raw.sqlite3_changes(_connection.Raw);
        }
    }

    private void BindCell(RowBatch batch, int row, int column)
    {
        var code = SqliteCellBinder.Bind(_insert, column + 1, batch.KindAt(row, column), batch.BytesAt(row, column), _affinities[column], out var refusal);
        if (code != raw.SQLITE_OK)
        {
            throw _connection.Error(_doing, code);
        }

        if (refusal is not null)
        {
            throw SqliteErrors.ValueDoesNotFit(_connection.Endpoint, _columns[column].Name, _columns[column].ServerType, refusal);
        }
    }
}
