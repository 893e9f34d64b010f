using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MigrationTools.Engine.Tests.Notifications;

/// <summary>A real mail server on loopback that keeps what it was told: plain, with STARTTLS, or with TLS from the start.</summary>
internal sealed class MailReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly X509Certificate2? _certificate;
    private readonly bool _fromTheStart;
    private readonly Task _serving;

    public MailReceiver(X509Certificate2? certificate = null, bool fromTheStart = false)
    {
        (_certificate, _fromTheStart) = (certificate, fromTheStart);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Login { get; init; } = "AUTH PLAIN LOGIN";

    /// <summary>What it answers to a receiver.</summary>
    public string ToReceiver { get; init; } = "250 ok";

    /// <summary>Commands, in order; "(TLS)" where encryption began.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    public ConcurrentQueue<string> Mails { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException || _end.IsCancellationRequested)
        {
            // A listener that was stopped before it was asked again says so in words of its own.
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        try
        {
            if (_fromTheStart)
            {
                stream = await EncryptAsync(stream);
            }

            await SayAsync(stream, "220 ready");
            while (await ReadLineAsync(stream) is { } line)
            {
                Said.Enqueue(line);
                var verb = line.Split(' ')[0].ToUpperInvariant();
                switch (verb)
                {
                    case "EHLO":
                        var offers = new[] { "PIPELINING", _certificate is not null && stream is not SslStream ? "STARTTLS" : "8BITMIME", stream is SslStream ? Login : "HELP" };
                        await SayAsync(stream, $"250-here\r\n250-{offers[0]}\r\n250-{offers[1]}\r\n250 {offers[2]}");
                        break;
                    case "STARTTLS":
                        await SayAsync(stream, "220 go on");
                        stream = await EncryptAsync(stream);
                        break;
                    case "AUTH" when line.StartsWith("AUTH LOGIN", StringComparison.Ordinal):
                        await SayAsync(stream, "334 VXNlcm5hbWU6");
                        Said.Enqueue((await ReadLineAsync(stream))!);
                        await SayAsync(stream, "334 UGFzc3dvcmQ6");
                        Said.Enqueue((await ReadLineAsync(stream))!);
                        await SayAsync(stream, "235 welcome");
                        break;
                    case "AUTH":
                        await SayAsync(stream, "235 welcome");
                        break;
                    case "RCPT":
                        await SayAsync(stream, ToReceiver);
                        break;
                    case "DATA":
                        await SayAsync(stream, "354 go on");
                        var mail = new StringBuilder();
                        while (await ReadLineAsync(stream) is { } text and not ".")
                        {
                            mail.Append(text.StartsWith("..", StringComparison.Ordinal) ? text[1..] : text).Append("\r\n");
                        }

                        Mails.Enqueue(mail.ToString());
                        await SayAsync(stream, "250 queued as 42");
                        break;
                    case "QUIT":
                        return;
                    default:
                        await SayAsync(stream, "250 ok");
                        break;
                }
            }
        }
        catch (Exception gone) when (gone is IOException or System.Security.Authentication.AuthenticationException)
        {
        }
    }

    private async Task<Stream> EncryptAsync(Stream stream)
    {
        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsServerAsync(_certificate!);
        Said.Enqueue("(TLS)");
        return encrypted;
    }

    private Task SayAsync(Stream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), _end.Token).AsTask();

    // Byte by byte: what follows a line may be encrypted.
    private async Task<string?> ReadLineAsync(Stream stream)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _end.Token) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. bytes]).TrimEnd('\r');
            }

            bytes.Add(one[0]);
        }

        return null;
    }
}
