using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Engine.Specs.Notifications;

/// <summary>An e-mail by SMTP.</summary>
public sealed record MailNotificationSpec : NotificationSpec
{
    /// <summary><c>smtps://user:${env:NAME}@host:465</c>, <c>smtp://host:587</c> (STARTTLS, required) or <c>smtp+plain://localhost:25</c> (no TLS, said so).</summary>
    public required Endpoint Server { get; init; }

    public required string From { get; init; }

    public required IReadOnlyList<string> To { get; init; }
}
