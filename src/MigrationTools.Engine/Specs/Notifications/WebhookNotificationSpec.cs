namespace MigrationTools.Engine.Specs.Notifications;

/// <summary>A POST to an address.</summary>
public sealed record WebhookNotificationSpec : NotificationSpec
{
    /// <summary>The address, or a reference to it: the addresses of chat services are secrets themselves. Resolved when it is sent, never shown resolved.</summary>
    public required string Url { get; init; }

    /// <summary>The body's form.</summary>
    public WebhookFormat Format { get; init; }
}
