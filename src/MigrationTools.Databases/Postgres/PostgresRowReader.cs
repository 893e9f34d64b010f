using System.Buffers.Binary;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using Npgsql;

namespace MigrationTools.Databases.Postgres;

/// <summary>Reads the stream of COPY … TO STDOUT (FORMAT BINARY) into batches (PostgreSQL documentation, COPY, "Binary Format").</summary>
internal sealed class PostgresRowReader : IRowReader
{
    private const int MaxRows = 512;
    private const int MaxBytes = 1024 * 1024;
    private const int BufferBytes = 128 * 1024;
    private const int LargeBufferBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly PostgresConnection _connection;
    private readonly NpgsqlRawCopyStream _stream;
    private readonly PostgresWire[] _wires;
    private readonly string _doing;
    private readonly Func<PostgresConnection, bool, ValueTask> _release;
    private byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private int _needed;
    private bool _started;
    private bool _ended;
    private bool _failed;
    private bool _disposed;

    /// <param name="connection">Lent for the reader's life.</param>
    /// <param name="stream">The COPY, just begun.</param>
    /// <param name="wires">Forms of the columns.</param>
    /// <param name="doing">For errors.</param>
    /// <param name="release">Gives the connection back; true where it can be used again.</param>
    public PostgresRowReader(PostgresConnection connection, NpgsqlRawCopyStream stream, PostgresWire[] wires, string doing, Func<PostgresConnection, bool, ValueTask> release)
    {
        _connection = connection;
        _stream = stream;
        _wires = wires;
        _doing = doing;
        _release = release;
    }

    public async ValueTask<bool> ReadAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(_disposed, this);
        batch.Clear();
        if (_ended)
        {
            return false;
        }

        try
        {
            return await _connection.CancellableAsync(token => FillAsync(batch, token), _doing, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _ended = true;
            _failed = true;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            // Given up in the middle: the driver takes what is still sent, so the server is asked first to stop sending, and asked again
            // where it was too busy to hear. On a thread of its own, for a flood that never pauses is taken without a pause.
            if (!_ended)
            {
                await AskToStopAsync().ConfigureAwait(false);
            }

            var closing = Task.Run(() => _stream.DisposeAsync().AsTask());
            while (await Task.WhenAny(closing, Task.Delay(Patience, CancellationToken.None)).ConfigureAwait(false) != closing)
            {
                await AskToStopAsync().ConfigureAwait(false);
            }

            await closing.ConfigureAwait(false);
        }
        catch (Exception error) when (PostgresErrors.IsOne(error))
        {
            // The cancelled COPY answers with an error; the connection is not used again.
            _failed = true;
        }

        await _release(_connection, _ended && !_failed).ConfigureAwait(false);
    }

    private async Task AskToStopAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _connection.CancelOnServerAsync(patience.Token).ConfigureAwait(false);
    }

    private async Task<bool> FillAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        if (!_started)
        {
            await ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
        }

        while (!_ended && batch.RowCount < MaxRows && batch.ByteCount < MaxBytes)
        {
            if (_end - _start >= _needed && TryParseRow(batch))
            {
                continue;
            }

            await ReadMoreAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_ended && await _stream.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false) != 0)
        {
            throw Broken("there are bytes after the end of the rows");
        }

        return batch.RowCount > 0;
    }

    private async ValueTask ReadHeaderAsync(CancellationToken cancellationToken)
    {
        const int fixedBytes = 19;
        while (_end < fixedBytes)
        {
            await ReadMoreAsync(cancellationToken).ConfigureAwait(false);
        }

        if (!_buffer.AsSpan(0, Signature.Length).SequenceEqual(Signature))
        {
            throw Broken("the stream does not begin as a binary COPY");
        }

        var extension = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(15));
        while (_end < fixedBytes + extension)
        {
            await ReadMoreAsync(cancellationToken).ConfigureAwait(false);
        }

        _start = fixedBytes + extension;
        _started = true;
    }

    /// <summary>Takes one row out of the buffer; false where it is not whole yet.</summary>
    private bool TryParseRow(RowBatch batch)
    {
        var bytes = _buffer.AsSpan(_start, _end - _start);
        if (bytes.Length < 2)
        {
            return Lacks(batch, 2);
        }

        var count = BinaryPrimitives.ReadInt16BigEndian(bytes);
        if (count != _wires.Length)
        {
            return count == -1 ? End() : throw Broken($"a row has {count} fields instead of {_wires.Length}");
        }

        var position = 2;
        for (var column = 0; column < _wires.Length; column++)
        {
            if (bytes.Length - position < 4)
            {
                return Lacks(batch, position + 4);
            }

            var length = BinaryPrimitives.ReadInt32BigEndian(bytes[position..]);
            position += 4;
            if (length < 0)
            {
                batch.AppendNull();
                continue;
            }

            if (bytes.Length - position < length)
            {
                return Lacks(batch, position + length);
            }

            PostgresCellDecoder.Append(batch, _wires[column], bytes.Slice(position, length));
            position += length;
        }

        _start += position;
        _needed = 0;
        return true;
    }

    // A row is not looked at again before it has as many bytes, or a huge value would be parsed once for every piece of it that arrives.
    private bool Lacks(RowBatch batch, int needed)
    {
        batch.DropUnfinishedRow();
        _needed = needed;
        return false;
    }

    private bool End()
    {
        _ended = true;
        return true;
    }

    private async ValueTask ReadMoreAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        if (read == 0)
        {
            throw Broken("the stream ended in the middle of a row");
        }

        _end += read;
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = 0;
            _end = 0;
            _buffer = _buffer.Length > LargeBufferBytes ? new byte[BufferBytes] : _buffer;
        }
        else if (_end == _buffer.Length)
        {
            var kept = _end - _start;
            var larger = _start > 0 ? _buffer : new byte[(int)Math.Min(Array.MaxLength, (long)_buffer.Length * 2)];
            Array.Copy(_buffer, _start, larger, 0, kept);
            _buffer = larger;
            _start = 0;
            _end = kept;
        }
    }

    private DatabaseException Broken(string why) =>
        new(ErrorIds.EndpointUnavailable, $"{_doing} on {_connection.Endpoint} failed: {why}. Something between here and the server breaks the data.");

    private static ReadOnlySpan<byte> Signature => [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0];
}
