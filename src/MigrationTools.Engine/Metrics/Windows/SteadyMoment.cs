namespace MigrationTools.Engine.Metrics.Windows;

/// <summary>
/// A moment by the wall clock, and those after it told by what has passed since: a clock that is set while a window is looked at changes neither its length nor
/// the order of what was seen in it. Each window begins at the clock of its time, so that stamps follow a clock that was put right.
/// </summary>
internal readonly struct SteadyMoment
{
    private readonly TimeProvider _time;
    private readonly long _begun;

    private SteadyMoment(TimeProvider time) => (_time, From, _begun) = (time, time.GetUtcNow(), time.GetTimestamp());

    public DateTimeOffset From { get; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_begun);

    public DateTimeOffset Now => From + Elapsed;

    public static SteadyMoment Begin(TimeProvider time) => new(time);
}
