using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Tests.Runs;

/// <summary>The old side removed in the end: what fails there takes nothing back, and a rollback past it needs a word of its own.</summary>
public sealed class ContractedRunTests
{
    [Theory]
    [InlineData(null, "contract", "fence copy cut-over contract")]
    [InlineData("", "c.contract", "a.fence a.copy a.cut-over b.fence b.copy b.cut-over c.fence c.copy c.cut-over c.contract")]
    public async Task A_clean_up_that_fails_leaves_the_migration_as_it_was_approved(string? second, string fails, string words)
    {
        using var bench = new RunBench("automatic", second: second, contracts: true);
        bench.World.Answers[fails] = Verdict.Failed;

        var state = await bench.RunAsync();

        state.Status.ShouldBe(RunStatus.Failed, state.Message);
        state.Verdict.ShouldBe(Verdict.Failed);
        bench.World.Words.ShouldBe(words.Split(' '), ignoreOrder: true);

        bench.World.Answers.Clear();
        (await bench.ResumeAsync()).Status.ShouldBe(RunStatus.Completed);
    }

    [Fact]
    public async Task A_rollback_past_it_is_refused_before_anything_goes_back()
    {
        using var bench = new RunBench(contracts: true);
        await bench.RunAsync();

        var refused = await bench.RollbackAsync();

        (refused.RollbackRefused, refused.Verdict).ShouldBe((true, Verdict.Failed));
        refused.Message.ShouldContain("the old words are gone");
        refused.Message.ShouldContain("--accept-data-loss");
        bench.World.Words.ShouldBe(["fence", "copy", "cut-over", "contract"], ignoreOrder: true);
        var stays = await bench.LookAsync();
        (stays.Status, stays.Verdict).ShouldBe((RunStatus.Completed, Verdict.Passed));
    }

    [Fact]
    public async Task A_person_s_word_that_the_loss_is_accepted_takes_the_rest_back()
    {
        using var bench = new RunBench(contracts: true);
        await bench.RunAsync();
        await bench.RollbackAsync();

        var undone = await bench.RollbackAsync(acceptDataLoss: true);

        undone.Status.ShouldBe(RunStatus.RolledBack, undone.Message);
        bench.World.Words.ShouldBe(["contract"]);
    }

    [Fact]
    public async Task What_was_not_removed_after_all_keeps_no_rollback_back()
    {
        using var bench = new RunBench(contracts: true);
        bench.World.Answers["contract"] = Verdict.Failed;
        await bench.RunAsync();
        bench.World.Words.Remove("contract");

        (await bench.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack);
    }
}
