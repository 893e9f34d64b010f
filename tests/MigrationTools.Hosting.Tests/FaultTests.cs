using System.Text.Json.Nodes;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Hosting.Tests;

/// <summary>What happens at 3 a.m.: the process killed, the server killed, the disk full, somebody's Ctrl+C, a second run, an edited journal.</summary>
public sealed class FaultTests : IDisposable
{
    // Slow enough that a copy of 4,000 rows is still under way when it is looked for.
    private const string Slowly = "{ chunkRows: 200, parallelism: 1, maxRowsPerSecond: 1500 }";

    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Killed_in_the_middle_of_copying_a_run_resumes_without_loss_or_doubles()
    {
        WriteSlow("sqlite:target.db");
        using (var run = CommandLine.Start(_bench, "run", "migration.yaml"))
        {
            await CopyingAsync(run);
            await run.KillAsync();
        }

        (await _bench.LookAsync()).Status.ShouldBe(RunStatus.Interrupted);
        var before = (long)_bench.Scalar("target.db", "select count(*) from person")!;
        before.ShouldBeInRange(1, 3_999);

        using var resume = CommandLine.Start(_bench, "resume", await _bench.RunIdAsync());
        var end = await resume.EndAsync();

        end.ExitCode.ShouldBe(0, end.Output + end.Error);
        _bench.Scalar("target.db", "select count(*) || ' ' || count(distinct id) from person").ShouldBe("4000 4000");
        var copied = (await _bench.LookAsync()).Steps.Single(step => step.Step.Action.Verb == "database.copy");
        copied.Data["tables"]!.AsArray().Sum(table => table!["resumedRows"]!.GetValue<long>()).ShouldBeGreaterThanOrEqualTo(before);
    }

