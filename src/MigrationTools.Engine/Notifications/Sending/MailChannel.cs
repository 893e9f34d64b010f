using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using MigrationTools.Engine.Specs.Notifications;

namespace MigrationTools.Engine.Notifications.Sending;

/// <summary>Sends mail by SMTP: TLS from the start (smtps), STARTTLS and nothing without it (smtp), or none where the spec says so (smtp+plain).</summary>
internal sealed class MailChannel(TimeProvider time, NotificationOptions options)
{
    public async Task<string> SendAsync(MailNotificationSpec mail, NotificationMessage message, CancellationToken cancellationToken)
    {
        var server = MailServer.Of(mail.Server);
        using var timer = new CancellationTokenSource(options.Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            var session = await SmtpSession.OpenAsync(server, options.MailAuthorities, either.Token).ConfigureAwait(false);
            await using var dispose = session.ConfigureAwait(false);
            var answer = await session.SendAsync(mail.From, mail.To, MailText.Of(mail, message), either.Token).ConfigureAwait(false);
            return $"{mail.Server.Redacted} took it: {mail.Server.Redact(answer)}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(mail, string.Create(CultureInfo.InvariantCulture, $"it did not take the mail within {options.Limit.TotalSeconds:0.###} s"));
        }
        catch (AuthenticationException refused)
        {
            throw Failed(mail, $"TLS could not be agreed on: {refused.Message}");
        }
        catch (SocketException unreachable)
        {
            throw Failed(mail, unreachable.Message);
        }
        catch (IOException broken)
        {
            throw Failed(mail, broken.Message);
        }
    }

    private static NotificationException Failed(MailNotificationSpec mail, string why) =>
        new($"Notification '{mail.Name}' was not sent by {mail.Server.Redacted}: {mail.Server.Redact(why).TrimEnd('.')}.");
}
