using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MigrationTools.Engine.Notifications.Sending;

/// <summary>
/// A conversation with a mail server (RFC 5321), as much of it as sending one mail takes. The platform's own client has no TLS from the start. Errors are
/// <see cref="IOException"/>s with what the server said.
/// </summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private const int LongestLine = 4096;

    private readonly TcpClient _client;
    private readonly MailServer _server;
    private readonly byte[] _buffer = new byte[LongestLine];
    private Stream _stream;
    private int _begin;
    private int _end;

    private SmtpSession(TcpClient client, MailServer server)
    {
        _client = client;
        _server = server;
        _stream = client.GetStream();
    }

    /// <summary>Connects, greets, encrypts and logs in.</summary>
    public static async Task<SmtpSession> OpenAsync(MailServer server, X509Certificate2Collection? authorities, CancellationToken cancellationToken)
    {
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(server.Host, server.Port, cancellationToken).ConfigureAwait(false);
            var session = new SmtpSession(client, server);
            await session.BeginAsync(authorities, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <returns>What the server said when it took the mail.</returns>
    public async Task<string> SendAsync(string from, IReadOnlyList<string> to, string text, CancellationToken cancellationToken)
    {
        await AskAsync($"MAIL FROM:<{from}>", 250, cancellationToken).ConfigureAwait(false);
        foreach (var receiver in to)
        {
            await AskAsync($"RCPT TO:<{receiver}>", 250, cancellationToken).ConfigureAwait(false);
        }

        await AskAsync("DATA", 354, cancellationToken).ConfigureAwait(false);

        // A line that begins with a dot gets another (section 4.5.2); base64 has none, but a header might.
        await WriteAsync($"{text.Replace("\r\n.", "\r\n..", StringComparison.Ordinal)}.\r\n", cancellationToken).ConfigureAwait(false);
        var taken = await AnswerAsync("the mail", 250, cancellationToken).ConfigureAwait(false);
        await WriteAsync("QUIT\r\n", cancellationToken).ConfigureAwait(false);
        return taken[^1];
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        _client.Dispose();
    }

    private async Task BeginAsync(X509Certificate2Collection? authorities, CancellationToken cancellationToken)
    {
        if (_server.Security == MailSecurity.FromTheStart)
        {
            await EncryptAsync(authorities, cancellationToken).ConfigureAwait(false);
        }

        await AnswerAsync("the connection", 220, cancellationToken).ConfigureAwait(false);
        var abilities = await AskAsync("EHLO migrationtools", 250, cancellationToken).ConfigureAwait(false);
        if (_server.Security == MailSecurity.StartTls)
        {
            if (!abilities.Any(line => line.Equals("STARTTLS", StringComparison.OrdinalIgnoreCase)))
            {
                throw new IOException("it does not offer STARTTLS, and without TLS nothing is sent; smtp+plain says that none is wanted");
            }

            await AskAsync("STARTTLS", 220, cancellationToken).ConfigureAwait(false);

            // What came before the encryption could have been put there by anybody (RFC 3207, section 4.2).
            _begin = _end = 0;
            await EncryptAsync(authorities, cancellationToken).ConfigureAwait(false);
            abilities = await AskAsync("EHLO migrationtools", 250, cancellationToken).ConfigureAwait(false);
        }

        if (_server.User is not null)
        {
            await LogInAsync(abilities, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EncryptAsync(X509Certificate2Collection? authorities, CancellationToken cancellationToken)
    {
        var encrypted = new SslStream(_stream, leaveInnerStreamOpen: false);
        var options = new SslClientAuthenticationOptions { TargetHost = _server.Host };
        if (authorities is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        await encrypted.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
        _stream = encrypted;
    }

    /// <summary>RFC 4954, by PLAIN (RFC 4616) or the older LOGIN.</summary>
    private async Task LogInAsync(IReadOnlyList<string> abilities, CancellationToken cancellationToken)
    {
        var ways = abilities.Where(line => line.StartsWith("AUTH ", StringComparison.OrdinalIgnoreCase)).SelectMany(line => line[5..].ToUpperInvariant().Split(' ')).ToList();
        if (ways.Contains("PLAIN"))
        {
            await AskAsync($"AUTH PLAIN {Base64($"\0{_server.User}\0{_server.Password}")}", 235, cancellationToken).ConfigureAwait(false);
        }
        else if (ways.Contains("LOGIN"))
        {
            await AskAsync("AUTH LOGIN", 334, cancellationToken).ConfigureAwait(false);
            await AskAsync(Base64(_server.User!), 334, cancellationToken).ConfigureAwait(false);
            await AskAsync(Base64(_server.Password ?? ""), 235, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            throw new IOException($"it takes no login that is known here (PLAIN, LOGIN); it offers: {(ways.Count == 0 ? "none" : string.Join(", ", ways))}");
        }
    }

    private async Task<IReadOnlyList<string>> AskAsync(string command, int expected, CancellationToken cancellationToken)
    {
        await WriteAsync($"{command}\r\n", cancellationToken).ConfigureAwait(false);
        return await AnswerAsync(expected is 235 or 334 ? "the login" : command, expected, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The lines of an answer without their codes.</summary>
    private async Task<IReadOnlyList<string>> AnswerAsync(string what, int expected, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), out var code))
            {
                throw new IOException("what answers there is no mail server");
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length > 3 && line[3] == '-' && lines.Count < 100)
            {
                continue;
            }

            return code == expected ? lines : throw new IOException($"to {what} it answered {code} {string.Join(' ', lines)}");
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = Array.IndexOf(_buffer, (byte)'\n', _begin, _end - _begin);
            if (end >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _begin, end - _begin).TrimEnd('\r');
                _begin = end + 1;
                return line;
            }

            Buffer.BlockCopy(_buffer, _begin, _buffer, 0, _end - _begin);
            (_begin, _end) = (0, _end - _begin);
            var read = _end == LongestLine ? 0 : await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw new IOException("it closed the connection, or what answers there is no mail server");
            }

            _end += read;
        }
    }

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
        await _stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
