using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Runs;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Databases.Tests.Copying;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Gates.Watching;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Databases.Tests.Runs;

/// <summary>What a store of runs in a database promises beyond that.</summary>
public abstract class DatabaseRunStoreSuite : RunStoreSuite
{
    private static readonly DatabaseCatalog Catalog = new([new SqliteProvider(), new PostgresProvider()]);

    protected abstract Endpoint Endpoint { get; }

    [Fact]
    public async Task The_run_of_a_process_that_died_can_be_taken_once_its_lease_has_run_out()
    {
        // Neither given back nor renewed: the clock's timers do not fire.
        await using var dead = await CreateAsync("runStarted");

        var refused = await Should.ThrowAsync<RunOwnedException>(() => OpenAt(Time.Later(TimeSpan.FromSeconds(59))).TakeAsync(dead.RunId, Token));
        refused.Message.ShouldContain($"process {Environment.ProcessId} on {Environment.MachineName}");
        refused.Message.ShouldContain("10:16:00Z");

        var later = Time.Later(TimeSpan.FromSeconds(60));
        (await OpenAt(later).LookAsync(dead.RunId, Token)).Status.ShouldBe(RunStatus.Interrupted);
        await using var taken = await OpenAt(later).TakeAsync(dead.RunId, Token);
        taken.Journal.Entries.Select(entry => entry.Epoch).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Of_several_that_take_a_run_over_in_the_same_moment_one_gets_it()
    {
        await using var dead = await CreateAsync("runStarted");
        var later = Time.Later(TimeSpan.FromMinutes(5));

        var takers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                return await OpenAt(later).TakeAsync(dead.RunId, Token);
            }
            catch (RunOwnedException)
            {
                return null;
            }
        }));

        await using var owner = takers.OfType<RunHandle>().ShouldHaveSingleItem();
        (await Open().ReadJournalAsync(dead.RunId, Token)).Select(entry => entry.Kind).ShouldBe(["runStarted", "owned"]);
    }

    [Fact]
    public async Task What_an_owner_shows_is_one_row_that_others_read_while_the_action_is_under_way()
    {
        await using var run = await CreateAsync("runStarted");
        var intent = await run.Journal.AppendAsync("intent", run.Plan.Steps[0].Id, [], Token);
        var gate = new WatchedGate { Step = run.Plan.Steps[0].Id, Intent = intent.Seq, Stage = "canary at 25 %", Since = Time.Now, Deadline = Time.Now, Interval = TimeSpan.FromSeconds(10), Count = 3 };

        await ((IRunBoard)Open()).ShowAsync(run.RunId, gate, Token);
        await ((IRunBoard)Open()).ShowAsync(run.RunId, gate with { Held = 2 }, Token);

        (await Open().LookAsync(run.RunId, Token)).Watching!.Held.ShouldBe(2);
        (await Open().LookAsync(run.RunId, Token)).Watching!.Stage.ShouldBe("canary at 25 %");
        (await Open().ReadJournalAsync(run.RunId, Token)).Count.ShouldBe(run.Journal.Entries.Count);
        await run.Journal.AppendAsync("observed", run.Plan.Steps[0].Id, [], Token);
        (await Open().LookAsync(run.RunId, Token)).Watching.ShouldBeNull();
    }

    [Fact]
    public async Task An_entry_renews_the_lease()
    {
        await using var run = await CreateAsync("runStarted");
        Time.Now += TimeSpan.FromSeconds(50);
        await run.Journal.AppendAsync("intent", null, [], Token);

        await Should.ThrowAsync<RunOwnedException>(() => OpenAt(Time.Later(TimeSpan.FromSeconds(50))).TakeAsync(run.RunId, Token));
    }

    [Fact]
    public async Task A_living_owner_keeps_its_run_through_a_long_step()
    {
        await using var run = await CreateAsync("runStarted");
        Time.Now += TimeSpan.FromSeconds(50);
        Time.Fire();

        var later = OpenAt(Time.Later(TimeSpan.FromSeconds(50)));
        await UntilAsync(async () => (await later.LookAsync(run.RunId, Token)).Status == RunStatus.Running);
        await Should.ThrowAsync<RunOwnedException>(() => later.TakeAsync(run.RunId, Token));
    }

    [Fact]
    public async Task What_a_stale_owner_gives_back_is_not_its_own_any_more()
    {
        var stale = await CreateAsync("runStarted");
        var later = Time.Later(TimeSpan.FromMinutes(5));
        await using var owner = await OpenAt(later).TakeAsync(stale.RunId, Token);

        await stale.DisposeAsync();

        (await OpenAt(later).LookAsync(stale.RunId, Token)).Status.ShouldBe(RunStatus.Running);
        await owner.Journal.AppendAsync("looked", null, [], Token);
    }

    [Fact]
    public async Task An_entry_under_another_number_is_found()
    {
        var run = await CreateAsync("runStarted", "intent");
        await run.DisposeAsync();
        await ExecuteAsync("UPDATE migrationtools_journal SET seq = 5 WHERE seq = 2");

        (await Should.ThrowAsync<JournalException>(() => Open().LookAsync(run.RunId, Token))).Message.ShouldContain("under the number 5");
    }

    [Fact]
    public async Task An_epoch_that_was_set_back_is_found()
    {
        var run = await CreateAsync("runStarted");
        await run.DisposeAsync();
        await ExecuteAsync("UPDATE migrationtools_run SET epoch = 0");

        (await Should.ThrowAsync<JournalException>(() => Open().TakeAsync(run.RunId, Token))).Message.ShouldContain("epoch");
    }

    [Fact]
    public async Task Wherever_the_connection_breaks_the_journal_and_its_owner_agree()
    {
        for (var at = 1; ; at++)
        {
            foreach (var when in new[] { Moment.Before, Moment.After })
            {
                var where = $"call {at}, {when}";
                // Of another spec each time: none is in the way of the next.
                var (spec, plan) = Begin($"{when}-{at}".ToLowerInvariant());
                var made = await Open().CreateAsync(spec, plan, Token);
                await made.DisposeAsync();
                var interference = new Interference(at, when, () => throw new DatabaseException(ErrorIds.EndpointUnavailable, "gone"));
                var appended = await AppendAsync(made.RunId, interference);

                var kept = await Open().ReadJournalAsync(made.RunId, Token);
                if (appended is not null)
                {
                    kept.Select(entry => entry.Hash).ShouldBe(appended.Select(entry => entry.Hash), where);
                    kept.Select(entry => entry.Kind).ShouldBeUnique();
                }

                // Whatever was left, the next owner can go on with it.
                Time.Now += TimeSpan.FromMinutes(2);
                await EndAsync(made.RunId);
                if (!interference.Happened)
                {
                    at.ShouldBeGreaterThan(20);
                    return;
                }
            }
        }
    }

    [Fact]
    public async Task Its_tables_are_no_part_of_what_is_migrated_or_restored()
    {
        await using var run = await CreateAsync("runStarted");
        await ExecuteAsync("CREATE TABLE theirs (id integer PRIMARY KEY)");

        await using var database = Catalog.Open(Endpoint);
        await using var session = await database.OpenSessionAsync(Token);

        (await database.ReadSchemaAsync(Token)).Tables.Select(table => table.Name.Name).ShouldBe(["theirs"]);
        (await database.ReadSchemaAsync(Token)).Others.ShouldBeEmpty();
        await session.BeginAsync(Token);
        (await session.ReadSchemaAsync(Token)).Tables.Select(table => table.Name.Name).ShouldBe(["theirs"]);
    }

    [Fact]
    public async Task A_working_directory_that_others_may_write_in_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("file modes are not Windows'");
            return;
        }

        var (spec, plan) = Begin();
        var open = Path.Combine(Root, "open");
        Directory.CreateDirectory(open);
        File.SetUnixFileMode(open, File.GetUnixFileMode(open) | UnixFileMode.OtherWrite);
        var store = new DatabaseRunStore(Catalog, Endpoint, open, Time);

        (await Should.ThrowAsync<InvalidRequestException>(() => store.CreateAsync(spec, plan, Token))).Message.ShouldContain("chmod");
        (await Open().ListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_working_directory_of_a_run_is_private()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("file modes are not Windows'");
            return;
        }

        await using var run = await CreateAsync();

        File.GetUnixFileMode(run.Directory).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    protected override IRunStore Open() => OpenAt(Time);

    protected override async Task OvertakeAsync(string runId) =>
        await (await OpenAt(Time.Later(TimeSpan.FromMinutes(5))).TakeAsync(runId, Token)).DisposeAsync();

    protected override Task EditJournalAsync(string runId, string was, string becomes) =>
        ExecuteAsync($"UPDATE migrationtools_journal SET line = replace(line, '{was}', '{becomes}') WHERE run_id = '{runId}'");

    protected override Task RemoveSecondEntryAsync(string runId) => ExecuteAsync($"DELETE FROM migrationtools_journal WHERE run_id = '{runId}' AND seq = 2");

    protected override Task EditPlanAsync(string runId, string was, string becomes) =>
        ExecuteAsync($"UPDATE migrationtools_run SET plan = replace(plan, '{was}', '{becomes}') WHERE run_id = '{runId}'");

    protected override Task EditSpecAsync(string runId, string was, string becomes) =>
        ExecuteAsync($"UPDATE migrationtools_run SET spec = replace(spec, '{was}', '{becomes}') WHERE run_id = '{runId}'");

    internal IRunStore OpenAt(StoppedTime time) => OpenAs(Endpoint, time);

    internal IRunStore OpenAs(Endpoint endpoint, StoppedTime time) => new DatabaseRunStore(Catalog, endpoint, Path.Combine(Root, "work"), time);

    protected async Task ExecuteAsync(string sql)
    {
        await using var database = Catalog.Open(Endpoint);
        await using var session = await database.OpenSessionAsync(Token);
        await session.ExecuteAsync(sql, [], Token);
    }

    /// <summary>The entries as their owner knows them after a few tries; null where the run could not even be taken.</summary>
    private async Task<IReadOnlyList<JournalEntry>?> AppendAsync(string runId, Interference interference)
    {
        var catalog = new DatabaseCatalog([new DisturbedProvider(new SqliteProvider(), interference), new DisturbedProvider(new PostgresProvider(), interference)]);
        RunHandle run;
        try
        {
            run = await new DatabaseRunStore(catalog, Endpoint, Path.Combine(Root, "work"), Time).TakeAsync(runId, Token);
        }
        catch (DatabaseException e)
        {
            e.Message.ShouldStartWith("The store of runs:");
            return null;
        }

        await using var dispose = run;
        var failed = 0;
        for (var number = 1; number <= 3 || failed == number; number++)
        {
            try
            {
                await run.Journal.AppendAsync($"entry {number}", null, [], Token);
            }
            catch (DatabaseException)
            {
                // One more after a failure: the next entry finds out what came of the one before.
                failed.ShouldBe(0);
                failed = number + 1;
            }
        }

        return run.Journal.Entries;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(10, Token);
        }
    }

    private sealed class DisturbedProvider(IDatabaseProvider inner, Interference interference) : IDatabaseProvider
    {
        public IReadOnlyList<string> Schemes => inner.Schemes;

        public IDatabase Open(Endpoint endpoint) => new DisturbedDatabase(inner.Open(endpoint), interference);
    }
}
