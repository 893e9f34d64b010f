namespace MigrationTools.Tests.Time;

/// <summary>This machine's clock, whose wall clock is set three hours on and back again at every other look.</summary>
internal sealed class RestlessTime : TimeProvider
{
    private int _looks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + (Interlocked.Increment(ref _looks) % 2 == 0 ? TimeSpan.FromHours(-3) : TimeSpan.FromHours(3));
}
