using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Triggers;
using MigrationTools.Tests.Runs;
using MigrationTools.Tests.Time;

namespace MigrationTools.Engine.Tests.Runs;

/// <summary>Three phases of three steps each: what of them goes back, what stays, and how the run goes on from there.</summary>
public sealed class PhasedRunTests
{
    private static readonly string[] First = ["a.fence", "a.copy", "a.cut-over"];
    private static readonly string[] Second = ["b.fence", "b.copy", "b.cut-over"];
    private static readonly string[] Third = ["c.fence", "c.copy", "c.cut-over"];
    private static readonly string[] All = [.. First, .. Second, .. Third];

    [Fact]
    public async Task A_phase_that_fails_is_undone_alone_and_the_run_is_held()
    {
        using var bench = Failing();

        var state = await bench.RunAsync();

        (state.Status, state.Verdict).ShouldBe((RunStatus.Held, Verdict.Failed));
        bench.World.Words.ShouldBe(First, ignoreOrder: true);
        state.Phases.Select(phase => (phase.Name, phase.Status)).ShouldBe([("first", RunPhaseStatus.Committed), ("second", RunPhaseStatus.Undone), ("third", RunPhaseStatus.Pending)]);
        state.Message.ShouldContain("phase 'second' is undone (2 steps); phase 'first' stays in place. Mend the cause and resume it, which begins phase 'second' anew");
        (state.IsFinal, state.IsRollingBack).ShouldBe((false, false));
    }

    [Fact]
    public async Task Resumed_the_phase_begins_anew_with_the_state_before_it_taken_down_anew()
    {
        using var bench = Failing();
        await bench.RunAsync();
        bench.World.Answers.Clear();

        // Somebody does by hand, while the run is held, what the phase's first step is to do.
        bench.World.Words.Add("b.fence");
        var state = await bench.ResumeAsync();

        (state.Status, state.Verdict).ShouldBe((RunStatus.Completed, Verdict.Passed));
        bench.World.Executed.ShouldBe([.. First, "b.fence", "b.copy", "-b.copy", "-b.fence", .. Second, .. Third]);
        state.Steps[3].Prior["had"]!.GetValue<bool>().ShouldBeTrue();
        state.Phases.ShouldAllBe(phase => phase.Status == RunPhaseStatus.Committed);
        (await JournalAsync(bench)).Count(entry => entry.Kind == JournalKinds.Reopened).ShouldBe(1);
    }

    [Fact]
    public async Task A_phase_that_failed_and_is_undone_can_be_followed_by_a_rollback_of_the_rest()
    {
        using var bench = Failing();
        await bench.RunAsync();

        var state = await bench.RollbackAsync();

        (state.Status, state.Verdict).ShouldBe((RunStatus.RolledBack, Verdict.Passed));
        bench.World.Words.ShouldBeEmpty();
    }

