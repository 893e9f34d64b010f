namespace MigrationTools.Databases.Copying;

/// <summary>Spreads rows over time, for all tables of a copy together. Thread-safe.</summary>
internal sealed class RowThrottle
{
    // A transaction of a throttled chunk is not held open much longer than this.
    private const int SecondsInChunk = 10;

    private readonly long? _rowsPerSecond;
    private readonly TimeProvider _time;
    private readonly object _lock = new();
    private long _next;

    public RowThrottle(long? rowsPerSecond, TimeProvider time)
    {
        _rowsPerSecond = rowsPerSecond;
        _time = time;
        _next = time.GetTimestamp();
    }

    /// <summary>Rows that a chunk may have so that its transaction stays short.</summary>
    public int LimitChunk(int chunkRows) => _rowsPerSecond is { } rate ? (int)Math.Clamp(rate * SecondsInChunk, 1, chunkRows) : chunkRows;

    /// <summary>Waits until the rows before these have had their time, and takes the time of these.</summary>
    public async ValueTask TakeAsync(int rows, CancellationToken cancellationToken)
    {
        if (_rowsPerSecond is not { } rate)
        {
            return;
        }

        TimeSpan wait;
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            var start = Math.Max(now, _next);
            wait = _time.GetElapsedTime(now, start);
            _next = start + (long)((double)rows / rate * _time.TimestampFrequency);
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
        }
    }
}
