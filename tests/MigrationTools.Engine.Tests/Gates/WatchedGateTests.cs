using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Gates.Watching;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Gates;
using MigrationTools.Tests.Time;

namespace MigrationTools.Engine.Tests.Gates;

public sealed class WatchedGateTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_gate_is_shown_before_its_first_measurement_and_after_each()
    {
        var shown = await WatchAsync((side, _) => Windows.Steady(side, 100));

        shown.Select(gate => gate.Taken).ShouldBe([0, 1, 2, 3]);
        shown[0].ShouldSatisfyAllConditions(
            gate => gate.MeasuredAt.ShouldBeNull(),
            gate => gate.LastMeasurement.ShouldBeNull(),
            gate => gate.Since.ShouldBe(_time.Start),
            gate => gate.Deadline.ShouldBe(_time.Start.AddSeconds(90)),
            gate => gate.WaitsFor.ShouldBe("3 of 3 measurements of 10 s, each with 20 samples of a side"));
        shown[2].MeasuredAt.ShouldBe(_time.Start.AddSeconds(20));
        shown[2].WaitsFor.ShouldStartWith("1 of 3 measurements");
    }

    [Fact]
    public async Task Each_figure_stands_beside_its_limit_and_the_samples_that_it_takes()
    {
        var gate = GateWatchTests.Gate with { Conditions = ["p95 < 250ms", "error_rate <= 1%", "canary.p95 <= baseline.p95 * 1.1"] };
        var shown = await WatchAsync((side, _) => Windows.Steady(side, side == EndpointSide.Source ? 100 : 105), gate);

        var conditions = shown[1].Conditions;
        conditions.Select(condition => condition.Answer).ShouldBe([ConditionAnswer.Holds, ConditionAnswer.Holds, ConditionAnswer.Holds]);
        (conditions[0].Figures[0].Figure, conditions[0].Figures[0].May, conditions[0].Figures[0].Samples, conditions[0].Figures[0].Needed).ShouldBe(("api.p95", "< 250 ms", 100, 20));
        conditions[0].Figures[0].Now.ShouldBe("114.9 ms");
        (conditions[1].Figures[0].Now, conditions[1].Figures[0].May).ShouldBe(("0 %", "<= 1 %"));
        conditions[2].Figures.Select(figure => (figure.Figure, figure.Now, figure.May)).ShouldBe([("api.p95", "114.9 ms", "<= 120.3 ms"), ("baseline.api.p95", "109.4 ms", "-")]);
    }

    [Fact]
    public async Task A_figure_without_data_says_so_and_nothing_holds()
    {
        var shown = await WatchAsync((side, _) => Windows.Steady(side, 100, 3), GateWatchTests.Gate with { InconclusiveLimit = 1 });

        shown[1].LastMeasurement.ShouldBe(Verdict.Inconclusive);
        (shown[1].Held, shown[1].Inconclusive, shown[1].InconclusiveLimit).ShouldBe((0, 1, 1));
        shown[1].Conditions[0].Figures[0].Missing.ShouldBe("100.2 on 3 of the 20 samples that it takes");
        shown[1].Summary.ShouldContain("0 of 3 measured");
    }

    [Fact]
    public async Task Measurements_that_break_are_counted_in_a_row()
    {
        var shown = await WatchAsync((side, number) => number is 1 or 2 ? throw new MeasurementException("no answer") : Windows.Steady(side, 100));

        shown.Select(gate => gate.ErrorsInARow).ShouldBe([0, 1, 2, 0, 0, 0]);
        shown[2].BrokenBy.ShouldContain(text => text.Contains("no answer", StringComparison.Ordinal));
        shown[2].Counts.ShouldBe("0 held, 0 failed (0 may), 0 inconclusive (0 may), 2 broke in a row (4 may)");
    }

    [Fact]
    public async Task What_is_kept_is_read_back_and_has_no_verdict_of_the_gate()
    {
        var shown = await WatchAsync((side, _) => side == EndpointSide.Source ? Windows.Steady(side, 100) : Windows.Steady(side, 100) with { Figures = new Dictionary<string, double> { ["p95"] = double.NaN, ["requests"] = 100 } }, GateWatchTests.Gate with { InconclusiveLimit = 1 });

        var kept = ShownGate.Write(shown[1]);

        var names = JsonNode.Parse(kept)!.AsObject().Select(property => property.Key).ToList();
        names.ShouldNotContain("verdict");
        ShownGate.Write(ShownGate.Read(kept)!).ShouldBe(kept);
        ShownGate.Read("{ torn").ShouldBeNull();
        ShownGate.Read("{}").ShouldBeNull();
    }

    [Fact]
    public async Task The_board_gets_the_beginning_the_first_each_change_and_no_more_than_one_a_second()
    {
        var board = new Board();
        var verdicts = new[] { Verdict.Passed, Verdict.Passed, Verdict.Passed, Verdict.Failed, Verdict.Failed, Verdict.Passed, Verdict.Passed };
        var gate = new GateBoard(board, Context(), new Dictionary<string, decimal> { ["shop"] = 25 }, _time);
        var template = new WatchedGate { Stage = "canary at 25 %", Since = _time.Start, Deadline = _time.Start, Interval = TimeSpan.FromMilliseconds(200), Count = 9 };

        await gate.ShowAsync(template, CancellationToken.None);
        foreach (var verdict in verdicts)
        {
            _time.Advance(TimeSpan.FromMilliseconds(200));
            await gate.ShowAsync(template with { MeasuredAt = _time.GetUtcNow(), LastMeasurement = verdict }, CancellationToken.None);
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        await gate.ShowAsync(template with { MeasuredAt = _time.GetUtcNow(), LastMeasurement = Verdict.Passed }, CancellationToken.None);

        board.Shown.Select(shown => shown.LastMeasurement).ShouldBe([null, Verdict.Passed, Verdict.Failed, Verdict.Passed, Verdict.Passed]);
        board.Shown.ShouldAllBe(shown => shown.Step == "01-gate.watch:api" && shown.Intent == 7 && shown.Shares["shop"] == 25);
    }

    [Fact]
    public async Task A_board_that_can_not_be_written_or_hangs_stops_nothing()
    {
        var gate = new GateBoard(new Board { Broken = new IOException("disk full") }, Context(), new Dictionary<string, decimal>(), _time);
        await gate.ShowAsync(Template(), CancellationToken.None);

        var hanging = new GateBoard(new Board { Hangs = true }, Context(), new Dictionary<string, decimal>(), _time).ShowAsync(Template(), CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(3));
        await hanging;
    }

    private WatchedGate Template() => new() { Stage = "s", Since = _time.Start, Deadline = _time.Start, Interval = TimeSpan.FromSeconds(1), Count = 1 };

    private static StepContext Context()
    {
        var step = PlanChain.Link("hash", [new StepDraft { Phase = "watch", System = "api", Action = new StepAction("gate.watch", "watch"), Irreversible = "it only looks" }])[0];
        return new StepContext { RunId = "run", RunDirectory = "", Spec = new MigrationSpec { Id = "shop", Name = "Shop", Directory = "/", Hash = "hash", Systems = [] }, Step = step, Action = step.Action, Intent = 7, Observer = SilentObserver.Instance };
    }

    private async Task<List<WatchedGate>> WatchAsync(Func<EndpointSide, int, MetricWindow> see, GateSpec? gate = null)
    {
        var shown = new List<WatchedGate>();
        await new GateWatch(_time).WatchAsync(
            new GateWatchRequest
            {
                Stage = "canary at 25 %",
                Gate = gate ?? GateWatchTests.Gate,
                Metrics = Windows.Metrics,
                Probes = [new FakeProbe(_time, see)],
                Shown = (one, _) =>
                {
                    shown.Add(one);
                    return Task.CompletedTask;
                },
            },
            SilentObserver.Instance,
            CancellationToken.None);
        return shown;
    }

    private sealed class Board : IRunBoard
    {
        public List<WatchedGate> Shown { get; } = [];

        public Exception? Broken { get; init; }

        public bool Hangs { get; init; }

        public Task ShowAsync(string runId, WatchedGate gate, CancellationToken cancellationToken)
        {
            Shown.Add(gate);
            return Broken is { } broken ? Task.FromException(broken) : Hangs ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask;
        }
    }
}
