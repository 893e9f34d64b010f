namespace MigrationTools.Engine.Specs.Notifications;

/// <summary>A program that finds the event in variables <c>MIGRATIONTOOLS_EVENT</c>, <c>_RUN</c>, <c>_SPEC</c>, <c>_STATUS</c>, <c>_VERDICT</c>, <c>_STEP</c> and <c>_MESSAGE</c>; its standard input is closed.</summary>
public sealed record CommandNotificationSpec : NotificationSpec
{
    /// <summary>The program and its arguments; no shell.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
