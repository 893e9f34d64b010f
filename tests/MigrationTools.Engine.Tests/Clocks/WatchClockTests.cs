using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Gates.Watching;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Gates;
using MigrationTools.Engine.Tests.Gates;
using MigrationTools.Engine.Triggers;
using MigrationTools.Tests.Time;

namespace MigrationTools.Engine.Tests.Clocks;

/// <summary>The wall clock is set by hours while something is watched: gates and triggers go by what has passed.</summary>
public sealed class WatchClockTests
{
    private static readonly GateSpec Gate = new() { Conditions = ["error_rate <= 1%"], Count = 4, Interval = TimeSpan.FromSeconds(10), Deadline = TimeSpan.FromSeconds(100) };

    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task A_gate_s_deadline_does_not_come_early_and_its_measurements_have_their_length(int hours)
    {
        var measured = new List<GateMeasurement>();

        var outcome = await WatchAsync(Gate, (side, number) => Seen(side, number == 2 ? hours : 0), measured.Add);

        (outcome.Verdict, outcome.End).ShouldBe((Verdict.Passed, GateEnd.Completed));
        measured.Count.ShouldBe(4);
        measured.ShouldAllBe(measurement => measurement.To - measurement.From == Gate.Interval);
    }

    /// <summary>A hold is a number of measurements: hours on the clock are none of them.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task A_hold_is_not_over_because_the_clock_says_so(int hours)
    {
        var measured = new List<GateMeasurement>();

        await WatchAsync(Gate with { Count = 6 }, (side, _) => Seen(side, hours), measured.Add);

        measured.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task A_gate_that_sees_nothing_ends_at_its_deadline_and_never_passes(int hours)
    {
        var began = _time.GetTimestamp();

        var outcome = await WatchAsync(Gate with { InconclusiveLimit = 1000 }, (side, _) => Seen(side, hours) with { Figures = new Dictionary<string, double>(), Samples = 0 }, _ => { });

        (outcome.Verdict, outcome.End).ShouldBe((Verdict.Inconclusive, GateEnd.Deadline));
        _time.GetElapsedTime(began).ShouldBe(TimeSpan.FromSeconds(100));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task A_trigger_s_first_bad_sample_is_as_old_as_it_is_although_the_clock_was_set_after_it(int hours)
    {
        var watch = new TriggerWatch(
            new TriggerWatchRequest
            {
                Conditions = [Condition.Parse("error_rate > 5%", Windows.Metrics)],
                Interval = TimeSpan.FromSeconds(2),
                Probes =
                [
                    new FakeProbe(_time, (side, number) => Windows.Steady(side, 100, 90, errors: number switch { 2 => 1, 3 => 10, _ => 0 }) with
                    {
                        FirstErrorAt = number >= 2 ? _time.GetUtcNow().AddSeconds(-1) : null,
                    }),
                ],
                Looked = state =>
                {
                    if (state.Looks == 2)
                    {
                        _time.Set(TimeSpan.FromHours(hours));
                    }
                },
            },
            _time);

        var fired = (await watch.WatchAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();

        // The failure a second before the second look's end, and then the third look.
        (fired.At - fired.FirstBadAt).ShouldBe(TimeSpan.FromSeconds(3));
        fired.At.ShouldBe(_time.GetUtcNow());
    }

    [Fact]
    public async Task What_is_in_order_fires_no_trigger_whatever_the_clock_shows()
    {
        using var cancel = new CancellationTokenSource();
        var states = new List<TriggerState>();
        var watch = new TriggerWatch(
            new TriggerWatchRequest
            {
                // A rate is requests by time: one of a window that the clock makes hours long, or negative, would be none.
                Conditions = [Condition.Parse("error_rate > 5%", Windows.Metrics), Condition.Parse("rate < 1", Windows.Metrics)],
                Probes = [new FakeProbe(_time, (side, _) => Seen(side, states.Count % 2 == 0 ? 5 : -5, requests: 3))],
                MinSamples = 12,
                Looked = state =>
                {
                    states.Add(state);
                    if (state.Looks == 12)
                    {
                        cancel.Cancel();
                    }
                },
            },
            _time);

        (await watch.WatchAsync(cancel.Token)).ShouldBeNull();
        states.Count.ShouldBe(12);
    }

    [Fact]
    public void A_return_whose_clock_was_set_back_has_no_length_and_says_so()
    {
        var at = _time.GetUtcNow();

        var back = new TrafficReturn(at, at.AddSeconds(1), at.AddHours(-2));

        back.Reaction.ShouldBeNull();
        back.Describe().ShouldBe("a trigger fired and all traffic was back; how long it took is not known, for the clock was set back meanwhile");
        new TrafficReturn(at, at.AddSeconds(-1), null).Describe().ShouldContain("traffic was not seen to be back; how long it took is not known");
    }

    /// <summary>A window of the probe's own length, as every source makes them, in whose middle the clock is set.</summary>
    private MetricWindow Seen(EndpointSide side, int hours, int requests = 100)
    {
        if (side == EndpointSide.Target)
        {
            _time.Set(TimeSpan.FromHours(hours));
        }

        return Windows.Steady(side, 100, requests);
    }

    private Task<GateOutcome> WatchAsync(GateSpec gate, Func<EndpointSide, int, MetricWindow> see, Action<GateMeasurement> measured) =>
        new GateWatch(_time).WatchAsync(
            new GateWatchRequest { Stage = "canary 25", Gate = gate, Metrics = Windows.Metrics, Probes = [new FakeProbe(_time, see)], Measured = measured },
            SilentObserver.Instance,
            TestContext.Current.CancellationToken);
}
