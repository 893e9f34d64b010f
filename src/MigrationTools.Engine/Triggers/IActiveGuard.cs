namespace MigrationTools.Engine.Triggers;

/// <summary>A guard at work; disposing it ends it.</summary>
public interface IActiveGuard : IAsyncDisposable
{
    /// <summary>Cancelled when there is an alarm.</summary>
    CancellationToken Raised { get; }

    /// <summary>The alarm; null while there is none.</summary>
    RunAlarm? Alarm { get; }
}
