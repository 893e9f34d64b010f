namespace MigrationTools.Databases.Tests.Runs;

/// <summary>A clock that shows what the test wants; its timers fire when the test says so.</summary>
internal sealed class StoppedTime : TimeProvider
{
    private readonly List<Action> _timers = [];

    public StoppedTime(DateTimeOffset? now = null) => Now = now ?? new DateTimeOffset(2025, 3, 1, 10, 15, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;

    /// <summary>The clock of another host.</summary>
    public StoppedTime Later(TimeSpan by) => new(Now + by);

    public void Fire() => _timers.ToList().ForEach(timer => timer());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        _timers.Add(timer.Callback);
        return timer;
    }

    private sealed class Timer(StoppedTime time, Action callback) : ITimer
    {
        public Action Callback => callback;

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => time._timers.Remove(callback);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
