using System.Globalization;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Metrics.Windows.Prometheus;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Tests.Metrics.Windows;

/// <summary>A server of Debian's package that scrapes a service of this process.</summary>
public sealed class RealPrometheusTests : IDisposable
{
    private readonly HttpClient _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task What_it_scraped_is_measured_for_each_side_and_what_it_cannot_tell_is_no_figure()
    {
        await using var service = new JsonServer(_ => (200, "requests_total{version=\"v2\"} 400\nrequests_total{version=\"v3\"} 100\nerrors_total{version=\"v2\"} 2\nerrors_total{version=\"v3\"} 8\nlatency_seconds{version=\"v3\"} NaN\n"));
        await using var server = await RunningPrometheus.StartAsync(service.Address["http://".Length..]);
        const string Rate = "sum(errors_total{version=\"{side}\"}) / sum(requests_total{version=\"{side}\"})";
        await ScrapedAsync(server);

        var old = await MeasureAsync(server, Rate, EndpointSide.Source, "sum(requests_total{version=\"{side}\"})");
        var @new = await MeasureAsync(server, Rate, EndpointSide.Target, "sum(requests_total{version=\"{side}\"})");

        old.Figures.ShouldBe(new Dictionary<string, double> { ["value"] = 0.005, ["requests"] = 400 });
        @new.Figures.ShouldBe(new Dictionary<string, double> { ["value"] = 0.08, ["requests"] = 100 });
        @new.Samples.ShouldBe(100);
        (await MeasureAsync(server, "latency_seconds{version=\"{side}\"}")).Missing!.ShouldContain("NaN");
        (await MeasureAsync(server, "requests_total{version=\"{side}\"} / 0")).Missing!.ShouldContain("infinite");
        (await MeasureAsync(server, "no_such_series")).Missing!.ShouldContain("found no series");
        (await MeasureAsync(server, "requests_total")).Missing!.ShouldContain("2 series");
        (await MeasureAsync(server, "requests_total[{window}s]")).Missing!.ShouldContain("matrix");
        (await MeasureAsync(server, "scalar(sum(requests_total))")).Figures["value"].ShouldBe(500);
        (await MeasureAsync(server, "'text'")).Figures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_query_that_it_does_not_understand_and_a_server_that_died_are_errors_and_never_values()
    {
        await using var service = new JsonServer(_ => (200, "requests_total{version=\"v3\"} 100\n"));
        await using var server = await RunningPrometheus.StartAsync(service.Address["http://".Length..]);
        await ScrapedAsync(server);
        (await MeasureAsync(server, "requests_total")).Figures["value"].ShouldBe(100);

        (await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(server, "sum(requests_total"))).Message.ShouldContain("refused the query: bad_data");
        await server.KillAsync();
        (await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(server, "requests_total"))).Message.ShouldContain("Is it up and reachable from here?");
    }

    [Fact]
    public async Task A_service_that_is_not_scraped_any_more_goes_stale_and_gives_no_figure()
    {
        var service = new JsonServer(_ => (200, "requests_total{version=\"v3\"} 100\n"));
        await using var server = await RunningPrometheus.StartAsync(service.Address["http://".Length..]);
        await ScrapedAsync(server);

        await service.DisposeAsync();
        await UntilAsync(server, "up", value => value == 0);

        (await MeasureAsync(server, "requests_total")).Missing!.ShouldContain("found no series");
    }

    /// <summary>Waits for the first scrape: time is the server's here.</summary>
    private Task ScrapedAsync(RunningPrometheus server) => UntilAsync(server, "sum(requests_total)", value => value > 0);

    private async Task UntilAsync(RunningPrometheus server, string query, Func<double, bool> isThere)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if ((await MeasureAsync(server, query)).Figures.TryGetValue(MetricFigures.Value, out var value) && isThere(value))
            {
                return;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Prometheus at {server.Address} never answered {query} as expected."));
    }

    private async Task<MetricWindow> MeasureAsync(RunningPrometheus server, string query, EndpointSide side = EndpointSide.Target, string? samples = null)
    {
        var metric = new PrometheusMetricSpec(Endpoint.Parse(server.Address, "/"), query) { Name = "m", Source = "v2", Target = "v3", Samples = samples };
        await using var probe = new PrometheusMetricSource(_client, TimeProvider.System).Open(metric, Sample.Spec());
        return await probe.MeasureAsync(side, TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);
    }
}
