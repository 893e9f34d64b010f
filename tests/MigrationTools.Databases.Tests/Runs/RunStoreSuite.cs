using System.Text.Json.Nodes;
using MigrationTools.Engine;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Reading;

namespace MigrationTools.Databases.Tests.Runs;

/// <summary>What every store of runs promises.</summary>
public abstract class RunStoreSuite : IAsyncLifetime
{
    internal StoppedTime Time { get; } = new();

    /// <summary>The test's own, gone after it.</summary>
    protected string Root { get; } = Directory.CreateTempSubdirectory("mt-runs-").FullName;

    protected string SpecDirectory => Root + "-spec";

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public abstract ValueTask InitializeAsync();

    public virtual ValueTask DisposeAsync()
    {
        Directory.Delete(Root, recursive: true);
        if (Directory.Exists(SpecDirectory))
        {
            Directory.Delete(SpecDirectory, recursive: true);
        }

        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_run_that_was_begun_is_found_with_its_plan_and_its_spec()
    {
        var (spec, plan) = Begin();
        string runId;
        await using (var run = await Open().CreateAsync(spec, plan, Token))
        {
            runId = run.RunId;
            run.Journal.Entries.ShouldBeEmpty();
            Directory.Exists(run.Directory).ShouldBeTrue();
        }

        var state = await Open().LookAsync(runId, Token);
        state.Plan.Hash.ShouldBe(plan.Hash);
        state.Plan.Steps.Count.ShouldBe(2);
        state.Status.ShouldBe(RunStatus.Interrupted);
        state.Directory.ShouldEndWith(runId);
        var kept = await Open().ReadSpecAsync(runId, Token);
        kept.Hash.ShouldBe(spec.Hash);
        kept.Name.ShouldBe("Wörter 🚚");
    }

    [Fact]
    public async Task The_spec_is_kept_as_it_was_whatever_becomes_of_its_file()
    {
        var (spec, plan) = Begin();
        await using var run = await Open().CreateAsync(spec, plan, Token);
        await File.WriteAllTextAsync(spec.Path!, "another", Token);

        (await Open().ReadSpecAsync(run.RunId, Token)).Hash.ShouldBe(spec.Hash);
    }

    [Fact]
    public async Task A_persons_last_word_is_the_last_also_where_the_clock_was_set_back_before_it()
    {
        await using var run = await CreateAsync("runStarted");
        async Task SayAsync(bool approved, string why) => await Open().ApproveAsync(run.RunId, new StepApproval("01-step", approved, "ada", why, Time.Now), Token);
        await SayAsync(true, "it is well");
        Time.Now -= TimeSpan.FromHours(3);
        await SayAsync(false, "it is not");
        Time.Now -= TimeSpan.FromHours(3);
        await SayAsync(true, "now it is");

        var said = await Open().ReadApprovalsAsync(run.RunId, Token);

        said.Select(approval => approval.Why).ShouldBe(["it is well", "it is not", "now it is"]);
    }

    [Fact]
    public async Task What_was_appended_is_read_again()
    {
        await using var run = await CreateAsync("runStarted", "intent", "observed");

        var entries = await Open().ReadJournalAsync(run.RunId, Token);

        entries.Select(entry => entry.Kind).ShouldBe(["runStarted", "intent", "observed"]);
        entries.Select(entry => entry.Seq).ShouldBe([1, 2, 3]);
        entries.Select(entry => entry.Hash).ShouldBe(run.Journal.Entries.Select(entry => entry.Hash));
        entries[1].Prev.ShouldBe(entries[0].Hash);
        entries[2].Get<string>("text").ShouldBe("ü \"quoted\" \\ 🚚 \0 ' \r\n");
        entries[0].At.ShouldBe(Time.Now);
    }

    [Fact]
    public async Task Appends_at_once_come_one_after_another()
    {
        await using var run = await CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(number => run.Journal.AppendAsync($"kind {number}", null, [], Token)));

        (await Open().ReadJournalAsync(run.RunId, Token)).Select(entry => entry.Kind).Distinct().Count().ShouldBe(12);
    }

