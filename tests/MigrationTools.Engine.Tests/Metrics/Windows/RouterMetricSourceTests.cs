using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Metrics.Windows.Router;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Engine.Traffic;

namespace MigrationTools.Engine.Tests.Metrics.Windows;

public sealed class RouterMetricSourceTests
{
    [Fact]
    public async Task Counters_before_and_after_make_a_window()
    {
        var window = await MeasureAsync(EndpointSide.Target, [new("blue", 1000, 5), new("green", 100, 1)], [new("blue", 2000, 5), new("green", 300, 11) { MeanMilliseconds = 42 }]);

        (window.Samples, window.Errors).ShouldBe((200, 10));
        window.Figures[MetricFigures.ErrorRate].ShouldBe(0.05);
        window.Figures[MetricFigures.ResponseTime].ShouldBe(42);
        window.Evidence.Endpoint.ShouldBe("unix:/run/x.sock");
    }

    /// <summary>A mean over the router's last requests is one of the window only where the window has enough of them.</summary>
    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    public async Task A_mean_that_older_requests_have_a_part_in_is_no_figure(int succeeded, bool told)
    {
        var window = await MeasureAsync(
            EndpointSide.Target,
            [new("green", 1000, 0)],
            [new("green", 1005 + succeeded, 5) { MeanMilliseconds = 213, MeanSettlesAfter = 100 }]);

        window.Samples.ShouldBe(succeeded + 5);
        window.Figures.ContainsKey(MetricFigures.Mean).ShouldBe(told);
        window.Figures.ContainsKey(MetricFigures.ResponseTime).ShouldBe(told);
        (window.Missing is null).ShouldBe(told);
        var condition = Condition.Parse("response_time < 500ms and error_rate < 50%", [new RouterMetricSpec("front") { Name = "m" }]).Evaluate([window], 20);
        condition.Answer.ShouldBe(told ? ConditionAnswer.Holds : ConditionAnswer.Unknown);
        condition.Seen.ShouldContain(told ? "m.response_time = 213" : "the router's mean for 'green' is over its last requests, not over this window's: 99 came that were answered, of 100 that it takes");
    }

    [Fact]
    public async Task Counters_that_went_backwards_are_no_figures()
    {
        var window = await MeasureAsync(EndpointSide.Source, [new("blue", 1000, 5)], [new("blue", 10, 0)]);

        window.Figures.ShouldBeEmpty();
        window.Samples.ShouldBe(0);
        window.Missing!.ShouldContain("'blue' went backwards");
    }

    [Fact]
    public async Task A_member_that_the_router_does_not_count_has_no_figures()
    {
        var window = await MeasureAsync(EndpointSide.Target, [new("blue", 1000, 5)], [new("blue", 1001, 5)]);

        window.Figures.ShouldBeEmpty();
        window.Missing.ShouldBe("the router counts no member 'green'");
    }

    [Fact]
    public async Task A_side_without_traffic_has_no_rate_of_errors()
    {
        var window = await MeasureAsync(EndpointSide.Target, [new("green", 7, 1)], [new("green", 7, 1) { MeanMilliseconds = 42 }]);

        window.Samples.ShouldBe(0);
        window.Figures.Keys.Order().ShouldBe([MetricFigures.Rate, MetricFigures.Requests]);
    }

    [Fact]
    public async Task A_router_that_can_not_be_asked_is_an_error() =>
        (await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(EndpointSide.Target))).Message.ShouldContain("no such socket");

    private static async Task<MetricWindow> MeasureAsync(EndpointSide side, params TrafficCounts[][] counts)
    {
        var system = new TrafficSystemSpec { Name = "front", Router = "fake", Endpoint = Endpoint.Parse("unix:/run/x.sock", "/"), Source = "blue", Target = "green" };
        await using var probe = new RouterMetricSource(new TrafficCatalog([new FakeProvider(counts)]), TimeProvider.System).Open(new RouterMetricSpec("front") { Name = "m" }, Sample.Spec(system));
        return await probe.MeasureAsync(side, TimeSpan.FromMilliseconds(10), CancellationToken.None);
    }

    private sealed class FakeProvider(TrafficCounts[][] counts) : ITrafficRouterProvider
    {
        public string Name => "fake";

        public ITrafficRouter Open(TrafficSystemSpec system, string directory) => new FakeRouter(system.Endpoint.Redacted, counts);
    }

    private sealed class FakeRouter(string endpoint, TrafficCounts[][] counts) : ITrafficRouter
    {
        private int _asked;

        public string Endpoint => endpoint;

        public TrafficAbilities Abilities => TrafficAbilities.Counts;

        public Task<IReadOnlyList<TrafficCounts>> CountAsync(TrafficLane lane, CancellationToken cancellationToken) =>
            _asked < counts.Length ? Task.FromResult<IReadOnlyList<TrafficCounts>>(counts[_asked++]) : Task.FromException<IReadOnlyList<TrafficCounts>>(new TrafficException("no such socket"));

        public Task<TrafficSplit> ReadAsync(TrafficLane lane, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<TrafficSplit> SetShareAsync(TrafficLane lane, decimal targetPercent, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<TrafficSplit> SetMemberAsync(TrafficLane lane, string member, TrafficMemberState state, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<TrafficSplit> SetMirrorAsync(TrafficLane lane, bool mirrored, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
