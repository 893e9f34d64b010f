using System.Globalization;
using System.Net;
using System.Text;
using MigrationTools.Tests.Http;

namespace MigrationTools.Hosting.Tests.Telemetry;

/// <summary>A collector of this process that takes OTLP over HTTP (http/protobuf) on a free port and keeps what it was sent.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly LocalHttpServer _server;
    private readonly List<(string Path, byte[] Body, string? Authorization)> _received = [];

    public OtlpReceiver() => _server = LocalHttpServer.Start(TakeAsync);

    public string Address => _server.Address;

    public IReadOnlyList<(string Path, byte[] Body, string? Authorization)> Received
    {
        get
        {
            lock (_received)
            {
                return [.. _received];
            }
        }
    }

    /// <summary>All that was sent, as text in which a secret would be found.</summary>
    public string Everything => string.Join('\n', Received.Select(one => Encoding.UTF8.GetString(one.Body)));

    public IReadOnlyList<SentSpan> Spans => [.. Bodies("/v1/traces").SelectMany(body => body.All(1, 2, 2)).Select(SentSpan.Read)];

    /// <summary>The values of the last time that metrics were sent.</summary>
    public IReadOnlyList<SentPoint> LastMetrics => [.. Bodies("/v1/metrics").Last().All(1, 2, 2).SelectMany(SentPoint.Read)];

    /// <summary>Attributes of the resources that sent something.</summary>
    public IEnumerable<IReadOnlyDictionary<string, string>> Resources => Bodies("").SelectMany(body => body.All(1, 1)).Select(resource => AttributesOf(resource, 1));

    public static IReadOnlyDictionary<string, string> AttributesOf(ProtobufMessage message, int field) => message.All(field).ToDictionary(one => one.Text(1), one =>
    {
        var value = one.All(2).First();
        return value.Has(1) ? value.Text(1)
            : value.Has(2) ? (value.Number(2) == 1 ? "true" : "false")
            : value.Has(3) ? ((long)value.Number(3)).ToString(CultureInfo.InvariantCulture)
            : value.Double(4).ToString(CultureInfo.InvariantCulture);
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private IEnumerable<ProtobufMessage> Bodies(string path) => Received.Where(one => one.Path.StartsWith(path, StringComparison.Ordinal)).Select(one => new ProtobufMessage(one.Body));

    private async Task TakeAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        lock (_received)
        {
            _received.Add((context.Request.Url!.AbsolutePath, body.ToArray(), context.Request.Headers["Authorization"]));
        }

        context.Response.ContentType = "application/x-protobuf";
        context.Response.Close();
    }
}
