using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MigrationTools.Engine.Tests.Metrics;

/// <summary>A real HTTP/1.1 server on a free port that answers every request as the test says; null answers nothing and keeps the connection.</summary>
internal sealed class AnsweringServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, string, int?> _statusOf;
    private readonly List<string> _requests = [];
    private readonly Task _accepting;

    /// <param name="statusOf">From the request's number (from 1) and its text to a status.</param>
    public AnsweringServer(Func<int, string, int?> statusOf)
    {
        _statusOf = statusOf;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Address => $"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Request heads in order of arrival.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                served.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII);
                var head = new StringBuilder();
                while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
                {
                    head.AppendLine(line);
                }

                int number;
                lock (_requests)
                {
                    _requests.Add(head.ToString());
                    number = _requests.Count;
                }

                if (_statusOf(number, head.ToString()) is not { } status)
                {
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                    return;
                }

                var answer = $"HTTP/1.1 {status.ToString(CultureInfo.InvariantCulture)} X\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), _stop.Token);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The client went away, or the test is over.
            }
        }
    }
}
