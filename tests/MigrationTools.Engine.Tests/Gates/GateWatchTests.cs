using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates.Judging;
using MigrationTools.Engine.Gates.Watching;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Gates;
using MigrationTools.Tests.Time;

namespace MigrationTools.Engine.Tests.Gates;

public sealed class GateWatchTests
{
    private readonly ManualTime _time = new();

    public static GateSpec Gate { get; } = new() { Conditions = ["p95 < 250ms", "error_rate <= 1%"], Count = 3, Interval = TimeSpan.FromSeconds(10) };

    [Fact]
    public async Task A_gate_whose_measurements_hold_passes_with_evidence()
    {
        var told = new List<GateMeasurement>();

        var outcome = await WatchAsync(Gate, (side, _) => Windows.Steady(side, 100), measured: told.Add);

        outcome.Verdict.ShouldBe(Verdict.Passed);
        outcome.End.ShouldBe(GateEnd.Completed);
        told.Select(measurement => measurement.Number).ShouldBe([1, 2, 3]);
        told.ShouldAllBe(measurement => measurement.Windows[0].Latencies.Count == 100);
        outcome.Checks.Select(check => check.Id).ShouldBe(["gate:canary-25/measurements", "gate:canary-25/p95-<-250ms", "gate:canary-25/error_rate-<=-1%"]);
        outcome.Checks[1].Evidence.Count.ShouldBe(3);
        outcome.Checks[1].Evidence[0].Observed!.ShouldContain("api.p95 = 109.4 (100 samples)");
        outcome.Checks[1].Evidence[2].At.ShouldBe(_time.Start.AddSeconds(30));
    }

    /// <summary>What a source shows, and what the gate makes of it. None of them passes.</summary>
    [Theory]
    [InlineData("no window's data", Verdict.Inconclusive, GateEnd.Inconclusive)]
    [InlineData("zero requests", Verdict.Inconclusive, GateEnd.Inconclusive)]
    [InlineData("too few requests", Verdict.Inconclusive, GateEnd.Inconclusive)]
    [InlineData("only errors", Verdict.Failed, GateEnd.Failures)]
    [InlineData("NaN", Verdict.Inconclusive, GateEnd.Inconclusive)]
    [InlineData("infinity", Verdict.Inconclusive, GateEnd.Inconclusive)]
    [InlineData("slow", Verdict.Failed, GateEnd.Failures)]
    [InlineData("broken", Verdict.Error, GateEnd.Errors)]
    [InlineData("broken as nobody foresaw", Verdict.Error, GateEnd.Errors)]
    public async Task Nothing_seen_is_nothing_passed(string what, Verdict verdict, GateEnd end)
    {
        var outcome = await WatchAsync(Gate, (side, _) => what switch
        {
            "zero requests" => Windows.Steady(side, 0, 0),
            "too few requests" => Windows.Steady(side, 100, 19),
            "only errors" => Windows.Steady(side, 0, 0, errors: 100),
            "NaN" => Windows.Steady(side, 100) with { Figures = new Dictionary<string, double> { ["p95"] = double.NaN, ["error_rate"] = double.NaN, ["requests"] = 100 } },
            "infinity" => Windows.Steady(side, 100) with { Figures = new Dictionary<string, double> { ["p95"] = double.NegativeInfinity, ["error_rate"] = 0, ["requests"] = 100 } },
            "slow" => Windows.Steady(side, 300),
            "broken" => throw new MeasurementException("no answer"),
            "broken as nobody foresaw" => throw new InvalidOperationException("no such charset"),
            _ => Windows.Steady(side, 100) with { Figures = new Dictionary<string, double>(), Samples = 0 },
        });

        outcome.Verdict.ShouldBe(verdict);
        outcome.End.ShouldBe(end);
        outcome.Verdict.LetsPass().ShouldBeFalse();
        outcome.Checks.ShouldContain(check => check.Verdict == verdict && check.Message.Length > 0);
        outcome.Checks.Where(check => check.Id != "gate:canary-25/measurements").ShouldAllBe(check => check.Verdict != Verdict.Passed);
    }

