namespace MigrationTools.Databases.Tests.Fixtures;

/// <summary>A clock on which every look is ten seconds after the last, so that a patient wait ends at once.</summary>
public sealed class HurriedTime : TimeProvider
{
    private long _looks;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => Interlocked.Add(ref _looks, 10);
}