    [Fact]
    public async Task With_the_scope_run_a_phase_that_fails_takes_everything_back()
    {
        using var bench = Failing(more: ", scope: run");

        (await bench.RunAsync()).Status.ShouldBe(RunStatus.RolledBack);

        bench.World.Words.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_first_phase_fails_nothing_stays_and_the_run_is_rolled_back()
    {
        using var bench = new RunBench("automatic", second: "");
        bench.World.Answers["a.copy"] = Verdict.Failed;

        (await bench.RunAsync()).Status.ShouldBe(RunStatus.RolledBack);

        bench.World.Words.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_phase_s_own_mode_holds_for_that_phase_only()
    {
        using var manual = Failing(second: ", rollback: { mode: manual }");
        (await manual.RunAsync()).Status.ShouldBe(RunStatus.Failed);
        manual.World.Words.ShouldBe([.. First, "b.fence", "b.copy"], ignoreOrder: true);

        using var automatic = new RunBench("manual", second: ", rollback: { mode: automatic, maxDuration: 1m }");
        var clock = new ManualTime();
        automatic.Clock = clock;
        automatic.World.WhenRemoved = _ => clock.Advance(TimeSpan.FromMinutes(2));
        automatic.World.Answers["b.copy"] = Verdict.Failed;
        var state = await automatic.RunAsync();
        state.Status.ShouldBe(RunStatus.Held);
        state.Message.ShouldContain("it took 240 s, longer than the 60 s that the spec allows");
        automatic.World.Words.ShouldBe(First, ignoreOrder: true);
    }

    [Fact]
    public async Task By_hand_a_phase_is_undone_from_the_end_the_later_ones_first()
    {
        using var bench = new RunBench(second: "");
        await bench.RunAsync();
        var undone = new List<string>();
        bench.World.WhenRemoved = undone.Add;

        var last = await bench.RollbackAsync(phase: "third");
        (last.Status, last.Verdict).ShouldBe((RunStatus.Held, Verdict.NotRun));
        undone.ShouldBe(Third.Reverse());
        bench.World.Words.ShouldBe([.. First, .. Second], ignoreOrder: true);

        (await bench.ResumeAsync()).Status.ShouldBe(RunStatus.Completed);
        undone.Clear();
        var two = await bench.RollbackAsync(phase: "second");
        undone.ShouldBe([.. Third.Reverse(), .. Second.Reverse()]);
        two.Message.ShouldContain("phases 'second', 'third' are undone (6 steps); phase 'first' stays");

        var all = await bench.RollbackAsync(phase: "first");
        (all.Status, all.Verdict).ShouldBe((RunStatus.RolledBack, Verdict.Passed));
        bench.World.Words.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_phase_that_is_not_there_or_not_begun_is_refused_before_anything_is_touched()
    {
        using var bench = Failing();
        await bench.RunAsync();
        var length = (await JournalAsync(bench)).Count;

        (await Should.ThrowAsync<InvalidRequestException>(() => bench.RollbackAsync(phase: "forth"))).Message.ShouldContain("Its phases are, in order: first, second, third");
        (await Should.ThrowAsync<InvalidRequestException>(() => bench.RollbackAsync(phase: "third"))).Message.ShouldContain("phase 'third' is Pending");
        (await Should.ThrowAsync<InvalidRequestException>(() => bench.RollbackAsync(phase: "second"))).Message.ShouldContain("phase 'second' is Undone");
        (await JournalAsync(bench)).Count.ShouldBe(length);

        using var whole = new RunBench();
        await whole.RunAsync();
        (await Should.ThrowAsync<InvalidRequestException>(() => whole.RollbackAsync(phase: "first"))).Message.ShouldContain("was not planned in phases");
    }

    [Fact]
    public async Task A_phase_that_can_not_be_undone_says_how_to_go_on_and_is_not_resumed_before()
    {
        using var bench = Failing();
        bench.World.WhenRemoved = word =>
        {
            if (word == "b.fence")
            {
                throw new InvalidRequestException("the lock is stuck");
            }
        };
        var stuck = await bench.RunAsync();
        (stuck.Status, stuck.RollingBackTo).ShouldBe((RunStatus.RollbackIncomplete, "second"));
        stuck.Phases[1].Status.ShouldBe(RunPhaseStatus.Undoing);

        (await Should.ThrowAsync<InvalidRequestException>(() => bench.ResumeAsync())).Message.ShouldContain($"go on with rollback {stuck.RunId} --phase second; then it can be resumed");

        bench.World.WhenRemoved = _ => { };
        bench.World.Answers.Clear();
        (await bench.RollbackAsync(phase: "second")).Status.ShouldBe(RunStatus.Held);
        (await bench.ResumeAsync()).Status.ShouldBe(RunStatus.Completed);
        bench.World.Words.ShouldBe(All, ignoreOrder: true);
    }

    [Fact]
    public async Task Killed_at_any_boundary_of_a_phase_s_rollback_what_the_run_says_leads_to_its_end_or_back()
    {
        for (var at = 1; ; at++)
        {
            foreach (var before in new[] { true, false })
            {
                using var bench = Failing();
                var store = new CrashingStore(bench.Store, at, before);
                try
                {
                    await bench.RunAsync(store);
                    store.Appends.ShouldBeGreaterThan(25);
                    return;
                }
                catch (SimulatedCrash)
                {
                    bench.World.Answers.Clear();
                }

                var where = $"boundary {at} {(before ? "before" : "after")}";
                await OnwardAsync(bench, where);
                bench.World.Words.ShouldBe(All, ignoreOrder: true, where);
                (await bench.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack, where);
                bench.World.Words.ShouldBeEmpty(where);
            }
        }
    }

    [Fact]
    public async Task Killed_at_any_boundary_of_the_phase_s_second_beginning_it_goes_on_without_doing_anything_twice()
    {
        for (var at = 1; ; at++)
        {
            foreach (var before in new[] { at % 2 == 0 })
            {
                using var bench = Failing();
                await bench.RunAsync();
                bench.World.Answers.Clear();
                bench.World.Executed.Clear();
                var store = new CrashingStore(bench.Store, at, before);
                try
                {
                    await bench.ResumeAsync(store: store);
                    store.Appends.ShouldBeGreaterThan(15);
                    return;
                }
                catch (SimulatedCrash)
                {
                }

                var where = $"boundary {at} {(before ? "before" : "after")}";
                await OnwardAsync(bench, where);
                bench.World.Executed.ShouldBe([.. Second, .. Third], where);
            }
        }
    }

    [Fact]
    public async Task Killed_at_any_boundary_of_a_phase_s_rollback_by_hand_it_goes_on_when_asked_again()
    {
        for (var at = 1; ; at++)
        {
            using var bench = new RunBench(second: "");
            await bench.RunAsync();
            var store = new CrashingStore(bench.Store, at, before: at % 2 == 0);
            try
            {
                await bench.RollbackAsync(store, "second");
                store.Appends.ShouldBeGreaterThan(18);
                return;
            }
            catch (SimulatedCrash)
            {
            }

            if ((await bench.LookAsync()).Status != RunStatus.Held)
            {
                (await bench.RollbackAsync(phase: "second")).Status.ShouldBe(RunStatus.Held, $"boundary {at}");
            }

            bench.World.Words.ShouldBe(First, ignoreOrder: true, $"boundary {at}");
            (await bench.ResumeAsync()).Status.ShouldBe(RunStatus.Completed, $"boundary {at}");
        }
    }

    [Fact]
    public async Task A_phase_s_own_triggers_are_watched_in_that_phase_and_the_spec_s_in_the_others()
    {
        var guard = new RecordingGuard();
        using var bench = new RunBench("automatic", ", triggers: ['error_rate > 5%']", ", rollback: { triggers: ['response_time > 1s'], interval: 7s }") { Guard = guard };

        (await bench.RunAsync()).Status.ShouldBe(RunStatus.Completed);

        guard.Said.ShouldBe(
        [
            // What was moved before is watched until the phase's own watch has begun.
            "error_rate > 5% every 2 s from 02-test.add:a",
            "response_time > 1s every 7 s from 05-test.add:b", "ended error_rate > 5%", "ended response_time > 1s",
            "error_rate > 5% every 2 s from 08-test.add:c", "ended error_rate > 5%",
        ]);
    }

    [Fact]
    public async Task An_alarm_of_a_phase_s_own_trigger_undoes_that_phase()
    {
        var guard = new RecordingGuard { FiresIn = "b" };
        using var bench = new RunBench("automatic", second: ", rollback: { triggers: ['response_time > 1s'] }") { Guard = guard };

        var state = await bench.RunAsync();

        (state.Status, state.Verdict).ShouldBe((RunStatus.Held, Verdict.Failed));
        state.Message.ShouldContain("trigger 'response_time > 1s'");
        bench.World.Words.ShouldBe(First, ignoreOrder: true);
    }

    private static RunBench Failing(string more = "", string second = "")
    {
        var bench = new RunBench("automatic", more, second);
        bench.World.Answers["b.copy"] = Verdict.Failed;
        return bench;
    }

    /// <summary>What a person does who reads what the run says, until it is completed.</summary>
    private static async Task OnwardAsync(RunBench bench, string where)
    {
        for (var turn = 0; turn < 3; turn++)
        {
            var state = await bench.LookAsync();
            if (state.Status == RunStatus.Completed)
            {
                return;
            }

            if (state.Status == RunStatus.RollbackIncomplete)
            {
                state.RollingBackTo.ShouldBe("second", where);
                (await bench.RollbackAsync(phase: state.RollingBackTo)).Status.ShouldBe(RunStatus.Held, where);
            }
            else
            {
                state.Status.ShouldBeOneOf([RunStatus.Interrupted, RunStatus.Held], where);
                await bench.ResumeAsync();
            }
        }

        (await bench.LookAsync()).Status.ShouldBe(RunStatus.Completed, where);
    }

    private static async Task<IReadOnlyList<JournalEntry>> JournalAsync(RunBench bench) => await bench.Store.ReadJournalAsync(await bench.RunIdAsync(), CancellationToken.None);

    /// <summary>Notes what it watches from when to when; the copy is what moves traffic here.</summary>
    private sealed class RecordingGuard : IRunGuard
    {
        public List<string> Said { get; } = [];

        public string? FiresIn { get; init; }

        public IActiveGuard? Begin(MigrationSpec spec, PlanStep step, IOperationObserver observer)
        {
            if (spec.Rollback.Triggers.Count == 0 || !step.Phase.EndsWith("copy", StringComparison.Ordinal))
            {
                return null;
            }

            Said.Add($"{spec.Rollback.Triggers[0]} every {spec.Rollback.Interval.TotalSeconds:0} s from {step.Id}");
            return new Active(this, spec.Rollback.Triggers[0], step.System == FiresIn);
        }

        private sealed class Active(RecordingGuard guard, string trigger, bool fires) : IActiveGuard
        {
            public CancellationToken Raised { get; } = new(fires);

            public RunAlarm? Alarm { get; } = fires ? new RunAlarm(trigger, Verdict.Failed, "seen", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch) : null;

            public ValueTask DisposeAsync()
            {
                guard.Said.Add($"ended {trigger}");
                return ValueTask.CompletedTask;
            }
        }
    }
}
