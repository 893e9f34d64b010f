using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace MigrationTools.Engine.Tests.Notifications;

/// <summary>A real HTTP server on loopback that keeps what is posted to it.</summary>
internal sealed class HttpReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly X509Certificate2? _certificate;
    private readonly Task _serving;

    public HttpReceiver(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Address => $"{(_certificate is null ? "http" : "https")}://localhost:{Port}/hooks/T0PSECRET/x";

    public string Answer { get; set; } = "200 OK";

    /// <summary>Holds answers back while it is not completed.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public ConcurrentQueue<(string Head, string Body)> Posts { get; } = new();

    public IReadOnlyList<JsonObject> Bodies => [.. Posts.Select(post => JsonNode.Parse(post.Body)!.AsObject())];

    public async ValueTask DisposeAsync()
    {
        // In this order: who accepts on a listener that is stopped meanwhile may be told that it does not listen.
        await _end.CancelAsync();
        await _serving;
        _listener.Stop();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = AnswerAsync(client);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            Stream stream = client.GetStream();
            if (_certificate is not null)
            {
                var encrypted = new SslStream(stream);
                await encrypted.AuthenticateAsServerAsync(_certificate);
                stream = encrypted;
            }

            var (head, body) = await ReadAsync(stream, _end.Token);
            Posts.Enqueue((head, body));
            await Gate.WaitAsync(_end.Token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {Answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), _end.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
        }
    }

    private static async Task<(string Head, string Body)> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        var buffer = new byte[4096];
        while (true)
        {
            var text = Encoding.UTF8.GetString([.. bytes]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                var head = text[..end];
                var length = head.Split("\r\n").First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))[15..];
                if (bytes.Count - Encoding.UTF8.GetByteCount(text[..(end + 4)]) >= int.Parse(length, CultureInfo.InvariantCulture))
                {
                    return (head, text[(end + 4)..]);
                }
            }

            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                throw new IOException("ended early");
            }

            bytes.AddRange(buffer[..read]);
        }
    }
}
