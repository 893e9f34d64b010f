using System.Net;
using System.Text;
using MigrationTools.Tests.Http;

namespace MigrationTools.Tests.Routers;

/// <summary>A small HTTP service that names itself in every answer (header X-Side) and counts what it was asked.</summary>
public sealed class NamedService : IAsyncDisposable
{
    public const string Header = "X-Side";

    private readonly LocalHttpServer _server;
    private int _requests;

    private NamedService(string name)
    {
        Name = name;
        _server = LocalHttpServer.Start(AnswerAsync);
    }

    public string Name { get; }

    public int Port => _server.Port;

    public string Address => _server.Address;

    /// <summary>Requests that came here.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>What it answers; 200 where nothing else is said.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Whether answers name the service.</summary>
    public bool NamesItself { get; set; } = true;

    /// <summary>What an answer waits for; nothing at first.</summary>
    public Task Until { get; set; } = Task.CompletedTask;

    public static NamedService Start(string name) => new(name);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpListenerContext context)
    {
        Interlocked.Increment(ref _requests);
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
}
