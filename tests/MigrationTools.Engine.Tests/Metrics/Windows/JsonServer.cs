using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MigrationTools.Engine.Tests.Metrics.Windows;

/// <summary>An HTTP server of this process that answers a query's address with a status and a body.</summary>
internal sealed class JsonServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    /// <param name="answer">From the decoded query string's value of <c>query</c> to status and body.</param>
    public JsonServer(Func<string, (int Status, string Body)> answer)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        }

        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _serving = ServeAsync(answer);
    }

    public string Address { get; }

    public List<string> Asked { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync(Func<string, (int Status, string Body)> answer)
    {
        while (true)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                Asked.Add(context.Request.RawUrl!);
                var (status, body) = answer(context.Request.QueryString["query"] ?? "");
                context.Response.StatusCode = status;
                await using var writer = new StreamWriter(context.Response.OutputStream);
                await writer.WriteAsync(body);
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
