using System.Buffers.Binary;
using System.Globalization;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using Npgsql;

namespace MigrationTools.Databases.Postgres;

/// <summary>Writes rows through COPY … FROM STDIN (FORMAT BINARY), in pieces of a quarter megabyte.</summary>
internal sealed class PostgresRowWriter : IRowWriter
{
    private const int BufferBytes = 256 * 1024;
    private const int LengthBytes = 4;

    private readonly PostgresConnection _connection;
    private readonly NpgsqlRawCopyStream _stream;
    private readonly PostgresWire[] _wires;
    private readonly PostgresOpaqueShape?[] _shapes;
    private readonly IReadOnlyList<ColumnSchema> _columns;
    private readonly string _doing;
    private readonly string _table;
    private readonly long? _insertedBefore;
    private readonly Action _release;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _used;
    private long _sent;
    private bool _ended;

    private PostgresRowWriter(
        PostgresConnection connection,
        NpgsqlRawCopyStream stream,
        PostgresWire[] wires,
        PostgresOpaqueShape?[] shapes,
        IReadOnlyList<ColumnSchema> columns,
        string table,
        string doing,
        long? insertedBefore,
        Action release)
    {
        _connection = connection;
        _stream = stream;
        _wires = wires;
        _shapes = shapes;
        _columns = columns;
        _table = table;
        _doing = doing;
        _insertedBefore = insertedBefore;
        _release = release;
        WriteHeader();
    }

    public static async Task<PostgresRowWriter> OpenAsync(
        PostgresConnection connection, PostgresDialect dialect, TableName table, IReadOnlyList<ColumnSchema> columns, Action release, CancellationToken cancellationToken)
    {
        var doing = $"Writing {table}";
        var quoted = dialect.Quote(table);
        var names = string.Join(", ", columns.Select(column => dialect.Quote(column.Name)));
        var types = await connection.DescribeAsync($"SELECT {names} FROM {quoted}", doing, cancellationToken).ConfigureAwait(false);
        var wires = await new PostgresWireTypes().OfAsync(connection, types, doing, cancellationToken).ConfigureAwait(false);
        var shapes = await PostgresOpaqueShapes.OfAsync(connection, types, wires, doing, cancellationToken).ConfigureAwait(false);
        var (inserted, _) = await InsertedAsync(connection, quoted, doing, cancellationToken).ConfigureAwait(false);
        var stream = await connection.CopyAsync($"COPY {quoted} ({names}) FROM STDIN (FORMAT BINARY)", doing, cancellationToken).ConfigureAwait(false);
        return new PostgresRowWriter(connection, stream, wires, shapes, columns, quoted, doing, inserted, release);
    }

    public async ValueTask WriteAsync(RowBatch batch, int start, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(_ended, this);
        cancellationToken.ThrowIfCancellationRequested();
        for (var row = start; row < start + count; row++)
        {
            if (TryEncodeRow(batch, row))
            {
                continue;
            }

            await FlushAsync(cancellationToken).ConfigureAwait(false);
            if (!TryEncodeRow(batch, row))
            {
                await WriteLargeRowAsync(batch, row, cancellationToken).ConfigureAwait(false);
            }
        }

        _sent += count;
    }

