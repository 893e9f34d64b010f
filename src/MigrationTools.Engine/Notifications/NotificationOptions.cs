using System.Security.Cryptography.X509Certificates;

namespace MigrationTools.Engine.Notifications;

/// <summary>How people are told.</summary>
public sealed record NotificationOptions
{
    /// <summary>Within which a webhook or a mail server has taken a message.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the end of a run waits for what is still to be sent.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Authorities that are trusted for mail servers instead of the machine's; null for the machine's.</summary>
    public X509Certificate2Collection? MailAuthorities { get; init; }
}
