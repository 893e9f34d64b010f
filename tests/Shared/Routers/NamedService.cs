using System.Globalization;
using System.Net;
using System.Text;

namespace MigrationTools.Tests.Routers;

/// <summary>A small HTTP service that names itself in every answer (header X-Side) and counts what it was asked.</summary>
public sealed class NamedService : IAsyncDisposable
{
    public const string Header = "X-Side";

    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private int _requests;

    private NamedService(string name, HttpListener listener, int port)
    {
        (Name, _listener, Port) = (name, listener, port);
        _serving = ServeAsync();
    }

    public string Name { get; }

    public int Port { get; }

    public string Address => $"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Requests that came here.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>What it answers; 200 where nothing else is said.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Whether answers name the service.</summary>
    public bool NamesItself { get; set; } = true;

    /// <summary>What an answer waits for; nothing at first.</summary>
    public Task Until { get; set; } = Task.CompletedTask;

    public static NamedService Start(string name)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = RouterProcess.FreePort();
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");
            try
            {
                listener.Start();
                return new NamedService(name, listener, port);
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                listener.Close();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                var request = await _listener.GetContextAsync();
                Interlocked.Increment(ref _requests);
                _ = AnswerAsync(request);
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            await Until;
            context.Response.StatusCode = Status;
            if (NamesItself)
            {
                context.Response.Headers[Header] = Name;
            }

            var body = Encoding.UTF8.GetBytes(Name);
            context.Response.ContentLength64 = body.Length;
            await context.Response.OutputStream.WriteAsync(body);
            context.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // Whoever asked is gone, or the service is.
        }
    }
}
