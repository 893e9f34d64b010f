namespace MigrationTools.Engine.Metrics.Windows;

/// <summary>
/// The stretches of the wall clock that were lived through while somebody looked. Where a clock was set, a stamp of another's making (a file's time, a sample's)
/// may be of a time that this clock shows a second time: then what is old can't be told from what is fresh. All that was before the first look counts as lived
/// through, so a clock that was set before that is not seen.
/// </summary>
internal sealed class ClockHistory(TimeProvider time)
{
    /// <summary>Clocks are slewed and coarse; more than this was set.</summary>
    private static readonly TimeSpan Noise = TimeSpan.FromSeconds(2);

    private readonly object _lock = new();
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _earlier = [];
    private DateTimeOffset _from = DateTimeOffset.MinValue;
    private DateTimeOffset? _at;
    private long _timestamp;

    /// <summary>Looks at the clock; to be called now and then, and before stamps are judged.</summary>
    public DateTimeOffset Look()
    {
        lock (_lock)
        {
            var (now, timestamp) = (time.GetUtcNow(), time.GetTimestamp());
            if (_at is { } at && at + time.GetElapsedTime(_timestamp, timestamp) is var expected && (now - expected).Duration() > Noise)
            {
                _earlier.Add((_from, expected));
                _from = now;
            }

            (_at, _timestamp) = (now, timestamp);
            return now;
        }
    }

    /// <summary>Whether stamps of this time may be of a stretch before the clock was set.</summary>
    public bool IsAmbiguous(DateTimeOffset since, DateTimeOffset to)
    {
        lock (_lock)
        {
            // Where the clock was set back in between, the time ends before it begins.
            var (first, last) = since <= to ? (since, to) : (to, since);
            return _earlier.Exists(stretch => stretch.From <= last && first <= stretch.To);
        }
    }
}
