using MigrationTools.Engine.Specs.Notifications;

namespace MigrationTools.Hosting.Notifications;

/// <summary>What somebody wants to be told, by hand.</summary>
/// <param name="Message">In a line or a few.</param>
public sealed record NotificationRequest(string Message)
{
    /// <summary>The spec's names of those who are told; empty for all, or for all that listen to <see cref="Event"/>.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>As what it is told; null for a message that is none of these.</summary>
    public NotificationEvent? Event { get; init; }

    /// <summary>The run that it is about: where that stands is told with it; null for none.</summary>
    public string? RunId { get; init; }
}
