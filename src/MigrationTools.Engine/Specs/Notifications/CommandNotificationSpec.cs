namespace MigrationTools.Engine.Specs.Notifications;

/// <summary>A program that gets the event as JSON on its standard input and as variables <c>MIGRATIONTOOLS_…</c>.</summary>
public sealed record CommandNotificationSpec : NotificationSpec
{
    /// <summary>The program and its arguments; no shell.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
