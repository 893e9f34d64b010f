namespace MigrationTools.Engine.Notifications.Sending;

/// <summary>When TLS begins.</summary>
internal enum MailSecurity
{
    /// <summary>Never; only where the spec says so.</summary>
    None = 0,

    /// <summary>By STARTTLS (RFC 3207); a server that does not offer it gets nothing.</summary>
    StartTls,

    /// <summary>Before the first word (RFC 8314).</summary>
    FromTheStart,
}
