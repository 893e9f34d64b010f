namespace MigrationTools.Engine.Tests.Reports;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class SteppedTime : TimeProvider
{
    public DateTimeOffset Now { get; private set; } = new(2026, 3, 14, 21, 30, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public void Pass(double seconds) => Now += TimeSpan.FromSeconds(seconds);
}
