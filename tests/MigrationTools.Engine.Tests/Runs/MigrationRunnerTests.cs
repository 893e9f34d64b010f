using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Tests.Runs;

namespace MigrationTools.Engine.Tests.Runs;

public sealed class MigrationRunnerTests : IDisposable
{
    private readonly RunBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Every_step_is_journalled_as_intent_observed_gate_committed_in_this_order()
    {
        var state = await _bench.RunAsync();

        state.Status.ShouldBe(RunStatus.Completed);
        state.Verdict.ShouldBe(Verdict.Passed);
        var journal = await _bench.Store.ReadJournalAsync(state.RunId, TestContext.Current.CancellationToken);
        journal.Where(entry => entry.Step == state.Steps[1].Step.Id).Select(entry => entry.Kind)
            .ShouldBe([JournalKinds.Intent, JournalKinds.Observed, JournalKinds.Gate, JournalKinds.Committed]);
        journal[^1].Kind.ShouldBe(JournalKinds.RunEnded);
    }

    [Fact]
    public async Task An_intent_holds_the_compensation_and_the_state_before()
    {
        var state = await _bench.RunAsync();

        var intent = (await _bench.Store.ReadJournalAsync(state.RunId, TestContext.Current.CancellationToken)).First(entry => entry.Kind == JournalKinds.Intent);
        intent.Data["compensation"]!["verb"]!.GetValue<string>().ShouldBe("test.remove");
        intent.Data["prior"]!["had"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Not_ready_changes_nothing()
    {
        _bench.Ready = Verdict.Failed;

        var state = await _bench.RunAsync();

        state.Status.ShouldBe(RunStatus.NotReady);
        state.Verdict.ShouldBe(Verdict.Failed);
        _bench.World.Executed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_readiness_that_could_not_be_told_is_not_ready()
    {
        _bench.Ready = Verdict.Inconclusive;

        (await _bench.RunAsync()).Status.ShouldBe(RunStatus.NotReady);
    }

    [Fact]
    public async Task A_waiver_names_who_and_why_and_the_run_ends_waived()
    {
        _bench.Ready = Verdict.Failed;

        var state = await _bench.RunAsync(options: new RunOptions { User = "ada", Waivers = new Dictionary<string, string> { ["test:*"] = "seen by hand" } });

        state.Status.ShouldBe(RunStatus.Completed);
        state.Verdict.ShouldBe(Verdict.Waived);
        state.Readiness[0].Waiver!.Who.ShouldBe("ada");
        state.Readiness[0].Waiver!.Why.ShouldBe("seen by hand");
    }

    [Fact]
    public async Task A_failed_gate_stops_a_run_that_a_person_rolls_back()
    {
        _bench.World.Answers["copy"] = Verdict.Failed;

        var state = await _bench.RunAsync();

        state.Status.ShouldBe(RunStatus.Failed);
        _bench.World.Words.ShouldBe(["fence", "copy"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_failed_gate_rolls_an_automatic_run_back()
    {
        using var bench = new RunBench("automatic");
        bench.World.Answers["copy"] = Verdict.Failed;

        var state = await bench.RunAsync();

        state.Status.ShouldBe(RunStatus.RolledBack);
        bench.World.Words.ShouldBeEmpty();
        bench.World.Executed.ShouldBe(["fence", "copy", "-copy", "-fence"]);
    }

    [Theory]
    [InlineData(Verdict.Inconclusive)]
    [InlineData(Verdict.Error)]
    [InlineData(Verdict.NotRun)]
    public async Task A_gate_that_could_not_be_judged_holds_even_an_automatic_run(Verdict verdict)
    {
        using var bench = new RunBench("automatic");
        bench.World.Answers["copy"] = verdict;

        var state = await bench.RunAsync();

        state.Status.ShouldBe(RunStatus.Held);
        state.Verdict.ShouldBe(verdict);
        bench.World.Words.ShouldContain("copy");
    }

    [Fact]
    public async Task A_held_run_is_judged_anew_when_it_is_resumed()
    {
        _bench.World.Answers["copy"] = Verdict.Inconclusive;
        await _bench.RunAsync();
        _bench.World.Answers["copy"] = Verdict.Passed;

        var state = await _bench.ResumeAsync();

        state.Status.ShouldBe(RunStatus.Completed);
    }

    [Fact]
    public async Task A_server_that_goes_away_holds_the_run_and_resume_finishes_it()
    {
        _bench.World.Breaks["copy"] = new Engine.Databases.DatabaseException(ErrorIds.EndpointUnavailable, "the server went away");

        var held = await _bench.RunAsync();
        var resumed = await _bench.ResumeAsync();

        held.Status.ShouldBe(RunStatus.Held);
        held.Message.ShouldContain("the server went away");
        resumed.Status.ShouldBe(RunStatus.Completed);
        _bench.World.Executed.ShouldBe(["fence", "copy", "cut-over"]);
    }

    [Fact]
    public async Task An_effect_that_cannot_be_told_stops_the_resume()
    {
        _bench.World.Effects["copy"] = Effect.Unknown;
        await CrashAsync(at: 8, before: true);

        var state = await _bench.ResumeAsync();

        state.Status.ShouldBe(RunStatus.Held);
        state.Steps[1].ErrorId.ShouldBe(ErrorIds.EffectUnknown);
    }

    [Fact]
    public async Task A_finished_run_is_not_resumed()
    {
        await _bench.RunAsync();

        (await Should.ThrowAsync<InvalidRequestException>(() => _bench.ResumeAsync())).Message.ShouldContain("Completed");
    }

    [Fact]
    public async Task A_second_run_waits_for_the_first_to_be_settled()
    {
        _bench.World.Answers["copy"] = Verdict.Failed;
        await _bench.RunAsync();

        var error = await Should.ThrowAsync<RunOwnedException>(() => _bench.RunAsync());

        error.Message.ShouldContain("rollback");
    }

    [Fact]
    public async Task A_run_does_not_go_on_under_a_changed_plan()
    {
        _bench.World.Answers["copy"] = Verdict.Failed;
        var state = await _bench.RunAsync();
        var plan = Path.Combine(state.Directory, "plan.json");
        await File.WriteAllTextAsync(plan, (await File.ReadAllTextAsync(plan, TestContext.Current.CancellationToken)).Replace("\"word\": \"cut-over\"", "\"word\": \"format-disk\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<Engine.Planning.PlanException>(() => _bench.ResumeAsync())).ErrorId.ShouldBe(ErrorIds.PlanChanged);
    }

    [Fact]
    public async Task A_run_id_never_reaches_out_of_the_store() =>
        await Should.ThrowAsync<RunNotFoundException>(() => _bench.Store.LookAsync("../words", TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_run_that_is_cancelled_before_it_begins_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => _bench.RunAsync(cancellationToken: cancel.Token));

        (await _bench.Store.ListAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_is_cancelled_says_where_and_can_be_resumed()
    {
        using var cancel = new CancellationTokenSource();
        _bench.World.Cancels["copy"] = cancel;

        await Should.ThrowAsync<OperationCanceledException>(() => _bench.RunAsync(cancellationToken: cancel.Token));

        var interrupted = await _bench.LookAsync();
        interrupted.Status.ShouldBe(RunStatus.Interrupted);
        interrupted.Message.ShouldContain("02-test.add");
        _bench.World.Cancels.Clear();
        (await _bench.ResumeAsync()).Status.ShouldBe(RunStatus.Completed);
    }

    [Fact]
    public async Task Killed_at_any_journal_boundary_a_run_resumes_without_doing_anything_twice()
    {
        foreach (var (at, before) in await BoundariesAsync())
        {
            using var bench = new RunBench();
            await Should.ThrowAsync<SimulatedCrash>(() => bench.RunAsync(new CrashingStore(bench.Store, at, before)));

            if ((await bench.LookAsync()).IsFinal)
            {
                continue;
            }

            var state = await bench.ResumeAsync();

            state.Status.ShouldBe(RunStatus.Completed, $"boundary {at} {(before ? "before" : "after")}: {state.Message}");
            bench.World.Executed.ShouldBe(["fence", "copy", "cut-over"], $"boundary {at} {(before ? "before" : "after")}");
        }
    }

    [Fact]
    public async Task Killed_at_any_journal_boundary_a_run_rolls_back()
    {
        foreach (var (at, before) in await BoundariesAsync())
        {
            using var bench = new RunBench();
            await Should.ThrowAsync<SimulatedCrash>(() => bench.RunAsync(new CrashingStore(bench.Store, at, before)));

            var state = await bench.RollbackAsync();

            state.Status.ShouldBe(RunStatus.RolledBack, $"boundary {at} {(before ? "before" : "after")}: {state.Message}");
            bench.World.Words.ShouldBeEmpty($"boundary {at} {(before ? "before" : "after")}");
        }
    }

    [Fact]
    public async Task Killed_at_any_boundary_of_a_rollback_it_goes_on_when_asked_again()
    {
        for (var at = 1; ; at++)
        {
            using var bench = new RunBench();
            await bench.RunAsync();
            var store = new CrashingStore(bench.Store, at, before: true);
            try
            {
                await bench.RollbackAsync(store);
                store.Appends.ShouldBeGreaterThan(8);
                return;
            }
            catch (SimulatedCrash)
            {
            }

            var state = await bench.RollbackAsync();
            state.Status.ShouldBe(RunStatus.RolledBack, $"boundary {at}: {state.Message}");
            bench.World.Words.ShouldBeEmpty($"boundary {at}");
        }
    }

    private static async Task<List<(int At, bool Before)>> BoundariesAsync()
    {
        using var bench = new RunBench();
        var counting = new CrashingStore(bench.Store, 0, before: false);
        await bench.RunAsync(counting);
        counting.Appends.ShouldBeGreaterThan(12);
        return [.. Enumerable.Range(1, counting.Appends).SelectMany(at => new[] { (at, true), (at, false) })];
    }

    private Task CrashAsync(int at, bool before) =>
        Should.ThrowAsync<SimulatedCrash>(() => _bench.RunAsync(new CrashingStore(_bench.Store, at, before)));
}
