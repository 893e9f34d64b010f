using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Metrics.Windows.Http;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Tests.Metrics.Windows;

/// <summary>Real requests to real servers on this machine. The clock is real too, so nothing here is about how long something took.</summary>
public sealed class HttpMetricSourceTests : IDisposable
{
    private static readonly HttpMetricSpec Orders = new("shop_api", "/orders") { Name = "api", RatePerSecond = 100, Timeout = TimeSpan.FromSeconds(30) };

    private readonly HttpClient _client = new();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_window_has_the_requests_that_were_due_and_their_figures()
    {
        await using var server = new AnsweringServer((_, _) => 200);

        var window = await MeasureAsync(Orders, server.Address);

        server.Requests.Count.ShouldBe(30);
        server.Requests.ShouldAllBe(request => request.StartsWith("GET /orders HTTP/1.1"));
        (window.Samples, window.Errors, window.Latencies.Count).ShouldBe((30, 0, 30));
        window.Figures.Keys.Order().ShouldBe(RequestFigures.Timed.Order());
        window.Figures[MetricFigures.ErrorRate].ShouldBe(0);
        window.Figures[MetricFigures.Availability].ShouldBe(1);
        window.Figures[MetricFigures.ResponseTime].ShouldBe(window.Figures[MetricFigures.P95]);
        window.FirstErrorAt.ShouldBeNull();
        window.Evidence.Observed.ShouldBe("30 requests, 0 failed");
        window.Evidence.Endpoint.ShouldBe(server.Address);
    }

    [Fact]
    public async Task A_request_that_a_timer_sent_too_early_took_no_less_than_nothing()
    {
        await using var server = new AnsweringServer((_, _) => 200);
        var tally = new HttpTally();
        using var slots = new SemaphoreSlim(1);
        var sender = new HttpWindowSender(Endpoint.Parse(server.Address, Path.GetTempPath()), Orders, new HttpAnswerCheck(["2xx"], null), _client, TimeProvider.System, SteadyMoment.Begin(TimeProvider.System), tally);

        await sender.SendAsync(TimeProvider.System.GetTimestamp(), TimeSpan.FromMinutes(1), slots, TestContext.Current.CancellationToken);

        tally.ToWindow("api", EndpointSide.Target, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, TimeSpan.FromSeconds(1)).Latencies.ShouldHaveSingleItem().ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task Answers_that_are_not_expected_are_errors_in_the_window()
    {
        await using var server = new AnsweringServer((number, _) => number % 3 == 0 ? 500 : 200);

        var window = await MeasureAsync(Orders, server.Address);

        (window.Samples, window.Errors, window.Latencies.Count).ShouldBe((30, 10, 20));
        window.Figures[MetricFigures.ErrorRate].ShouldBe(1 / 3.0, 1e-9);
        window.FirstErrorAt!.Value.ShouldBeInRange(window.From, window.To);
        window.Evidence.Observed.ShouldBe("30 requests, 10 failed (10 × status 500)");
    }

    [Theory]
    [InlineData("404", 404, 0)]
    [InlineData("4xx", 404, 0)]
    [InlineData("2xx", 404, 30)]
    public async Task Statuses_are_those_that_the_spec_expects(string expected, int status, int errors)
    {
        await using var server = new AnsweringServer((_, _) => status);

        (await MeasureAsync(Orders with { ExpectStatus = [expected] }, server.Address)).Errors.ShouldBe(errors);
    }

    [Theory]
    [InlineData("matches", "^o", 0)]
    [InlineData("=", "ok", 0)]
    [InlineData("matches", "orders", 30)]
    public async Task A_body_must_say_what_the_spec_expects(string @operator, string value, int errors)
    {
        await using var server = new AnsweringServer((_, _) => 200);

        var window = await MeasureAsync(Orders with { Body = new Expectation(@operator, value) }, server.Address);

        window.Errors.ShouldBe(errors);
        window.Latencies.Count.ShouldBe(30 - errors);
    }

    [Fact]
    public async Task A_service_that_nobody_runs_is_errors_and_no_exception()
    {
        var address = "";
        await using (var server = new AnsweringServer((_, _) => 200))
        {
            address = server.Address;
        }

        var window = await MeasureAsync(Orders, address);

        (window.Samples, window.Errors).ShouldBe((30, 30));
        window.Figures[MetricFigures.ErrorRate].ShouldBe(1);
        window.Figures.Keys.ShouldNotContain(MetricFigures.P95);
        window.Evidence.Observed!.ShouldContain("30 × could not connect");
    }

    [Fact]
    public async Task A_service_that_never_answers_is_errors_after_the_time_limit()
    {
        await using var server = new AnsweringServer((_, _) => null);

        var window = await MeasureAsync(Orders with { Timeout = TimeSpan.FromMilliseconds(300) }, server.Address);

        (window.Samples, window.Errors).ShouldBe((30, 30));
        window.Evidence.Observed!.ShouldContain("30 × no whole answer within 0.3 s");
    }

    [Fact]
    public async Task A_service_that_dies_shows_when_it_did()
    {
        await using var server = new AnsweringServer((number, _) => number <= 10 ? 200 : null);

        var window = await MeasureAsync(Orders with { Timeout = TimeSpan.FromMilliseconds(500) }, server.Address);

        window.Samples.ShouldBe(30);
        window.Errors.ShouldBeGreaterThanOrEqualTo(20);
        window.FirstErrorAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_cancelled_window_is_cancelled_and_nothing_goes_on()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new AnsweringServer((number, _) =>
        {
            if (number == 3)
            {
                cancel.Cancel();
            }

            return 200;
        });

        await Should.ThrowAsync<OperationCanceledException>(() => MeasureAsync(Orders, server.Address, TimeSpan.FromSeconds(60), cancel.Token));

        server.Requests.Count.ShouldBeLessThan(6000);
    }

    private async Task<MetricWindow> MeasureAsync(HttpMetricSpec metric, string target, TimeSpan? window = null, CancellationToken cancellationToken = default)
    {
        var spec = Sample.Spec(Sample.Http("http://127.0.0.1:1", target));
        await using var probe = new HttpMetricSource(_client, TimeProvider.System).Open(metric, spec);
        return await probe.MeasureAsync(EndpointSide.Target, window ?? TimeSpan.FromMilliseconds(300), cancellationToken);
    }
}
