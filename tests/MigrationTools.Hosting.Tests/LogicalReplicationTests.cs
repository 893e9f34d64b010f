using System.Globalization;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Tests.Postgres;
using MigrationTools.Tests.Time;

namespace MigrationTools.Hosting.Tests;

/// <summary>Blue and green kept in step by a real server's logical replication.</summary>
public sealed class LogicalReplicationTests(PostgresCluster cluster)
{
    private const string DetachAndDrop =
        """
        do $$
        declare name text;
        begin
            select subname into name from pg_subscription where subdbid = (select oid from pg_database where datname = current_database());
            execute format('alter subscription %I disable', name);
            execute format('alter subscription %I set (slot_name = none)', name);
            execute format('drop subscription %I', name);
        end $$
        """;

    private const string Senders = "select active_pid from pg_replication_slots where database = current_database() and slot_name like 'pg\\_%\\_sync\\_%' and active";
    private const string WaitingSenders = $"select count(*) from ({Senders}) s where cardinality(pg_blocking_pids(active_pid)) > 0";

    [Fact]
    public async Task What_is_written_during_the_copy_arrives_and_the_proof_passes_under_the_fence()
    {
        await using var bench = await ReplicationBench.MakeAsync(cluster);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var writing = bench.WriteUntilFencedAsync(150, ending.Token);

        var state = await bench.Work.RunAsync(bench.Spec());

        var written = await writing;
        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        state.Verdict.ShouldBe(Verdict.Passed, state.Message);
        written.ShouldBeGreaterThan(0);
        (await bench.RowsAsync(bench.Green)).ShouldBe(await bench.RowsAsync(bench.Blue));
        (await bench.LeftAsync()).ShouldBeEmpty();
        var lag = state.Steps.Single(step => step.Step.Action.Verb == "database.awaitLag");
        lag.Checks.ShouldHaveSingleItem().Evidence.Count.ShouldBe(3);
        ((long)lag.Data["lagBytes"]!).ShouldBe(0);
        var cutOver = state.Steps.Single(step => step.Step.Action.Verb == "database.cutOver");
        ((long)cutOver.Data["fencedMs"]!).ShouldBeGreaterThan(0);
        cutOver.Summary!.ShouldContain("writers were kept out of the source for");
    }

    [Fact]
    public async Task Sequences_stand_where_the_source_s_stood_although_no_row_has_that_number()
    {
        await using var bench = await ReplicationBench.MakeAsync(cluster);

        await bench.CompleteAsync();

        (await bench.OfGreenAsync("insert into customer (name) values ('new') returning id")).ShouldBe("701");
    }