    public async ValueTask<long> CompleteAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        if (BufferBytes - _used < 2)
        {
            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_used), -1);
        _used += 2;
        await FlushAsync(cancellationToken).ConfigureAwait(false);

        // From here on the server decides; disposing the stream is what says that the rows are complete.
        End();
        _ = await _connection.CancellableAsync(
            async _ =>
            {
                await _stream.DisposeAsync().ConfigureAwait(false);
                return true;
            },
            _doing,
            cancellationToken).ConfigureAwait(false);
        var (inserted, inTransaction) = await InsertedAsync(_connection, _table, _doing, cancellationToken).ConfigureAwait(false);
        return inTransaction ? inserted - _insertedBefore ?? _sent : _sent;
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return;
        }

        End();
        try
        {
            await _stream.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (PostgresErrors.IsOne(error))
        {
            // The server's answer to a cancelled COPY is an error; so is a connection that is gone already. Both leave nothing.
        }
    }

    private void End()
    {
        _ended = true;
        _release();
    }

    private void WriteHeader()
    {
        ReadOnlySpan<byte> header = [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];
        header.CopyTo(_buffer);
        _used = header.Length;
    }

    /// <summary>Adds a row to the buffer; false, with nothing added, where it has no room.</summary>
    private bool TryEncodeRow(RowBatch batch, int row)
    {
        var room = _buffer.AsSpan(_used);
        if (room.Length < 2)
        {
            return false;
        }

        BinaryPrimitives.WriteInt16BigEndian(room, (short)_wires.Length);
        var position = 2;
        for (var column = 0; column < _wires.Length; column++)
        {
            var written = Encode(room[position..], batch, row, column);
            if (written == PostgresCellEncoder.NoRoom)
            {
                return false;
            }

            position += written;
        }

        _used += position;
        return true;
    }

    private int Encode(Span<byte> room, RowBatch batch, int row, int column)
    {
        var written = PostgresCellEncoder.Encode(room, _wires[column], batch.KindAt(row, column), batch.BytesAt(row, column), out var refusal);
        if (refusal is not null)
        {
            throw new DatabaseException(ErrorIds.DatabaseError, $"{_doing} on {_connection.Endpoint} failed at column {_columns[column].Name} ({_columns[column].ServerType}): {refusal}")
            {
                IsDataError = true,
            };
        }

        if (_shapes[column] is { } shape && written > LengthBytes && batch.KindAt(row, column) == CellKind.Opaque)
        {
            shape.Adopt(room[LengthBytes..written]);
        }

        return written;
    }

    private async ValueTask WriteLargeRowAsync(RowBatch batch, int row, CancellationToken cancellationToken)
    {
        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_used), (short)_wires.Length);
        _used += 2;
        for (var column = 0; column < _wires.Length; column++)
        {
            var written = Encode(_buffer.AsSpan(_used), batch, row, column);
            if (written != PostgresCellEncoder.NoRoom)
            {
                _used += written;
                continue;
            }

            await FlushAsync(cancellationToken).ConfigureAwait(false);
            await WriteLargeCellAsync(batch, row, column, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteLargeCellAsync(RowBatch batch, int row, int column, CancellationToken cancellationToken)
    {
        if (!PostgresCellEncoder.PassesThrough(_wires[column], batch.KindAt(row, column)))
        {
            _used += Encode(_buffer, batch, row, column);
            return;
        }

        var length = batch.BytesAt(row, column).Length;
        var adopted = Adopted(batch, row, column);
        _used += PostgresCellEncoder.Prefix(_buffer, _wires[column], length);
        for (var done = 0; done < length;)
        {
            var piece = Math.Min(length - done, BufferBytes - _used);
            (adopted is null ? batch.BytesAt(row, column) : adopted).Slice(done, piece).CopyTo(_buffer.AsSpan(_used));
            _used += piece;
            done += piece;
            if (_used == BufferBytes)
            {
                await FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A copy of a large value with this database's oids; null where it needs none.</summary>
    private byte[]? Adopted(RowBatch batch, int row, int column)
    {
        if (_shapes[column] is not { } shape || batch.KindAt(row, column) != CellKind.Opaque)
        {
            return null;
        }

        var copy = batch.BytesAt(row, column).ToArray();
        shape.Adopt(copy);
        return copy;
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await _stream.WriteAsync(_buffer.AsMemory(0, _used), cancellationToken).ConfigureAwait(false);
            _used = 0;
        }
        catch (Exception error) when (PostgresErrors.IsOne(error))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresErrors.From(_connection.Endpoint, _doing, error);
        }
    }

    // The driver does not hand on how many rows the server counted, so the server is asked for what this transaction has inserted
    // (a trigger may have left rows out). The count goes on from the transactions before that are not in the server's statistics yet, so only
    // a difference says something. Null where the server keeps no counts; without a transaction around it the COPY is committed already.
    private static async Task<(long? Rows, bool InTransaction)> InsertedAsync(PostgresConnection connection, string table, string doing, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            """
            SELECT CASE WHEN pg_catalog.current_setting('track_counts') = 'on' AND bool_and(c.relkind = 'r')
                        THEN sum(pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid)) END,
                   pg_catalog.txid_current_if_assigned() IS NOT NULL
            FROM pg_catalog.pg_class AS c
            WHERE c.oid = pg_catalog.to_regclass($1)
               OR (c.relkind <> 'p' AND c.oid IN (SELECT relid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass($1))))
            """,
            [table],
            doing,
            cancellationToken).ConfigureAwait(false);
        return (rows[0][0] is { } count ? long.Parse(count, CultureInfo.InvariantCulture) : null, rows[0][1] == "t");
    }
}
