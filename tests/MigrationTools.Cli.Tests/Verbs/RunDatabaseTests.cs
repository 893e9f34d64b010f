using MigrationTools.Cli.Tests.Driving;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Cli.Tests.Verbs;

/// <summary><c>--runs</c> with a database in place of a directory.</summary>
public sealed class RunDatabaseTests : IDisposable
{
    private readonly PostgresCluster _cluster;
    private readonly Workplace _place = new();

    public RunDatabaseTests(PostgresCluster cluster)
    {
        _cluster = cluster;
        _place.MakeShop("old.db");
    }

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_run_with_its_journal_in_a_file_is_shown_and_taken_back()
    {
        var runs = _place.Sqlite("ops.db");
        var run = await _place.RunAsync("run", _place.WriteSpec(), "--runs", runs);

        run.Code.ShouldBe(0, run.Error);
        var runId = (string)_place.Read("ops.db", "select run_id from migrationtools_run")!;
        run.Out.ShouldContain($"migrationtools rollback {runId} --runs {runs}");
        Directory.Exists(_place.Runs).ShouldBeFalse();

        var list = await _place.RunAsync("status", "--runs", runs, "-o", "json");
        list.Code.ShouldBe(0, list.Error);
        list.Json.GetProperty("runs")[0].GetProperty("runId").GetString().ShouldBe(runId);
        (await _place.RunAsync("status", runId, "--runs", runs)).Out.ShouldContain("Verdict  Passed");
        (await _place.RunAsync("journal", runId, "--runs", runs, "-o", "jsonl")).JsonLines[0].GetProperty("kind").GetString().ShouldBe("runStarted");
        (await _place.RunAsync("report", runId, "--runs", runs)).Code.ShouldBe(0);

        var rollback = await _place.RunAsync("rollback", runId, "--runs", runs);
        rollback.Code.ShouldBe(0, rollback.Error);
        File.Exists(_place["new.db"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_run_with_its_journal_on_a_server_is_proposed_with_the_reference_and_never_with_the_password()
    {
        _cluster.SkipWhereMissing();
        await using var database = await _cluster.CreateDatabaseAsync();
        Environment.SetEnvironmentVariable("MT_CLI_RUNS_PASSWORD", PostgresCluster.Password);
        var runs = $"postgresql://{PostgresCluster.User}:${{env:MT_CLI_RUNS_PASSWORD}}@127.0.0.1:{_cluster.Port}/{database.Name}";

        var none = await _place.RunAsync("status", "--runs", runs);
        var run = await _place.RunAsync("run", _place.WriteSpec(), "--runs", runs);
        var status = await _place.RunAsync("status", "--runs", runs);

        none.Out.ShouldContain($"No runs in postgresql://{PostgresCluster.User}");
        run.Code.ShouldBe(0, run.Error);
        run.Out.ShouldContain($"--runs '{runs}'");
        status.Out.ShouldContain("Completed");
        (none.Out + run.Out + run.Error + status.Out).ShouldNotContain(PostgresCluster.Password);
    }

    [Fact]
    public async Task A_secret_in_it_is_refused_and_not_shown()
    {
        var result = await _place.RunAsync("status", "--runs", "postgresql://me:geheim@localhost/ops");

        result.Code.ShouldBe(2);
        result.Error.ShouldContain("error EndpointInvalid");
        (result.Out + result.Error).ShouldNotContain("geheim");
    }

    [Fact]
    public async Task An_engine_that_is_not_served_is_not_taken_for_a_directory()
    {
        var result = await _place.RunAsync("status", "--runs", "mysql://me@localhost/ops");

        result.Code.ShouldBe(2);
        result.Error.ShouldContain("no database engine for the scheme 'mysql'");
    }

    [Fact]
    public async Task A_server_that_is_not_there_could_not_be_verified()
    {
        var result = await _place.RunAsync("status", "--runs", "postgresql://me@127.0.0.1:1/ops");

        result.Code.ShouldBe(3);
        result.Error.ShouldContain("error EndpointUnavailable");
        result.Error.ShouldContain("The store of runs");
    }

    [Fact]
    public async Task The_file_that_the_run_makes_is_refused_before_anything_is_made()
    {
        var result = await _place.RunAsync("run", _place.WriteSpec(), "--runs", _place.Sqlite("new.db"));

        result.Code.ShouldBe(2);
        result.Error.ShouldContain("target of the system 'shop'");
        File.Exists(_place["new.db"]).ShouldBeFalse();
    }
}
