using System.Globalization;
using System.Net;
using MigrationTools.Tests.Routers;

namespace MigrationTools.Tests.Http;

/// <summary>An HTTP server of this process on a free port.</summary>
internal sealed class LocalHttpServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly HttpListener _listener;
    private readonly Func<HttpListenerContext, Task> _answerAsync;
    private readonly Task _accepting;

    private LocalHttpServer(HttpListener listener, int port, Func<HttpListenerContext, Task> answerAsync)
    {
        (_listener, Port, _answerAsync) = (listener, port, answerAsync);
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public string Address => $"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <param name="answerAsync">Answers a request; several may be answered at once. One that went away meanwhile ends nothing.</param>
    public static LocalHttpServer Start(Func<HttpListenerContext, Task> answerAsync)
    {
        // A port that was free may be another's a moment later.
        for (var attempt = 1; ; attempt++)
        {
            var port = RouterProcess.FreePort();
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");
            try
            {
                listener.Start();
                return new LocalHttpServer(listener, port, answerAsync);
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                listener.Close();
            }
        }
    }

    /// <summary>Ends it; a second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        // In this order: who waits for a request of a listener that is closed meanwhile may never be told.
        await _end.CancelAsync();
        await _accepting;
        _listener.Close();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.GetContextAsync().WaitAsync(_end.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // It was told to end.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            await _answerAsync(context);
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // Whoever asked is gone, or the server is.
        }
    }
}
