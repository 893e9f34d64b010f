using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs.Notifications;

namespace MigrationTools.Engine.Notifications.Sending;

/// <summary>
/// Posts to an address that may be a secret itself. What goes wrong is told in words of our own: the messages of the HTTP client name the host, and
/// a redirection is not followed, for it would take the message to somebody else.
/// </summary>
internal sealed class WebhookChannel(HttpClient http, TimeProvider time, TimeSpan limit)
{
    public async Task<string> SendAsync(WebhookNotificationSpec webhook, NotificationMessage message, string directory, CancellationToken cancellationToken)
    {
        var shown = Shown(webhook.Url);
        if (!Uri.TryCreate(SecretReferences.Resolve(webhook.Url, new EnvironmentSecretSource(directory)).Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw Failed(webhook, shown, "what stands there is not an http or https address");
        }

        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        using var request = RequestFor(address, WebhookBody.Of(webhook.Format, message));
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var status = (int)response.StatusCode;
            return status switch
            {
                >= 200 and <= 299 => string.Create(CultureInfo.InvariantCulture, $"{shown} answered {status}"),
                >= 300 and <= 399 => throw Failed(webhook, shown, string.Create(CultureInfo.InvariantCulture, $"it answered {status}, a redirection, which is not followed; give the address that it leads to")),
                _ => throw Failed(webhook, shown, string.Create(CultureInfo.InvariantCulture, $"it answered {status}{Hint(status)}")),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(webhook, shown, string.Create(CultureInfo.InvariantCulture, $"there was no answer within {limit.TotalSeconds:0.###} s"));
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw Failed(webhook, shown, Describe((broken as HttpRequestException)?.HttpRequestError));
        }
    }

    /// <summary>A reference as it stands; of an address no more than its host, for the path of a webhook often is its key.</summary>
    private static string Shown(string url) =>
        !SecretReferences.Any(url) && Uri.TryCreate(url, UriKind.Absolute, out var address) ? $"{address.Scheme}://{address.Authority}/…" : EndpointRedaction.RedactUri(url);

    private static string Describe(HttpRequestError? error) => error switch
    {
        HttpRequestError.NameResolutionError => "the name of its host is not known here",
        HttpRequestError.ConnectionError => "nobody listens there, or no way leads there",
        HttpRequestError.SecureConnectionError => "TLS could not be agreed on: its certificate is not trusted, or not for that name",
        HttpRequestError.ProxyTunnelError => "the proxy did not let it through",
        _ => "the connection broke",
    };

    private static string Hint(int status) => status switch
    {
        400 => "; it did not understand the body: is the format right?",
        401 or 403 => "; the address or its secret is not accepted",
        404 or 410 => "; the webhook is not there, or no longer",
        429 => "; too many messages in a short time",
        _ => "",
    };

    private static HttpRequestMessage RequestFor(Uri address, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new UriBuilder(address) { UserName = "", Password = "" }.Uri)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("MigrationTools", null));
        if (address.UserInfo.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))));
        }

        return request;
    }

    private static NotificationException Failed(WebhookNotificationSpec webhook, string shown, string why) =>
        new($"Notification '{webhook.Name}' was not sent to {shown}: {why}.");
}
