using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Engine.Notifications.Sending;

/// <summary>A mail server as its URI names it.</summary>
/// <param name="Host">Its name, for which its certificate must be.</param>
/// <param name="Port">465, 587 or 25 where the URI gives none.</param>
/// <param name="Security">When TLS begins.</param>
internal sealed record MailServer(string Host, int Port, MailSecurity Security)
{
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <exception cref="EndpointException">It names no host, or a password that would go unencrypted.</exception>
    public static MailServer Of(Endpoint endpoint)
    {
        // The scheme with a plus is none that Uri splits by its rules for hosts.
        var (security, port) = endpoint.Scheme switch
        {
            "smtps" => (MailSecurity.FromTheStart, 465),
            "smtp" => (MailSecurity.StartTls, 587),
            _ => (MailSecurity.None, 25),
        };
        var revealed = endpoint.Reveal();
        if (!Uri.TryCreate($"smtp{revealed[endpoint.Scheme.Length..]}", UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            throw new EndpointException($"'{endpoint}' is not a mail server: expected smtps://user:${{env:NAME}}@host:465.");
        }

        var parts = uri.UserInfo.Length == 0 ? [] : uri.UserInfo.Split(':', 2);
        if (parts.Length > 0 && security == MailSecurity.None)
        {
            throw new EndpointException($"'{endpoint}' would send its password unencrypted: use smtps or smtp (STARTTLS), or leave user and password out.");
        }

        return new MailServer(uri.IdnHost.Trim('[', ']'), HasPort(revealed) ? uri.Port : port, security)
        {
            User = parts.Length > 0 ? Uri.UnescapeDataString(parts[0]) : null,
            Password = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : null,
        };
    }

    private static bool HasPort(string uri)
    {
        var authority = uri[(uri.IndexOf("://", StringComparison.Ordinal) + 3)..].Split('/', '?', '#')[0];
        var host = authority[(authority.LastIndexOf('@') + 1)..];
        return host[(host.LastIndexOf(']') + 1)..].Contains(':', StringComparison.Ordinal);
    }
}
