using MigrationTools.Engine.Operations;

namespace MigrationTools.Cli.Live;

/// <summary>An activity that is under way, with its speed over the last seconds. Not thread-safe: <see cref="ActivityBoard"/> locks.</summary>
internal sealed class Activity(Progress first, TimeSpan at)
{
    // Long enough to even out a commit, short enough to show that something slowed down.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromMilliseconds(500);

    private readonly Queue<(TimeSpan At, long Done)> _samples = new([(at, first.Done)]);
    private (TimeSpan At, long Done) _newest = (at, first.Done);

    public Progress Latest { get; private set; } = first;

    public TimeSpan Begun { get; } = at;

    /// <summary>Takes the newest numbers.</summary>
    public void Update(Progress progress) => Latest = progress;

    /// <summary>Notes where it stands now, a few times a second.</summary>
    public void Sample(TimeSpan now)
    {
        if (Latest.Done < _newest.Done)
        {
            // It began anew: what was before is no measure of it.
            _samples.Clear();
        }

        _newest = (now, Latest.Done);
        _samples.Enqueue(_newest);
        while (_samples.Count > 2 && now - _samples.Peek().At > Window)
        {
            _samples.Dequeue();
        }
    }

    /// <summary>Units a second over the last seconds; null while too little was seen.</summary>
    public double? Rate
    {
        get
        {
            var oldest = _samples.Peek();
            var span = _newest.At - oldest.At;
            return span < ShortestSpan ? null : (_newest.Done - oldest.Done) / span.TotalSeconds;
        }
    }

    /// <summary>What is left at that speed; null where the total is not known or nothing moves.</summary>
    public TimeSpan? TimeLeft => Latest.Total is { } total && Rate is > 0 and { } rate && total >= Latest.Done && (total - Latest.Done) / rate < TimeSpan.MaxValue.TotalSeconds / 2
        ? TimeSpan.FromSeconds((total - Latest.Done) / rate)
        : null;
}
