using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Tests.Gates;

/// <summary>Windows and metrics for tests.</summary>
internal static class Windows
{
    public static HttpMetricSpec Api { get; } = new("shop_api", "/orders") { Name = "api" };

    public static PrometheusMetricSpec Queue { get; } = new(Engine.Endpoints.Endpoint.Parse("http://p", "/"), "q{side}") { Name = "queue", Source = "a", Target = "b" };

    public static IReadOnlyList<MetricSpec> Metrics { get; } = [Api, Queue];

    /// <summary>A window of requests: the latencies of those that succeeded, and how many failed.</summary>
    public static MetricWindow Requests(EndpointSide side, IEnumerable<double> latencies, int errors = 0, DateTimeOffset? from = null)
    {
        double[] all = [.. latencies];
        var start = from ?? DateTimeOffset.UnixEpoch;
        return new MetricWindow("api", side, start, start.AddSeconds(10))
        {
            Figures = RequestFigures.Of(all.Length + errors, errors, TimeSpan.FromSeconds(10), all),
            Samples = all.Length + errors,
            Errors = errors,
            Latencies = all,
            FirstErrorAt = errors > 0 ? start.AddSeconds(3) : null,
            Evidence = new Evidence("test", null, start.AddSeconds(10)),
        };
    }

    public static MetricWindow Steady(EndpointSide side, double milliseconds, int count = 100, int errors = 0, DateTimeOffset? from = null) =>
        Requests(side, Enumerable.Range(0, count).Select(number => milliseconds * (1 + (number / 1000.0))), errors, from);

    public static MetricWindow Value(EndpointSide side, double? value) => new("queue", side, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)
    {
        Figures = value is { } number ? new Dictionary<string, double> { [MetricFigures.Value] = number } : new Dictionary<string, double>(),
        Samples = value is null ? 0 : 1,
        Evidence = new Evidence("test", null, DateTimeOffset.UnixEpoch),
    };
}
