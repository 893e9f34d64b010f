namespace MigrationTools.Hosting.Tests.Telemetry;

/// <summary>A metric's value as a collector gets it (opentelemetry/proto/metrics/v1/metrics.proto).</summary>
internal sealed record SentPoint(string Metric, string Unit, bool IsCounter, double Value, IReadOnlyDictionary<string, string> Attributes)
{
    public static IEnumerable<SentPoint> Read(ProtobufMessage metric)
    {
        var isCounter = metric.Has(7);
        return metric.All(isCounter ? 7 : 5, 1).Select(point => new SentPoint(
            metric.Text(1), metric.Text(3), isCounter, point.Has(4) ? point.Double(4) : point.Number(6), OtlpReceiver.AttributesOf(point, 7)));
    }
}
