using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Tests.Gates;
using MigrationTools.Engine.Triggers;
using MigrationTools.Tests.Time;

namespace MigrationTools.Engine.Tests.Triggers;

public sealed class TriggerWatchTests
{
    private readonly ManualTime _time = new();
    private readonly List<TriggerState> _states = [];

    [Fact]
    public async Task A_condition_that_holds_fires_with_what_was_seen_and_when_it_began()
    {
        var fired = await WatchAsync(["error_rate > 5%"], 10, number => Windows.Steady(EndpointSide.Target, 100, 90, number == 3 ? 10 : 0) with
        {
            FirstErrorAt = number == 3 ? _time.GetUtcNow().AddSeconds(-1) : null,
        });

        fired.ShouldNotBeNull();
        fired.Condition.Condition.ShouldBe("error_rate > 5%");
        fired.Condition.Seen.ShouldBe("api.error_rate = 0.1 (100 samples)");
        fired.At.ShouldBe(_time.Start.AddSeconds(6));
        fired.FirstBadAt.ShouldBe(_time.Start.AddSeconds(5));
        fired.Windows.ShouldHaveSingleItem().Errors.ShouldBe(10);
        _states.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_slow_answer_is_as_old_as_its_window()
    {
        var fired = await WatchAsync(["response_time > 500ms"], 10, number => Windows.Steady(EndpointSide.Target, number == 2 ? 600 : 100));

        fired!.FirstBadAt.ShouldBe(_time.Start.AddSeconds(2));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("zero requests")]
    [InlineData("NaN")]
    public async Task Without_data_nothing_fires_and_it_is_counted(string what)
    {
        var fired = await WatchAsync(["error_rate > 0%", "p95 > 0ms"], 5, _ => what switch
        {
            "zero requests" => Windows.Steady(EndpointSide.Target, 0, 0),
            "NaN" => Windows.Steady(EndpointSide.Target, 1) with { Figures = new Dictionary<string, double> { ["p95"] = double.NaN, ["error_rate"] = double.NaN } },
            _ => Windows.Steady(EndpointSide.Target, 1) with { Figures = new Dictionary<string, double>(), Samples = 0 },
        });

        fired.ShouldBeNull();
        _states[^1].LooksWithoutData.ShouldBe(5);
        _states[^1].IsBlind.ShouldBeFalse();
    }

    [Fact]
    public async Task Broken_looks_make_it_blind_until_one_is_not()
    {
        var fired = await WatchAsync(["error_rate > 5%"], 5, number => number <= 4 ? throw new MeasurementException("no answer") : Windows.Steady(EndpointSide.Target, 100));

        fired.ShouldBeNull();
        _states.Select(state => state.IsBlind).ShouldBe([false, false, true, true, false]);
        _states[3].Broken.ShouldHaveSingleItem().ShouldContain("no answer");
        _states[^1].BrokenLooks.ShouldBe(4);
    }

    [Fact]
    public async Task Thin_traffic_is_put_together_until_it_says_something()
    {
        var fired = await WatchAsync(["error_rate > 5%"], 10, _ => Windows.Steady(EndpointSide.Target, 100, 3, errors: 3));

        fired!.Condition.Seen.ShouldBe("api.error_rate = 0.5 (24 samples)");
        _states.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Looks_that_are_put_together_have_a_mean_only_where_each_of_them_knows_its_part()
    {
        var fired = await WatchAsync(["response_time > 500ms"], 2, number => Windows.Steady(EndpointSide.Target, 1, 12) with
        {
            Latencies = [],
            Figures = RequestFigures.Of(12, 0, TimeSpan.FromSeconds(2), number == 2 ? 600 : null),
            Missing = number == 2 ? null : "the mean is of earlier requests",
        });

        fired.ShouldBeNull();
        _states[^1].Conditions.ShouldHaveSingleItem().Seen.ShouldContain("the mean is of earlier requests");
    }

    private async Task<TriggerFired?> WatchAsync(string[] conditions, int looks, Func<int, MetricWindow> see)
    {
        using var cancel = new CancellationTokenSource();
        var watch = new TriggerWatch(
            new TriggerWatchRequest
            {
                Conditions = [.. conditions.Select(condition => Condition.Parse(condition, Windows.Metrics))],
                Probes = [new FakeProbe(_time, (_, number) => see(number))],
                Looked = state =>
                {
                    _states.Add(state);
                    if (state.Looks == looks)
                    {
                        cancel.Cancel();
                    }
                },
            },
            _time);
        var fired = await watch.WatchAsync(cancel.Token);
        watch.State.ShouldBe(_states[^1]);
        return fired;
    }
}