    [Fact]
    public async Task Killed_at_random_moments_a_run_ends_completed_or_undone()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 4; round++)
        {
            using var bench = new Workbench();
            bench.Small(rows: 400);
            using (var run = CommandLine.Start(bench, "run", "migration.yaml"))
            {
                await UntilAsync(run, () => JournalLengthOf(bench) > random.Next(1, 30));
                await run.KillAsync();
            }

            if ((await bench.Host.Runs.ListAsync(TestContext.Current.CancellationToken)).Count == 0 || (await bench.LookAsync()).IsFinal)
            {
                continue;
            }

            var state = round % 2 == 0 ? await bench.ResumeAsync() : await bench.RollbackAsync();
            state.Verdict.ShouldBe(Verdict.Passed, $"round {round}: {state.Message}");
            state.Status.ShouldBe(round % 2 == 0 ? RunStatus.Completed : RunStatus.RolledBack);
        }
    }

    [Fact]
    public async Task A_server_killed_during_a_run_leaves_a_state_that_status_explains_and_resume_finishes()
    {
        // A server of its own: the others of the assembly must not lose theirs.
        await using var cluster = new PostgresCluster();
        cluster.SkipWhereMissing();
        var target = await cluster.CreateDatabaseAsync();
        WriteSlow(Workbench.UriOf(cluster, target));
        using (var run = CommandLine.Start(_bench, "run", "migration.yaml"))
        {
            await CopyingAsync(run);
            await cluster.KillAsync();
            var end = await run.EndAsync();
            end.ExitCode.ShouldBe(3, end.Output + end.Error);
        }

        var held = await _bench.LookAsync();
        held.Status.ShouldBe(RunStatus.Held);
        held.Message.ShouldContain("resume");
        held.Steps.Single(step => step.Step.Action.Verb == "database.copy").ErrorId.ShouldBe(ErrorIds.EndpointUnavailable);

        await cluster.StartAsync();
        var state = await _bench.ResumeAsync();
        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        state.Verdict.ShouldBe(Verdict.Passed, state.Message);
    }

    [Fact]
    public async Task Ctrl_C_ends_a_run_with_130_and_it_can_be_resumed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals on Windows");
        WriteSlow("sqlite:target.db");
        using (var run = CommandLine.Start(_bench, "run", "migration.yaml"))
        {
            await CopyingAsync(run);
            await run.InterruptAsync();
            var end = await run.EndAsync();
            end.ExitCode.ShouldBe(130, end.Output + end.Error);
        }

        (await _bench.LookAsync()).Status.ShouldBe(RunStatus.Interrupted);
        (await _bench.ResumeAsync()).Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task A_second_process_does_not_get_a_run_that_is_going()
    {
        WriteSlow("sqlite:target.db");
        using var run = CommandLine.Start(_bench, "run", "migration.yaml");
        await CopyingAsync(run);

        using var second = CommandLine.Start(_bench, "run", "migration.yaml");
        using var resume = CommandLine.Start(_bench, "resume", await _bench.RunIdAsync());
        var refusedRun = await second.EndAsync();
        var refusedResume = await resume.EndAsync();

        refusedRun.ExitCode.ShouldBe(2, refusedRun.Error);
        refusedRun.Error.ShouldContain(ErrorIds.RunOwned);
        refusedResume.ExitCode.ShouldBe(2, refusedResume.Error);
        (await run.EndAsync()).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task An_edited_journal_stops_everything_and_changes_nothing()
    {
        var run = await _bench.RunAsync(_bench.Small());
        var journal = Path.Combine(run.Directory, "journal.jsonl");
        var text = await File.ReadAllTextAsync(journal, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(journal, text.Replace("\"committed\"", "\"c0mmitted\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        await Should.ThrowAsync<JournalException>(() => _bench.RollbackAsync());

        File.Exists(_bench.PathOf("target.db")).ShouldBeTrue();
        using var status = CommandLine.Start(_bench, "status", run.RunId);
        (await status.EndAsync()).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task A_full_disk_holds_the_run_and_with_room_it_resumes()
    {
        Assert.SkipUnless(Tmpfs.CanMount, "a small file system can only be mounted as root");
        using var disk = new Tmpfs(_bench.PathOf("disk"), "200k");
        WriteSlow("sqlite:disk/target.db", "{ chunkRows: 500 }");
        var spec = _bench.Host.ReadSpec(_bench.PathOf("migration.yaml"));

        // Readiness would say no: the test wants to see what happens when the room goes while it runs.
        var held = await _bench.RunAsync(spec, new RunOptions { Waivers = new Dictionary<string, string> { ["resources:*"] = "the test fills the disk" } });

        held.Status.ShouldBe(RunStatus.Held, held.Message);
        held.Steps.ShouldContain(step => step.ErrorId == ErrorIds.DiskFull, held.Message);

        disk.Resize("16m");
        var state = await _bench.ResumeAsync();
        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        _bench.Scalar("disk/target.db", "select count(*) || ' ' || count(distinct id) from person").ShouldBe("4000 4000");
    }

    [Fact]
    public async Task Values_that_the_target_cannot_hold_are_found_before_anything_is_changed()
    {
        _bench.Small();
        _bench.Sql("source.db", "update person set wage = 'a lot' where id = 7");
        _bench.Sql("target.db", "create table person (id integer primary key, name text not null, team_id integer not null, wage integer)");
        Directory.CreateDirectory(_bench.PathOf("rejected"));

        var state = await _bench.RunAsync(_bench.Host.ReadSpec(_bench.PathOf("migration.yaml")));

        state.Status.ShouldBe(RunStatus.NotReady);
        state.Readiness.ShouldContain(check => check.Category == "compatibility" && check.Verdict == Verdict.Failed, state.Message);
        state.Readiness.Where(check => check.Verdict == Verdict.Failed).ShouldAllBe(check => check.Remedy != null);
        _bench.Scalar("target.db", "select count(*) from person").ShouldBe(0L);
    }

    [Fact]
    public async Task Rows_in_the_target_are_not_ready_and_stay()
    {
        var spec = _bench.Small();
        _bench.Sql("target.db", "create table person (id integer primary key, name text not null, team_id integer not null, wage decimal(10,2)); insert into person values (1, 'theirs', 1, null)");

        var state = await _bench.RunAsync(spec);

        state.Status.ShouldBe(RunStatus.NotReady);
        _bench.Scalar("target.db", "select name from person").ShouldBe("theirs");
    }

    private void WriteSlow(string target, string copy = Slowly)
    {
        _bench.Small(rows: 4_000);
        var text = File.ReadAllText(_bench.PathOf("migration.yaml"))
            .Replace("target: sqlite:target.db", $"target: {target}", StringComparison.Ordinal)
            .Replace("copy: { chunkRows: 20, parallelism: 1 }", $"copy: {copy}", StringComparison.Ordinal);
        _bench.Write(text);
    }

    /// <summary>Until the copy step has begun and some of its chunks are likely to be committed: its journalled intent, and then the copy's own pace.</summary>
    private async Task CopyingAsync(CommandLine run)
    {
        await UntilAsync(run, () => Journal(_bench).Contains("\"kind\":\"intent\",\"step\":\"05-database.copy", StringComparison.Ordinal));
        // 1,500 rows a second in chunks of 200: after a second some are in and most are not.
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        run.HasExited.ShouldBeFalse();
    }

    private static int JournalLengthOf(Workbench bench) => Journal(bench).Count(character => character == '\n');

    private static string Journal(Workbench bench)
    {
        var file = Directory.Exists(bench.RunsDirectory) ? Directory.EnumerateFiles(bench.RunsDirectory, "journal.jsonl", SearchOption.AllDirectories).FirstOrDefault() : null;
        if (file is null)
        {
            return "";
        }

        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private static async Task UntilAsync(CommandLine run, Func<bool> condition)
    {
        while (!condition())
        {
            if (run.HasExited)
            {
                return;
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
