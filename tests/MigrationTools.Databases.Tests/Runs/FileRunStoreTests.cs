using MigrationTools.Engine;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Databases.Tests.Runs;

public sealed class FileRunStoreTests : RunStoreSuite
{
    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    protected override IRunStore Open() => new FileRunStore(Path.Combine(Root, "runs"), Time);

    /// <summary>The lock is the operating system's, and the epoch a number: no clock has a part in who owns a run.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task A_run_in_hand_stays_so_whatever_the_clock_shows(int hours)
    {
        await using var run = await CreateAsync("runStarted");

        Time.Now += TimeSpan.FromHours(hours);

        await Should.ThrowAsync<RunOwnedException>(() => Open().TakeAsync(run.RunId, Token));
        (await Open().LookAsync(run.RunId, Token)).Status.ShouldBe(RunStatus.Running);
        await run.Journal.AppendAsync("intent", null, [], Token);
        (await Open().ReadJournalAsync(run.RunId, Token)).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public async Task A_journal_that_was_cut_at_the_end_of_a_line_is_not_taken_for_all_there_was(int lines)
    {
        var run = await CreateAsync("runStarted", "intent", "observed");
        await run.DisposeAsync();
        var file = PathOf(run.RunId, "journal.jsonl");
        await File.WriteAllLinesAsync(file, (await File.ReadAllLinesAsync(file, Token)).Take(lines), Token);
        if (lines == 0)
        {
            File.Delete(file);
        }

        (await Should.ThrowAsync<JournalException>(() => Open().LookAsync(run.RunId, Token))).Message.ShouldContain("had 3 entries");
        (await Should.ThrowAsync<JournalException>(() => Open().TakeAsync(run.RunId, Token))).ErrorId.ShouldBe(ErrorIds.JournalCorrupt);
    }

    [Fact]
    public async Task A_directory_without_a_plan_is_no_run_and_keeps_none_from_beginning()
    {
        var run = await CreateAsync("runStarted");
        await run.DisposeAsync();
        File.Delete(PathOf(run.RunId, "plan.json"));

        (await Open().ListAsync(Token)).ShouldBeEmpty();
        await (await CreateAsync()).DisposeAsync();
    }

    // Nobody gets past the lock of a living process; what lost its lock unseen is kept out by the epoch.
    protected override Task OvertakeAsync(string runId) => File.WriteAllTextAsync(PathOf(runId, "epoch"), "7", Token);

    protected override Task EditJournalAsync(string runId, string was, string becomes) => EditAsync(PathOf(runId, "journal.jsonl"), was, becomes);

    protected override async Task RemoveSecondEntryAsync(string runId)
    {
        var lines = await File.ReadAllLinesAsync(PathOf(runId, "journal.jsonl"), Token);
        await File.WriteAllTextAsync(PathOf(runId, "journal.jsonl"), string.Concat(lines.Where((_, index) => index != 1).Select(line => line + "\n")), Token);
    }

    protected override Task EditPlanAsync(string runId, string was, string becomes) => EditAsync(PathOf(runId, "plan.json"), was, becomes);

    protected override Task EditSpecAsync(string runId, string was, string becomes) => EditAsync(PathOf(runId, "spec.json"), was, becomes);

    private static async Task EditAsync(string file, string was, string becomes)
    {
        var text = await File.ReadAllTextAsync(file, Token);
        text.ShouldContain(was);
        await File.WriteAllTextAsync(file, text.Replace(was, becomes, StringComparison.Ordinal), Token);
    }

    private string PathOf(string runId, string file) => Path.Combine(Root, "runs", runId, file);
}
