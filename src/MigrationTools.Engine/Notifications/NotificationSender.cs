using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Notifications.Sending;
using MigrationTools.Engine.Specs.Notifications;

namespace MigrationTools.Engine.Notifications;

/// <summary>Tells people: posts to webhooks, sends mail, runs programs. Each within a time limit; nothing is tried twice, for nobody likes to be told twice.</summary>
public sealed class NotificationSender
{
    private readonly WebhookChannel _webhooks;
    private readonly MailChannel _mail;
    private readonly CommandChannel _programs;
    private readonly TimeProvider _time;

    /// <param name="http">For webhooks; must not follow redirections, and checks certificates unless its owner says otherwise.</param>
    /// <param name="time">For time limits.</param>
    /// <param name="options">Limits and trust; what is usual where it is null.</param>
    public NotificationSender(HttpClient http, TimeProvider time, NotificationOptions? options = null)
    {
        var known = options ?? new NotificationOptions();
        _webhooks = new WebhookChannel(http, time, known.Limit);
        _mail = new MailChannel(time, known);
        _programs = new CommandChannel(time);
        _time = time;
    }

    /// <summary>Sends; that it failed is a result, not an exception.</summary>
    /// <param name="notification">Who is told.</param>
    /// <param name="message">What.</param>
    /// <param name="directory">The spec's directory: what relative paths of secrets and programs are relative to.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<NotificationResult> TrySendAsync(NotificationSpec notification, NotificationMessage message, string directory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notification);
        ArgumentNullException.ThrowIfNull(message);
        var begun = _time.GetTimestamp();
        Verdict verdict;
        string said;
        try
        {
            (verdict, said) = (Verdict.Passed, await SendAsync(notification, message, directory, cancellationToken).ConfigureAwait(false));
        }
        catch (MigrationToolsException failed)
        {
            (verdict, said) = (Verdict.Error, failed.Message);
        }

        return new NotificationResult(notification.Name, KindOf(notification), verdict, said)
        {
            Event = message.Event,
            At = _time.GetUtcNow(),
            DurationMs = (long)_time.GetElapsedTime(begun).TotalMilliseconds,
        };
    }

    /// <summary>webhook, mail or command.</summary>
    public static string KindOf(NotificationSpec notification) => notification switch
    {
        WebhookNotificationSpec => "webhook",
        MailNotificationSpec => "mail",
        _ => "command",
    };

    private Task<string> SendAsync(NotificationSpec notification, NotificationMessage message, string directory, CancellationToken cancellationToken) => notification switch
    {
        WebhookNotificationSpec webhook => _webhooks.SendAsync(webhook, message, directory, cancellationToken),
        MailNotificationSpec mail => _mail.SendAsync(mail, message, cancellationToken),
        CommandNotificationSpec program => _programs.SendAsync(program, message, directory, cancellationToken),
        _ => throw new InvalidRequestException($"Notification '{notification.Name}' is of a kind that this version does not know."),
    };
}
