using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Metrics.Windows.Prometheus;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Tests.Metrics.Windows;

/// <summary>The shapes of Prometheus's answers, recorded from its documentation and a server of version 2.42.</summary>
public sealed class PrometheusMetricSourceTests : IDisposable
{
    private readonly HttpClient _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_query_is_asked_for_the_side_and_window_and_its_value_is_the_figure()
    {
        await using var server = new JsonServer(_ => (200, Vector("\"0.25\"")));

        var window = await MeasureAsync(server, "rate(errors{job=\"{side}\"}[{window}s])", EndpointSide.Source);

        window.Figures.ShouldBe(new Dictionary<string, double> { ["value"] = 0.25 });
        window.Samples.ShouldBe(1);
        window.Evidence.Source.ShouldBe("rate(errors{job=\"blue\"}[1s])");
        server.Asked.ShouldHaveSingleItem().ShouldBe("/api/v1/query?query=rate%28errors%7Bjob%3D%22blue%22%7D%5B1s%5D%29");
    }

    /// <summary>JSON is UTF-8 (RFC 8259, section 8.1), whatever a proxy in between says of it.</summary>
    [Theory]
    [InlineData("application/json; charset=nonsense", "")]
    [InlineData("application/json; charset=utf-16", "")]
    [InlineData("application/json", "\uFEFF")]
    public async Task What_an_answer_says_of_its_characters_decides_nothing(string contentType, string mark)
    {
        await using var server = new JsonServer(_ => (200, mark + Vector("\"0.25\""))) { ContentType = contentType };

        (await MeasureAsync(server, "q")).Figures[MetricFigures.Value].ShouldBe(0.25);
    }

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}}""", "found no series")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"NaN"]}]}}""", "NaN")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"+Inf"]}]}}""", "infinite")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"1"},"value":[1,"1"]},{"metric":{"a":"2"},"value":[1,"2"]}]}}""", "2 series")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[]}}""", "gives a matrix")]
    [InlineData("""{"status":"success","data":{"resultType":"scalar","result":[1,"NaN"]}}""", "NaN")]
    public async Task What_is_no_single_number_is_no_figure(string body, string why)
    {
        await using var server = new JsonServer(_ => (200, body));

        var window = await MeasureAsync(server, "q");

        window.Figures.ShouldBeEmpty();
        window.Samples.ShouldBe(0);
        window.Missing!.ShouldContain(why);
    }

    [Theory]
    [InlineData(400, """{"status":"error","errorType":"bad_data","error":"invalid parameter \"query\": 1:1: parse error"}""", "bad_data: invalid parameter")]
    [InlineData(503, """{"status":"error","errorType":"timeout","error":"query timed out"}""", "timeout: query timed out")]
    [InlineData(502, "<html>Bad Gateway</html>", "answered status 502 and nothing that Prometheus would")]
    [InlineData(200, "{}", "nothing that Prometheus would")]
    [InlineData(200, "[]", "nothing that Prometheus would")]
    [InlineData(200, """{"status":"success","data":{"resultType":"scalar","result":[1,null]}}""", "nothing that Prometheus would")]
    public async Task A_server_that_refuses_is_an_error_and_no_figure(int status, string body, string message)
    {
        await using var server = new JsonServer(_ => (status, body));

        (await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(server, "q"))).Message.ShouldContain(message);
    }

    [Fact]
    public async Task A_server_that_is_down_is_an_error()
    {
        var server = new JsonServer(_ => (200, ""));
        await server.DisposeAsync();

        (await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(server, "q"))).Message.ShouldContain("Is it up and reachable from here?");
    }

    [Theory]
    [InlineData("\"120\"", 120)]
    [InlineData("\"0\"", 0)]
    [InlineData("\"NaN\"", 0)]
    public async Task A_second_query_says_how_many_samples_are_behind_it(string count, long samples)
    {
        await using var server = new JsonServer(query => (200, Vector(query == "n" ? count : "\"0.1\"")));

        var window = await MeasureAsync(server, "q", samples: "n");

        window.Samples.ShouldBe(samples);
        window.Figures[MetricFigures.Requests].ShouldBe(samples);
    }

    /// <summary>The clock of this machine decides nothing: a server that is asked as of an hour ago shows what was well an hour ago.</summary>
    [Fact]
    public async Task A_query_is_of_the_server_s_own_moment_and_the_number_of_samples_of_the_same()
    {
        await using var server = new JsonServer(_ => (200, Vector("\"1\"")));

        await MeasureAsync(server, "q", samples: "n");

        server.Asked.ShouldBe(["/api/v1/query?query=q", "/api/v1/query?query=n&time=1700000000.123"]);
    }

    private static string Vector(string value) => $$$"""{"status":"success","data":{"resultType":"vector","result":[{"metric":{"job":"blue"},"value":[1700000000.123,{{{value}}}]}]}}""";

    private async Task<MetricWindow> MeasureAsync(JsonServer server, string query, EndpointSide side = EndpointSide.Target, string? samples = null)
    {
        var metric = new PrometheusMetricSpec(Endpoint.Parse(server.Address, "/"), query) { Name = "m", Source = "blue", Target = "green", Samples = samples };
        await using var probe = new PrometheusMetricSource(_client, TimeProvider.System).Open(metric, Sample.Spec());
        return await probe.MeasureAsync(side, TimeSpan.FromMilliseconds(10), CancellationToken.None);
    }
}