    [Fact]
    public async Task After_cut_over_a_rollback_leaves_nothing_on_either_side()
    {
        await using var bench = await ReplicationBench.MakeAsync(cluster);
        var empty = await PostgresDump.OfAsync(cluster, bench.Green.Name);
        var blue = await PostgresDump.OfAsync(cluster, bench.Blue.Name);
        await bench.CompleteAsync();

        var state = await bench.Work.RollbackAsync();

        state.Status.ShouldBe(RunStatus.RolledBack, state.Message);
        (await PostgresDump.OfAsync(cluster, bench.Green.Name)).ShouldBe(empty);
        (await PostgresDump.OfAsync(cluster, bench.Blue.Name)).ShouldBe(blue);
        (await bench.LeftAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_run_after_a_rollback_meets_nothing_of_the_first()
    {
        await using var bench = await ReplicationBench.MakeAsync(cluster);
        await bench.CompleteAsync();
        (await bench.Work.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack);

        var state = await bench.Work.RunAsync(bench.Spec());

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        (await bench.RowsAsync(bench.Green)).ShouldBe(await bench.RowsAsync(bench.Blue));
    }

    [Fact]
    public async Task No_file_of_the_run_and_no_catalog_of_the_tool_shows_the_password()
    {
        await using var bench = await ReplicationBench.MakeAsync(cluster);
        await bench.CompleteAsync();

        var files = Directory.EnumerateFiles(bench.Work.RunsDirectory, "*", SearchOption.AllDirectories).ToList();

        files.ShouldNotBeEmpty();
        foreach (var file in files)
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            text.ShouldNotContain(PostgresCluster.Password, customMessage: file);
            text.ShouldNotContain(Uri.EscapeDataString(PostgresCluster.Password), customMessage: file);
        }
    }

    [Fact]
    public async Task A_source_that_the_target_s_server_can_t_reach_is_told_without_its_password_and_rolls_back()
    {
        await using var bench = await ReplicationBench.MakeAsync(cluster);
        var empty = await PostgresDump.OfAsync(cluster, bench.Green.Name);
        Environment.SetEnvironmentVariable("MIGRATIONTOOLS_TEST_WRONG", "s3cret-of-nobody");
        var spec = bench.Spec(more: string.Create(CultureInfo.InvariantCulture, $"replicationSource: 'postgresql://{PostgresCluster.User}:${{env:MIGRATIONTOOLS_TEST_WRONG}}@127.0.0.1:{cluster.Port}/{bench.Blue.Name}'"));

        var held = await bench.Work.RunAsync(spec);

        held.Status.ShouldBe(RunStatus.Held, held.Message);
        held.Message!.ShouldContain("publisher");
        held.Message.ShouldNotContain("s3cret");
        (await bench.LeftAsync()).ShouldNotBeEmpty();
        var state = await bench.Work.RollbackAsync();
        state.Status.ShouldBe(RunStatus.RolledBack, state.Message);
        (await bench.LeftAsync()).ShouldBeEmpty();
        (await PostgresDump.OfAsync(cluster, bench.Green.Name)).ShouldBe(empty);
        (await File.ReadAllTextAsync(Path.Combine(cluster.DirectoryPath, "log"), TestContext.Current.CancellationToken)).ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task Where_the_last_changes_do_not_arrive_in_time_the_run_holds_and_goes_on_when_they_do()
    {
        await using var bench = await ReplicationBench.MakeAsync(cluster, store => new PausingStore(store, "database.fence"));
        var spec = bench.Spec(more: "replicationDeadline: 1s");
        var pausing = (PausingStore)bench.Work.Host.Runs;
        pausing.Then = async () =>
        {
            // The worker is stopped after the copy, so that what is written now stays on its way.
            await bench.OfGreenAsync("do $$ declare s text; begin select subname into s from pg_subscription where subdbid = (select oid from pg_database where datname = current_database()); execute format('alter subscription %I disable', s); end $$");
            await bench.OfBlueAsync("set transaction read write; insert into customer (name) select 'on its way' from generate_series(1, 50)");
        };

        var held = await bench.Work.RunAsync(spec);

        held.Status.ShouldBe(RunStatus.Held, held.Message);
        held.Verdict.ShouldBe(Verdict.Inconclusive, held.Message);
        var lag = held.Steps.Single(step => step.Step.Action.Verb == "database.awaitLag");
        ((long)lag.Data["lagBytes"]!).ShouldBeGreaterThan(0);
        await bench.OfGreenAsync("do $$ declare s text; begin select subname into s from pg_subscription where subdbid = (select oid from pg_database where datname = current_database()); execute format('alter subscription %I enable', s); end $$");
        pausing.Then = null;
        var state = await ResumeUntilArrivedAsync(bench.Work);
        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        (await bench.RowsAsync(bench.Green)).ShouldBe(await bench.RowsAsync(bench.Blue));
    }

    [Fact]
    public async Task A_rollback_drops_a_slot_whose_subscription_is_gone()
    {
        await using var bench = await ReplicationBench.MakeAsync(cluster, store => new PausingStore(store, "database.awaitSync"));
        ((PausingStore)bench.Work.Host.Runs).Then = async () => await bench.OfGreenAsync(DetachAndDrop);
        (await bench.Work.RunAsync(bench.Spec(more: "replicationDeadline: 1s"))).Status.ShouldBe(RunStatus.Held);
        (await bench.LeftAsync()).ShouldContain("mt_");

        var state = await bench.Work.RollbackAsync();

        state.Status.ShouldBe(RunStatus.RolledBack, state.Message);
        (await bench.LeftAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rollback_without_the_source_cleans_the_target_and_says_that_a_slot_may_be_left()
    {
        await using var other = new PostgresCluster();
        await using var bench = await ReplicationBench.MakeAsync(cluster, store => new PausingStore(store, "database.awaitSync"), other);
        ((PausingStore)bench.Work.Host.Runs).Then = async () => await other.StopAsync();
        (await bench.Work.RunAsync(bench.Spec())).Status.ShouldBe(RunStatus.Held);

        var incomplete = await bench.Work.RollbackAsync();

        incomplete.Status.ShouldBe(RunStatus.RollbackIncomplete, incomplete.Message);
        incomplete.Message!.ShouldContain("slot");
        (await bench.OfGreenAsync("select count(*) from pg_subscription where subdbid = (select oid from pg_database where datname = current_database())")).ShouldBe("0");
        await other.StartAsync();
        (await bench.LeftAsync()).ShouldContain("mt_");
        var state = await bench.Work.RollbackAsync();
        state.Status.ShouldBe(RunStatus.RolledBack, state.Message);
        (await bench.LeftAsync()).ShouldBeEmpty();
    }

    /// <summary>Forced: a table's worker waits for an open transaction of blue, and nobody of the run may end its sender. Dropping would wait for both, for ever.</summary>
    [Fact]
    public async Task A_rollback_that_may_not_end_the_copying_stops_with_who_may_and_goes_on_once_they_did()
    {
        PausingStore? published = null, subscribed = null;
        await using var bench = await ReplicationBench.MakeAsync(cluster, store => subscribed = new PausingStore(published = new PausingStore(store, "database.publish"), "database.subscribe"));
        var login = $"{bench.Green.Name}_mover";
        await bench.OfGreenAsync($"create role {login} login superuser replication password '{PostgresCluster.Password}'");
        await bench.OfBlueAsync($"grant select on all tables in schema public to {login}; grant select on all sequences in schema public to {login}");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        IAsyncDisposable? closed = null, writing = null;
        published!.Then = async () => closed = await bench.OpenAsync(bench.Green, "lock table customer, \"Order\" in share mode");
        subscribed!.Then = async () =>
        {
            writing = await bench.OpenAsync(bench.Blue, "create table unrelated (id int)");
            await closed!.DisposeAsync();
            while (await bench.OfBlueAsync(WaitingSenders) == "0")
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            await bench.OfGreenAsync($"alter role {login} nosuperuser");
            await cancel.CancelAsync();
        };
        var spec = bench.Spec(more: $"replicationSource: '{Workbench.UriOf(cluster, bench.Blue)}'", login: login);
        await Should.ThrowAsync<OperationCanceledException>(() => bench.Work.Host.RunAsync(spec, new RunOptions(), SilentObserver.Instance, cancel.Token));

        var stopped = await bench.Work.OnAnotherHost(new SelfWindingTime()).RollbackAsync();

        stopped.Status.ShouldBe(RunStatus.RollbackIncomplete, stopped.Message);
        stopped.Message!.ShouldContain("is disabled and not dropped");
        stopped.Message.ShouldContain("pg_signal_backend");
        stopped.Message.ShouldContain("roll back again");
        (await bench.LeftAsync()).ShouldContain("mt_");

        // Who may ends them.
        await bench.OfBlueAsync($"select pg_terminate_backend(active_pid) from ({Senders}) s");
        var state = await bench.Work.RollbackAsync();
        await writing!.DisposeAsync();

        state.Status.ShouldBe(RunStatus.RolledBack, state.Message);
        (await bench.LeftAsync()).ShouldBeEmpty();
        await bench.OfGreenAsync($"drop owned by {login}");
        await bench.OfBlueAsync($"drop owned by {login}; drop role {login}");
    }

    [Fact]
    public async Task A_table_without_a_key_is_refused_by_the_plan()
    {
        await using var bench = await ReplicationBench.MakeAsync(cluster);
        await bench.OfBlueAsync("create table keyless (id int)");

        var refused = await Should.ThrowAsync<PlanException>(() => bench.Work.RunAsync(bench.Spec()));

        refused.ErrorId.ShouldBe(ErrorIds.PlanImpossible);
        refused.Message.ShouldContain("without a primary key or a replica identity: public.keyless");
        (await bench.LeftAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_column_without_its_like_on_the_target_is_refused_by_the_plan()
    {
        await using var bench = await ReplicationBench.MakeAsync(cluster);
        await bench.OfGreenAsync("create table customer (id bigint primary key); create table \"Order\" (id int primary key, customer_id bigint, total numeric(12, 2))");

        var refused = await Should.ThrowAsync<PlanException>(() => bench.Work.RunAsync(bench.Spec()));

        refused.Message.ShouldContain("customer");
        refused.Message.ShouldContain("name");
    }

    [Fact]
    public async Task A_strategy_that_fences_before_it_copies_is_refused()
    {
        await using var bench = await ReplicationBench.MakeAsync(cluster);

        var refused = await Should.ThrowAsync<PlanException>(() => bench.Work.RunAsync(bench.Spec(strategy: "BigBang")));

        refused.Message.ShouldContain("BigBang does not");
    }

    // The worker starts again when the server's launcher looks for it; each resume waits a second for it.
    private static async Task<RunState> ResumeUntilArrivedAsync(Workbench work)
    {
        var state = await work.ResumeAsync();
        for (var tries = 0; tries < 60 && state.Status == RunStatus.Held; tries++)
        {
            state = await work.ResumeAsync();
        }

        return state;
    }
}
