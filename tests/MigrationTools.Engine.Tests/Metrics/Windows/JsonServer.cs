using System.Collections.Concurrent;
using System.Net;
using MigrationTools.Tests.Http;

namespace MigrationTools.Engine.Tests.Metrics.Windows;

/// <summary>An HTTP server of this process that answers a query's address with a status and a body.</summary>
internal sealed class JsonServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly LocalHttpServer _server;

    /// <param name="answer">From the decoded query string's value of <c>query</c> to status and body.</param>
    public JsonServer(Func<string, (int Status, string Body)> answer) => _server = LocalHttpServer.Start(context => AnswerAsync(context, answer));

    public string Address => _server.Address;

    /// <summary>What it says its answers are; nothing at first.</summary>
    public string? ContentType { get; init; }

    public IReadOnlyList<string> Asked => [.. _asked];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpListenerContext context, Func<string, (int Status, string Body)> answer)
    {
        _asked.Enqueue(context.Request.RawUrl!);
        var (status, body) = answer(context.Request.QueryString["query"] ?? "");
        context.Response.StatusCode = status;
        if (ContentType is not null)
        {
            context.Response.ContentType = ContentType;
        }

        await using var writer = new StreamWriter(context.Response.OutputStream);
        await writer.WriteAsync(body);
    }
}