    [Fact]
    public async Task A_second_run_of_a_spec_is_refused_until_the_first_is_finished()
    {
        var first = await CreateAsync("runStarted");
        await first.DisposeAsync();

        var refused = await Should.ThrowAsync<RunOwnedException>(() => CreateAsync());
        refused.Message.ShouldContain($"resume {first.RunId}");
        (await Open().ListAsync(Token)).ShouldBe([first.RunId]);

        await EndAsync(first.RunId);
        await using var second = await CreateAsync();
        (await Open().ListAsync(Token)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Of_two_runs_begun_in_the_same_moment_one_is_refused()
    {
        var (spec, plan) = Begin();

        var begun = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                return await Open().CreateAsync(spec, plan, Token);
            }
            catch (RunOwnedException)
            {
                return null;
            }
        }));

        await using var run = begun.OfType<RunHandle>().ShouldHaveSingleItem();
        (await Open().ListAsync(Token)).ShouldBe([run.RunId]);
    }

    [Fact]
    public async Task A_run_has_one_owner_who_is_seen()
    {
        await using var run = await CreateAsync("runStarted");

        (await Open().LookAsync(run.RunId, Token)).Status.ShouldBe(RunStatus.Running);
        (await Should.ThrowAsync<RunOwnedException>(() => Open().TakeAsync(run.RunId, Token))).ErrorId.ShouldBe(ErrorIds.RunOwned);
    }

    [Fact]
    public async Task A_run_that_was_given_back_is_taken_under_a_higher_epoch()
    {
        var first = await CreateAsync("runStarted");
        await first.DisposeAsync();
        (await Open().LookAsync(first.RunId, Token)).Status.ShouldBe(RunStatus.Interrupted);

        await using var second = await Open().TakeAsync(first.RunId, Token);
        await second.Journal.AppendAsync("looked", null, [], Token);

        var entries = await Open().ReadJournalAsync(first.RunId, Token);
        entries.Select(entry => entry.Kind).ShouldBe(["runStarted", "owned", "looked"]);
        entries.Select(entry => entry.Epoch).ShouldBe([1, 2, 2]);
        entries[1].Get<int>("process").ShouldBe(Environment.ProcessId);
    }

    [Fact]
    public async Task An_owner_that_was_overtaken_writes_nothing_more()
    {
        var stale = await CreateAsync("runStarted");
        await OvertakeAsync(stale.RunId);
        var before = await Open().ReadJournalAsync(stale.RunId, Token);

        (await Should.ThrowAsync<RunOwnedException>(() => stale.Journal.AppendAsync("intent", null, [], Token))).ErrorId.ShouldBe(ErrorIds.RunOvertaken);
        await Should.ThrowAsync<RunOwnedException>(() => stale.Journal.AppendAsync("intent", null, [], Token));
        await stale.DisposeAsync();

        (await Open().ReadJournalAsync(stale.RunId, Token)).Count.ShouldBe(before.Count);
    }

    [Theory]
    [InlineData("\"kind\":\"intent\"", "\"kind\":\"inteNt\"")]
    [InlineData("\"kind\":\"intent\"", "\"kind\": \"intent\"")]
    public async Task An_edited_entry_is_found_by_its_number_and_the_run_is_not_taken(string was, string becomes)
    {
        var run = await CreateAsync("runStarted", "intent", "observed");
        await run.DisposeAsync();
        await EditJournalAsync(run.RunId, was, becomes);

        var error = await Should.ThrowAsync<JournalException>(() => Open().TakeAsync(run.RunId, Token));
        error.Message.ShouldContain("line 2");
        error.ErrorId.ShouldBe(ErrorIds.JournalCorrupt);
        await Should.ThrowAsync<JournalException>(() => Open().LookAsync(run.RunId, Token));
        await Should.ThrowAsync<JournalException>(() => Open().ReadJournalAsync(run.RunId, Token));

        await EditJournalAsync(run.RunId, becomes, was);
        (await Open().LookAsync(run.RunId, Token)).Status.ShouldBe(RunStatus.Interrupted);
    }

    [Fact]
    public async Task An_entry_that_was_taken_out_breaks_the_chain()
    {
        var run = await CreateAsync("runStarted", "intent", "observed");
        await run.DisposeAsync();
        await RemoveSecondEntryAsync(run.RunId);

        (await Should.ThrowAsync<JournalException>(() => Open().LookAsync(run.RunId, Token))).Message.ShouldContain("line 2");
    }

    [Theory]
    [InlineData("add one", "add two")]
    [InlineData("{", "")]
    public async Task With_an_edited_plan_nothing_is_done(string was, string becomes)
    {
        var run = await CreateAsync("runStarted");
        await run.DisposeAsync();
        await EditPlanAsync(run.RunId, was, becomes);

        (await Should.ThrowAsync<PlanException>(() => Open().TakeAsync(run.RunId, Token))).ErrorId.ShouldBe(ErrorIds.PlanChanged);
        await Should.ThrowAsync<PlanException>(() => Open().LookAsync(run.RunId, Token));
        (await Open().ReadJournalAsync(run.RunId, Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task With_an_edited_spec_nothing_is_done()
    {
        var run = await CreateAsync("runStarted");
        await run.DisposeAsync();
        await EditSpecAsync(run.RunId, "sqlite:b.db", "sqlite:c.db");

        (await Should.ThrowAsync<PlanException>(() => Open().ReadSpecAsync(run.RunId, Token))).ErrorId.ShouldBe(ErrorIds.PlanChanged);
    }

    [Fact]
    public async Task With_another_plan_that_is_whole_in_itself_nothing_is_done()
    {
        var (spec, plan) = Begin();
        var run = await Open().CreateAsync(spec, plan with { Steps = [] }, Token);
        await run.Journal.AppendAsync(JournalKinds.RunStarted, null, new JsonObject { ["planHash"] = plan.Hash }, Token);
        await run.DisposeAsync();

        // As the beginning of a plan is.
        (await Should.ThrowAsync<PlanException>(() => Open().LookAsync(run.RunId, Token))).ErrorId.ShouldBe(ErrorIds.PlanChanged);
        await Should.ThrowAsync<PlanException>(() => Open().TakeAsync(run.RunId, Token));
        (await Open().ReadJournalAsync(run.RunId, Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_spec_is_kept_as_it_was_read_though_its_file_is_saved_meanwhile()
    {
        var (spec, plan) = Begin();
        await File.WriteAllTextAsync(spec.Path!, "", Token);

        await using var run = await Open().CreateAsync(spec, plan, Token);

        (await Open().ReadSpecAsync(run.RunId, Token)).Hash.ShouldBe(spec.Hash);
    }

    [Fact]
    public async Task A_run_that_is_refused_in_the_moment_of_taking_it_is_left_as_it_was()
    {
        var run = await CreateAsync("runStarted");
        await run.DisposeAsync();
        await EndAsync(run.RunId);
        var before = await Open().LookAsync(run.RunId, Token);
        RunState? asked = null;

        await Should.ThrowAsync<InvalidRequestException>(() => Open().TakeAsync(run.RunId, state => throw new InvalidRequestException((asked = state).RunId), Token));

        asked!.Status.ShouldBe(before.Status);
        (await Open().LookAsync(run.RunId, Token)).Status.ShouldBe(before.Status);
        await (await Open().TakeAsync(run.RunId, Token)).DisposeAsync();
    }

    [Fact]
    public async Task Runs_are_listed_newest_first()
    {
        var ids = new List<string>();
        foreach (var name in new[] { "zebra", "ant", "mouse" })
        {
            var (spec, plan) = Begin(name);
            await using var run = await Open().CreateAsync(spec, plan, Token);
            ids.Insert(0, run.RunId);
            Time.Now += TimeSpan.FromSeconds(1);
        }

        (await Open().ListAsync(Token)).ShouldBe(ids);
    }

    [Fact]
    public async Task Where_no_run_was_begun_there_is_none_and_looking_makes_nothing()
    {
        (await Open().ListAsync(Token)).ShouldBeEmpty();
        (await Should.ThrowAsync<RunNotFoundException>(() => Open().LookAsync("words-1", Token))).Message.ShouldContain("There are no runs there");
        await Should.ThrowAsync<RunNotFoundException>(() => Open().TakeAsync("words-1", Token));
        await Should.ThrowAsync<RunNotFoundException>(() => Open().ReadJournalAsync("words-1", Token));
        await Should.ThrowAsync<RunNotFoundException>(() => Open().ReadSpecAsync("words-1", Token));

        Directory.EnumerateFileSystemEntries(Root).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("words-1")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../words")]
    [InlineData("a\\b")]
    public async Task An_id_that_is_none_is_said_with_what_there_is(string id)
    {
        await using var run = await CreateAsync();

        var error = await Should.ThrowAsync<RunNotFoundException>(() => Open().LookAsync(id, Token));

        error.ErrorId.ShouldBe(ErrorIds.RunNotFound);
        (error.Message.Contains(run.RunId, StringComparison.Ordinal) || error.Message.Contains("not the id of a run", StringComparison.Ordinal)).ShouldBeTrue(error.Message);
    }

    /// <summary>The store as another process finds it.</summary>
    protected abstract IRunStore Open();

    /// <summary>Has the run taken over from an owner that is still there.</summary>
    protected abstract Task OvertakeAsync(string runId);

    protected abstract Task EditJournalAsync(string runId, string was, string becomes);

    protected abstract Task RemoveSecondEntryAsync(string runId);

    protected abstract Task EditPlanAsync(string runId, string was, string becomes);

    protected abstract Task EditSpecAsync(string runId, string was, string becomes);

    protected async Task<RunHandle> CreateAsync(params string[] kinds)
    {
        var (spec, plan) = Begin();
        var run = await Open().CreateAsync(spec, plan, Token);
        foreach (var kind in kinds)
        {
            await run.Journal.AppendAsync(kind, "01-test.add:words", new JsonObject { ["text"] = "ü \"quoted\" \\ 🚚 \0 ' \r\n" }, Token);
        }

        return run;
    }

    protected async Task EndAsync(string runId)
    {
        await using var run = await Open().TakeAsync(runId, Token);
        await run.Journal.AppendAsync(JournalKinds.RunEnded, null, new JsonObject { ["status"] = "Completed", ["verdict"] = "Passed", ["message"] = "done" }, Token);
    }

    protected (MigrationSpec Spec, MigrationPlan Plan) Begin(string id = "words", string source = "sqlite:a.db")
    {
        // Beside the store's root, of which a test may want to see that it stays empty.
        Directory.CreateDirectory(SpecDirectory);
        var file = Path.Combine(SpecDirectory, $"{id}.yaml");
        File.WriteAllText(file, $$"""
            id: {{id}}
            name: Wörter 🚚
            strategy: BigBang
            systems:
              words: { kind: database, source: '{{source}}', target: 'sqlite:b.db' }
            """);
        var spec = new SpecReader().Read(file);
        var steps = new[] { "one", "two" }.Select(word => new StepDraft
        {
            Phase = word,
            System = "words",
            Action = new StepAction("test.add", $"add {word}"),
            Compensation = new StepAction("test.remove", $"remove {word}"),
        });
        return (spec, new MigrationPlan { SpecId = spec.Id, SpecHash = spec.Hash, Strategy = spec.Strategy, Steps = PlanChain.Link(spec.Hash, steps) });
    }
}
