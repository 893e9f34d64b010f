using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Measures;

namespace MigrationTools.Engine.Tests.Metrics;

public sealed class HttpMeasurementTests : IDisposable
{
    private readonly HttpClient _client = new();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task The_status_is_what_the_service_answered(int status)
    {
        await using var server = new AnsweringServer((_, _) => status);

        var measured = await MeasureAsync(server.Address, "/health", "status");

        measured.Value.ShouldBe(status.ToString(CultureInfo.InvariantCulture));
        measured.Evidence.Observed.ShouldBe(measured.Value);
        measured.Evidence.Endpoint.ShouldBe(server.Address);
        server.Requests.ShouldHaveSingleItem().ShouldStartWith("GET /health HTTP/1.1");
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("p50")]
    [InlineData("p95")]
    [InlineData("p99")]
    public async Task A_latency_is_taken_of_twenty_requests_after_one_that_does_not_count(string statistic)
    {
        await using var server = new AnsweringServer((_, _) => 200);

        var measured = await MeasureAsync(server.Address, "/orders", statistic);

        double.Parse(measured.Value!, CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        measured.Evidence.Source.ShouldBe($"GET /orders, {statistic} of 20 requests in ms");
        server.Requests.Count.ShouldBe(21);
    }

    [Fact]
    public async Task One_answer_that_is_not_2xx_makes_a_latency_an_error()
    {
        await using var server = new AnsweringServer((number, _) => number == 20 ? 500 : 200);

        var error = await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(server.Address, "/orders", "p95"));

        error.Message.ShouldContain("request 20 answered 500");
    }

    [Fact]
    public async Task A_service_that_is_down_is_an_error_that_names_it()
    {
        var address = AddressThatNobodyListensOn();

        var error = await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(address, "/health", "status"));

        error.ErrorId.ShouldBe(ErrorIds.MeasurementFailed);
        error.Message.ShouldContain(address);
    }

    [Fact]
    public async Task A_service_that_never_answers_is_an_error_after_the_time_limit()
    {
        await using var server = new AnsweringServer((_, _) => null);

        var error = await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(server.Address, "/health", "status", TimeSpan.FromMilliseconds(200)));

        error.Message.ShouldContain("within 0.2 s");
    }

    [Fact]
    public async Task A_cancelled_measure_is_cancelled_and_not_an_error()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new AnsweringServer((_, _) =>
        {
            cancel.Cancel();
            return null;
        });

        await Should.ThrowAsync<OperationCanceledException>(() => MeasureAsync(server.Address, "/health", "status", cancellationToken: cancel.Token));
    }

    [Theory]
    [InlineData("", "/health", "GET /health ")]
    [InlineData("/", "health", "GET /health ")]
    [InlineData("/api", "/health", "GET /api/health ")]
    [InlineData("/api/", "/orders?top=5", "GET /api/orders?top=5 ")]
    [InlineData("/api?tenant=a", "/orders", "GET /api/orders?tenant=a ")]
    public async Task The_path_is_added_to_the_address(string basePath, string path, string expected)
    {
        await using var server = new AnsweringServer((_, _) => 200);

        await MeasureAsync(server.Address + basePath, path, "status");

        server.Requests.ShouldHaveSingleItem().ShouldStartWith(expected);
    }

    [Fact]
    public async Task A_password_in_the_address_travels_as_a_header_and_never_into_the_evidence()
    {
        await using var server = new AnsweringServer((_, _) => 200);
        var address = server.Address.Replace("http://", "http://ops:s%3Acret@", StringComparison.Ordinal);

        var measured = await MeasureAsync(address, "/", "status");

        server.Requests.ShouldHaveSingleItem().ShouldContain($"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("ops:s:cret"))}");
        measured.Evidence.ToString().ShouldNotContain("cret");
    }

    [Fact]
    public async Task A_system_that_is_not_there_is_an_error_by_name()
    {
        var measurement = new HttpMeasurement(_client, TimeProvider.System);

        var error = await Should.ThrowAsync<MeasurementException>(() =>
            measurement.MeasureAsync(new HttpMeasureSpec("nowhere", EndpointSide.Source, "/", "status"), Sample.Spec(), default));

        error.Message.ShouldContain("'nowhere'");
    }

    [Fact]
    public void Fewer_than_twenty_samples_are_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new HttpMeasurement(_client, TimeProvider.System, new HttpMeasurementOptions { Samples = 19 }));

    private Task<MeasuredValue> MeasureAsync(
        string address, string path, string statistic, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var measurement = new HttpMeasurement(_client, TimeProvider.System, new HttpMeasurementOptions { Timeout = timeout ?? TimeSpan.FromSeconds(30) });
        var spec = Sample.Spec(Sample.Http("http://127.0.0.1:1", address));
        return measurement.MeasureAsync(new HttpMeasureSpec("shop_api", EndpointSide.Target, path, statistic), spec, cancellationToken);
    }

    private static string AddressThatNobodyListensOn()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return $"http://127.0.0.1:{port}";
    }
}
