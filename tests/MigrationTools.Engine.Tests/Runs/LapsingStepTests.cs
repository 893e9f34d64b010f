using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Tests.Runs;
using MigrationTools.Tests.Time;

namespace MigrationTools.Engine.Tests.Runs;

/// <summary>What a step saw is of its moment: a run that goes on after a stop looks again before it relies on it.</summary>
public sealed class LapsingStepTests
{
    [Theory]
    [InlineData(true, "fence copy fence copy cut-over")]
    [InlineData(false, "fence copy cut-over")]
    public async Task A_run_that_goes_on_looks_again_at_what_only_held_for_its_moment(bool lapses, string executed)
    {
        using var bench = new RunBench();
        bench.World.Lapses = lapses;
        await CutOffAsync(bench, before: "cut-over");

        var state = await bench.ResumeAsync();

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        bench.World.Executed.ShouldBe(executed.Split(' '));
    }

    [Fact]
    public async Task What_no_longer_holds_then_stops_the_run_before_anything_relies_on_it()
    {
        using var bench = new RunBench();
        bench.World.Lapses = true;
        await CutOffAsync(bench, before: "cut-over");
        bench.World.Answers["copy"] = Verdict.Failed;

        var state = await bench.ResumeAsync();

        state.Status.ShouldBe(RunStatus.Failed);
        bench.World.Words.ShouldNotContain("cut-over");
    }

    [Theory]
    [InlineData(null, RunStatus.Failed)]
    [InlineData(Effect.Applied, RunStatus.Completed)]
    public async Task An_attempt_that_broke_and_left_nothing_relies_on_a_new_look_too(Effect? seen, RunStatus status)
    {
        using var bench = new RunBench();
        bench.World.Lapses = true;
        bench.World.Breaks["cut-over"] = new InvalidRequestException("the server went away");
        await bench.RunAsync();
        bench.World.Answers["copy"] = Verdict.Failed;
        if (seen is { } effect)
        {
            bench.World.Effects["cut-over"] = effect;
        }

        (await bench.ResumeAsync()).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData(true, RunStatus.Completed)]
    [InlineData(false, RunStatus.Interrupted)]
    public async Task A_run_whose_time_is_over_does_not_stop_between_what_lapses_and_what_relies_on_it(bool lapses, RunStatus status)
    {
        var clock = new ManualTime();
        using var bench = new RunBench { Clock = clock };
        bench.World.Lapses = lapses;
        bench.World.WhenAdded = _ => clock.Advance(TimeSpan.FromHours(1));

        var state = await bench.RunAsync(options: new RunOptions { MaxRuntime = TimeSpan.FromMinutes(30) });

        state.Status.ShouldBe(status, state.Message);
    }

    [Fact]
    public async Task A_waiver_that_answers_for_a_rollback_s_check_is_journalled_with_who_and_why()
    {
        using var bench = new RunBench();
        await bench.RunAsync();
        bench.World.Undone["copy"] = Verdict.Failed;

        var state = await bench.RollbackAsync(options: new RunOptions { User = "ada", Waivers = new Dictionary<string, string> { ["undone:*"] = "a known writer" } });

        (state.Status, state.Verdict).ShouldBe((RunStatus.RolledBack, Verdict.Waived));
        var waived = (await bench.Store.ReadJournalAsync(state.RunId, TestContext.Current.CancellationToken)).Single(entry => entry.Kind == "waived");
        (waived.Get<string>("check"), waived.Get<string>("who"), waived.Get<string>("why")).ShouldBe(("undone:copy", "ada", "a known writer"));
    }

    /// <summary>Killed before the intent of a step is safe.</summary>
    private static async Task CutOffAsync(RunBench bench, string before)
    {
        using var trial = new RunBench();
        trial.World.Lapses = bench.World.Lapses;
        var steps = (await trial.RunAsync()).Steps.ToDictionary(step => step.Step.Id, step => step.Step.Phase);
        var entries = await trial.Store.ReadJournalAsync(await trial.RunIdAsync(), TestContext.Current.CancellationToken);
        var at = entries.ToList().FindIndex(entry => entry.Kind == "intent" && steps[entry.Step!] == before) + 1;
        await Should.ThrowAsync<SimulatedCrash>(() => bench.RunAsync(new CrashingStore(bench.Store, at, before: true)));
    }
}