    [Fact]
    public async Task A_gate_without_conditions_and_judge_did_not_run()
    {
        var outcome = await WatchAsync(Gate with { Conditions = [] }, (side, _) => Windows.Steady(side, 100));

        (outcome.Verdict, outcome.End).ShouldBe((Verdict.NotRun, GateEnd.NothingToMeasure));
    }

    [Fact]
    public async Task All_failures_that_may_be_do_not_make_a_pass()
    {
        var outcome = await WatchAsync(Gate with { FailureLimit = 100 }, (side, _) => Windows.Steady(side, 300));

        outcome.Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public async Task A_failure_that_may_be_is_passed_over_and_told()
    {
        var outcome = await WatchAsync(Gate with { FailureLimit = 1 }, (side, number) => Windows.Steady(side, number == 2 ? 300 : 100));

        outcome.Verdict.ShouldBe(Verdict.Passed);
        outcome.Checks[1].Message.ShouldContain("held 2 times, failed 1");
    }

    [Fact]
    public async Task A_failure_too_many_ends_the_gate_at_once()
    {
        var outcome = await WatchAsync(Gate with { Count = 100 }, (side, number) => Windows.Steady(side, number == 2 ? 300 : 100));

        (outcome.Verdict, outcome.End, outcome.Measurements.Count).ShouldBe((Verdict.Failed, GateEnd.Failures, 2));
        outcome.Checks.Single(check => check.Name == "error_rate <= 1%").Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public async Task An_inconclusive_measurement_that_may_be_is_taken_again()
    {
        var outcome = await WatchAsync(Gate with { InconclusiveLimit = 2 }, (side, number) => Windows.Steady(side, 100, number <= 2 ? 3 : 100));

        (outcome.Verdict, outcome.Measurements.Count).ShouldBe((Verdict.Passed, 5));
    }

    [Fact]
    public async Task Broken_measurements_are_taken_again_until_too_many_are_in_a_row()
    {
        var spotty = await WatchAsync(Gate with { ConsecutiveErrorLimit = 1, Deadline = TimeSpan.FromHours(1) }, (side, number) => number % 2 == 0 ? throw new MeasurementException("no answer") : Windows.Steady(side, 100));
        var down = await WatchAsync(Gate with { ConsecutiveErrorLimit = 1 }, (side, number) => number >= 2 ? throw new MeasurementException("no answer") : Windows.Steady(side, 100));

        (spotty.Verdict, spotty.Measurements.Count).ShouldBe((Verdict.Passed, 5));
        (down.Verdict, down.End, down.Measurements.Count).ShouldBe((Verdict.Error, GateEnd.Errors, 3));
        down.Message.ShouldContain("no answer");
    }

    [Fact]
    public async Task The_deadline_ends_a_gate_that_waits_for_data()
    {
        var outcome = await WatchAsync(Gate with { InconclusiveLimit = 1000, Deadline = TimeSpan.FromSeconds(45) }, (side, _) => Windows.Steady(side, 0, 0));

        (outcome.Verdict, outcome.End, outcome.Measurements.Count).ShouldBe((Verdict.Inconclusive, GateEnd.Deadline, 5));
    }

    [Fact]
    public async Task A_deadline_that_passes_before_all_is_measured_is_no_pass()
    {
        var outcome = await WatchAsync(Gate with { Count = 100, Deadline = TimeSpan.FromSeconds(45) }, (side, _) => Windows.Steady(side, 100));

        (outcome.Verdict, outcome.End).ShouldBe((Verdict.Inconclusive, GateEnd.Deadline));
    }

    [Fact]
    public async Task A_cancelled_gate_keeps_what_it_saw_and_does_not_pass()
    {
        using var cancel = new CancellationTokenSource();
        var outcome = await WatchAsync(Gate, (side, _) => Windows.Steady(side, 100), measured: measurement =>
        {
            if (measurement.Number == 2)
            {
                cancel.Cancel();
            }
        }, cancellationToken: cancel.Token);

        (outcome.Verdict, outcome.End, outcome.Measurements.Count).ShouldBe((Verdict.Inconclusive, GateEnd.Cancelled, 2));
    }

    [Fact]
    public async Task A_source_that_hangs_is_ended_by_the_deadline()
    {
        var hanging = new HangingProbe();
        var watching = new GateWatch(_time).WatchAsync(Request(Gate with { Deadline = TimeSpan.FromMinutes(1) }, hanging), SilentObserver.Instance, CancellationToken.None);
        await hanging.Asked;

        _time.Advance(TimeSpan.FromMinutes(2));
        var outcome = await watching;

        (outcome.Verdict, outcome.End).ShouldBe((Verdict.NotRun, GateEnd.Deadline));
    }

    [Fact]
    public async Task Both_sides_are_measured_where_a_condition_speaks_of_both()
    {
        var outcome = await WatchAsync(Gate with { Conditions = ["canary.p95 <= baseline.p95 * 1.1"] }, (side, _) => Windows.Steady(side, side == EndpointSide.Source ? 300 : 310));

        outcome.Verdict.ShouldBe(Verdict.Passed);
        outcome.Measurements[0].Windows.Select(window => window.Side).Order().ShouldBe([EndpointSide.Source, EndpointSide.Target]);
        outcome.Measurements[0].Windows.ShouldAllBe(window => window.Latencies.Count == 0);
    }

    [Theory]
    [InlineData(100, 0, Verdict.Passed, JudgeAnswer.Same)]
    [InlineData(150, 0, Verdict.Failed, JudgeAnswer.Worse)]
    [InlineData(50, 0, Verdict.Passed, JudgeAnswer.Better)]
    [InlineData(50, 30, Verdict.Failed, JudgeAnswer.Better)]
    public async Task The_judge_speaks_once_at_the_end(double milliseconds, int errors, Verdict verdict, JudgeAnswer latencies)
    {
        var outcome = await WatchAsync(
            Gate with { Conditions = [], Judge = new JudgeSpec((string?)null) },
            (side, _) => side == EndpointSide.Source ? Windows.Steady(side, 100) : Windows.Steady(side, milliseconds, errors: errors));

        outcome.Verdict.ShouldBe(verdict);
        outcome.Latencies!.Answer.ShouldBe(latencies);
        outcome.Latencies.CanarySamples.ShouldBe(300);
        outcome.Checks.Single(check => check.Id == "gate:canary-25/judge").Evidence.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_judge_with_a_side_that_nobody_uses_is_inconclusive()
    {
        var outcome = await WatchAsync(Gate with { Conditions = [], Judge = new JudgeSpec((string?)null) }, (side, _) => Windows.Steady(side, 100, side == EndpointSide.Target ? 0 : 100));

        (outcome.Verdict, outcome.End).ShouldBe((Verdict.Inconclusive, GateEnd.Inconclusive));
    }

    private Task<GateOutcome> WatchAsync(
        GateSpec gate, Func<EndpointSide, int, MetricWindow> see, Action<GateMeasurement>? measured = null, CancellationToken cancellationToken = default) =>
        new GateWatch(_time).WatchAsync(Request(gate, new FakeProbe(_time, see)) with { Measured = measured }, SilentObserver.Instance, cancellationToken);

    private static GateWatchRequest Request(GateSpec gate, IMetricProbe probe) => new() { Stage = "canary 25", Gate = gate, Metrics = Windows.Metrics, Probes = [probe] };

    private sealed class HangingProbe : IMetricProbe
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public string Metric => "api";

        public IReadOnlyList<EndpointSide> Sides => [EndpointSide.Target];

        public async Task<MetricWindow> MeasureAsync(EndpointSide side, TimeSpan window, CancellationToken cancellationToken)
        {
            _asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("it was not ended");
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
