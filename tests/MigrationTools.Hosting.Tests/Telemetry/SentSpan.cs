namespace MigrationTools.Hosting.Tests.Telemetry;

/// <summary>A span as a collector gets it (opentelemetry/proto/trace/v1/trace.proto).</summary>
internal sealed record SentSpan(string Trace, string Id, string Parent, string Name, ulong From, ulong To, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Attributes)> Events, int Status)
{
    public static SentSpan Read(ProtobufMessage span) => new(
        Convert.ToHexString(span.Bytes(1)),
        Convert.ToHexString(span.Bytes(2)),
        Convert.ToHexString(span.Bytes(4)),
        span.Text(5),
        span.Number(7),
        span.Number(8),
        OtlpReceiver.AttributesOf(span, 9),
        [.. span.All(11).Select(one => (one.Text(2), OtlpReceiver.AttributesOf(one, 3)))],
        (int)(span.All(15).FirstOrDefault()?.Number(3) ?? 0));
}
