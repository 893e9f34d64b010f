using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Tests.Runs;
using MigrationTools.Engine.Triggers;
using MigrationTools.Tests.Time;

namespace MigrationTools.Engine.Tests.Triggers;

public sealed class RunGuardTests
{
    private static readonly DateTimeOffset Bad = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_trigger_that_fires_while_a_step_runs_rolls_the_run_back_and_is_journalled_with_its_first_bad_sample()
    {
        using var bench = new RunBench("automatic") { Guard = new AlarmBefore("copy", Verdict.Failed) };

        var state = await bench.RunAsync();

        state.Status.ShouldBe(RunStatus.RolledBack);
        bench.World.Words.ShouldBeEmpty();
        var journal = await bench.Store.ReadJournalAsync(state.RunId, TestContext.Current.CancellationToken);
        var alarm = journal.Single(entry => entry.Kind == JournalKinds.Alarm);
        alarm.Get<DateTimeOffset>("firstBadAt").ShouldBe(Bad);
        state.TrafficReturn.ShouldNotBeNull().RaisedAt.ShouldBe(Bad.AddSeconds(2));
        journal.ShouldContain(entry => entry.Kind == JournalKinds.RollbackStarted && entry.Data["reason"]!.GetValue<string>().Contains("error_rate > 5%"));
    }

    [Fact]
    public async Task A_rollback_that_takes_longer_than_the_spec_allows_ends_and_says_so()
    {
        var clock = new ManualTime();
        using var bench = new RunBench("automatic", ", maxDuration: 15m") { Guard = new AlarmBefore("copy", Verdict.Failed), Clock = clock };
        bench.World.WhenRemoved = _ => clock.Advance(TimeSpan.FromMinutes(20));

        var state = await bench.RunAsync();

        state.Status.ShouldBe(RunStatus.RolledBack);
        state.Message.ShouldContain("it took 1200 s, longer than the 900 s that the spec allows");
    }

    [Fact]
    public async Task A_guard_that_can_not_see_holds_the_run()
    {
        using var bench = new RunBench("automatic") { Guard = new AlarmBefore("copy", Verdict.Error) };

        var state = await bench.RunAsync();

        state.Status.ShouldBe(RunStatus.Held);
        state.Verdict.ShouldBe(Verdict.Error);
    }

    [Fact]
    public async Task Without_an_automatic_rollback_a_trigger_stops_the_run_as_failed()
    {
        using var bench = new RunBench { Guard = new AlarmBefore("copy", Verdict.Failed) };

        (await bench.RunAsync()).Status.ShouldBe(RunStatus.Failed);
    }

    [Fact]
    public void Traffic_is_back_when_every_lane_was_read_back_at_zero()
    {
        var entries = new List<JournalEntry>
        {
            Entry(1, 0, JournalKinds.Intent, "a", new JsonObject { ["action"] = Shift("orders") }),
            Entry(2, 0, JournalKinds.Intent, "b", new JsonObject { ["action"] = Shift("users") }),
            Entry(3, 4, JournalKinds.Alarm, null, new JsonObject { ["firstBadAt"] = Bad, ["raisedAt"] = Bad.AddSeconds(3) }),
            Entry(4, 5, JournalKinds.CompensationObserved, "b", Back("users", 0)),
            Entry(5, 6, JournalKinds.CompensationObserved, "a", Back("orders", 10)),
        };
        TrafficReturn.Of(entries)!.ReturnedAt.ShouldBeNull();

        entries.Add(Entry(6, 9, JournalKinds.CompensationObserved, "a", Back("orders", 0)));

        TrafficReturn.Of(entries)!.Reaction.ShouldBe(TimeSpan.FromSeconds(9));
    }

    private static JsonObject Shift(string lane) => new() { ["verb"] = "traffic.shift", ["parameters"] = new JsonObject { ["lane"] = lane } };

    private static JsonObject Back(string lane, decimal percent) => new() { ["data"] = new JsonObject { ["lane"] = lane, ["percent"] = percent } };

    private static JournalEntry Entry(long seq, int second, string kind, string? step, JsonObject data) =>
        new() { Seq = seq, At = Bad.AddSeconds(second), Kind = kind, Step = step, Epoch = 1, Data = data, Prev = "", Hash = "" };

    private sealed class AlarmBefore(string phase, Verdict verdict) : IRunGuard
    {
        public IActiveGuard? Begin(MigrationSpec spec, PlanStep step, IOperationObserver observer) => step.Phase == phase ? new Raised(verdict) : null;
    }

    private sealed class Raised(Verdict verdict) : IActiveGuard
    {
        CancellationToken IActiveGuard.Raised => new(canceled: true);

        public RunAlarm? Alarm { get; } = new("error_rate > 5%", verdict, "8 % of 100 requests failed", Bad, Bad.AddSeconds(2));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
