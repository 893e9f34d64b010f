using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Metrics.Windows.Http;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Tests.Metrics;
using MigrationTools.Engine.Tests.Metrics.Windows;
using MigrationTools.Tests.Time;

namespace MigrationTools.Engine.Tests.Clocks;

/// <summary>Windows keep their length and order while the wall clock is set.</summary>
public sealed class WindowClockTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    public void A_moment_goes_on_by_what_passes_and_not_by_the_clock(int hours)
    {
        var time = new ManualTime();
        var moment = SteadyMoment.Begin(time);

        time.Advance(TimeSpan.FromSeconds(7));
        time.Set(TimeSpan.FromHours(hours));

        moment.Now.ShouldBe(moment.From.AddSeconds(7));
        SteadyMoment.Begin(time).From.ShouldBe(time.GetUtcNow());
    }

    [Fact]
    public async Task A_window_of_real_requests_is_as_long_as_it_was_on_a_clock_that_is_set_all_the_time()
    {
        await using var server = new AnsweringServer((_, _) => 500);
        using var client = new HttpClient();
        var time = new RestlessTime();
        var metric = new HttpMetricSpec("shop_api", "/orders") { Name = "api", RatePerSecond = 100, Timeout = TimeSpan.FromSeconds(30) };
        await using var probe = new HttpMetricSource(client, time).Open(metric, Spec(server));
        var began = time.GetTimestamp();

        var window = await probe.MeasureAsync(EndpointSide.Target, TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);

        // The runtime's timers leave out parts of a millisecond, and may end within one before their time.
        (window.To - window.From).ShouldBeInRange(TimeSpan.FromMilliseconds(190), time.GetElapsedTime(began));
        window.FirstErrorAt!.Value.ShouldBeInRange(window.From, window.To);
        window.Errors.ShouldBe(20);
    }

    [Fact]
    public async Task Looks_put_together_have_the_rate_that_was_seen_on_a_clock_that_is_set_all_the_time()
    {
        await using var server = new AnsweringServer((_, _) => 200);
        using var client = new HttpClient();
        var metric = new HttpMetricSpec("shop_api", "/orders") { Name = "api", RatePerSecond = 100, Timeout = TimeSpan.FromSeconds(30) };
        await using var probe = new HttpMetricSource(client, new RestlessTime()).Open(metric, Spec(server));
        var pool = new WindowPool(minSamples: 1000);

        MetricWindow? pooled = null;
        for (var look = 0; look < 4; look++)
        {
            pooled = pool.Add([await probe.MeasureAsync(EndpointSide.Target, TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken)])[0];
        }

        pooled!.Samples.ShouldBe(20);
        pooled.Figures[MetricFigures.Rate].ShouldBeInRange(0.1, 101);
    }

    private static MigrationSpec Spec(AnsweringServer server) => Sample.Spec(Sample.Http(server.Address, server.Address));
}
