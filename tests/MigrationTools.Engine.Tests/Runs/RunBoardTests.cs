using System.Text.Json.Nodes;
using MigrationTools.Engine.Gates.Watching;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Engine.Tests.Runs;

/// <summary>What a run's owner shows is seen by others while that very action is under way, and never else.</summary>
public sealed class RunBoardTests
{
    private const string Step = "01-test.add:words";

    [Fact]
    public async Task Another_reader_sees_what_the_owner_shows_until_the_step_is_observed()
    {
        using var bench = new RunBench();
        var (run, intent) = await BegunAsync(bench);
        await using var _ = run;
        (await bench.LookAsync()).Watching.ShouldBeNull();

        await bench.Store.ShowAsync(run.RunId, Gate(intent.Seq), CancellationToken.None);
        (await bench.LookAsync()).Watching!.Stage.ShouldBe("canary at 25 %");
        await bench.Store.ShowAsync(run.RunId, Gate(intent.Seq) with { Held = 2 }, CancellationToken.None);
        (await bench.LookAsync()).Watching!.Held.ShouldBe(2);

        await run.Journal.AppendAsync(JournalKinds.Observed, Step, new JsonObject { ["summary"] = "done" }, CancellationToken.None);
        (await bench.LookAsync()).Watching.ShouldBeNull();
    }

    [Fact]
    public async Task What_an_earlier_attempt_or_a_dead_process_left_is_not_shown()
    {
        using var bench = new RunBench();
        var (run, intent) = await BegunAsync(bench);
        await bench.Store.ShowAsync(run.RunId, Gate(intent.Seq), CancellationToken.None);
        await run.DisposeAsync();
        (await bench.LookAsync()).ShouldSatisfyAllConditions(state => state.Status.ShouldBe(RunStatus.Interrupted), state => state.Watching.ShouldBeNull());

        await using var again = await bench.Store.TakeAsync(run.RunId, CancellationToken.None);
        await again.Journal.AppendAsync(JournalKinds.Intent, Step, [], CancellationToken.None);
        (await bench.LookAsync()).ShouldSatisfyAllConditions(state => state.Status.ShouldBe(RunStatus.Running), state => state.Watching.ShouldBeNull());
    }

    [Fact]
    public async Task A_torn_file_is_nothing_shown_and_the_journal_has_no_word_of_it()
    {
        using var bench = new RunBench();
        var (run, intent) = await BegunAsync(bench);
        await using var _ = run;
        var length = run.Journal.Entries.Count;
        await bench.Store.ShowAsync(run.RunId, Gate(intent.Seq), CancellationToken.None);
        run.Journal.Entries.Count.ShouldBe(length);

        await File.WriteAllTextAsync(Path.Combine(run.Directory, "live.json"), "{ \"stage\": \"can");
        (await bench.LookAsync()).Watching.ShouldBeNull();
    }

    private static async Task<(RunHandle Run, JournalEntry Intent)> BegunAsync(RunBench bench)
    {
        var plan = (await bench.RunAsync()).Plan;
        await bench.RollbackAsync();
        var run = await bench.Store.CreateAsync(bench.Spec, plan, CancellationToken.None);
        await run.Journal.AppendAsync(JournalKinds.Owned, null, [], CancellationToken.None);
        return (run, await run.Journal.AppendAsync(JournalKinds.Intent, Step, [], CancellationToken.None));
    }

    private static WatchedGate Gate(long intent) => new()
    {
        Step = Step,
        Intent = intent,
        Stage = "canary at 25 %",
        Since = DateTimeOffset.UnixEpoch,
        Deadline = DateTimeOffset.UnixEpoch,
        Interval = TimeSpan.FromSeconds(10),
        Count = 3,
    };
}
