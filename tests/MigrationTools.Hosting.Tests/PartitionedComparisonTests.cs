using System.Globalization;
using System.Net;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Partitions;
using MigrationTools.Databases.Postgres;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Hosting.Tests;

/// <summary>What of the endpoints gets into a plan that goes from machine to machine.</summary>
public sealed class PartitionedComparisonTests(PostgresCluster cluster) : IDisposable
{
    private static readonly PartitionSizes Two = new() { Partitions = 2 };

    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_endpoint_with_a_secret_written_out_is_refused()
    {
        await using var database = await cluster.CreateDatabaseAsync();
        var host = Host(null);
        var request = new DataRequest { Source = Sqlite(), Target = Endpoint.Parse(Uri(database.Name, ":geheim"), _bench.RunsDirectory) };

        var error = await Should.ThrowAsync<EndpointException>(() => host.PlanComparisonAsync(request, Two, new ComparisonOptions(), SilentObserver.Instance, TestContext.Current.CancellationToken));

        error.Message.ShouldNotContain("geheim");
        error.Message.ShouldContain("${env:NAME}");
    }

    [Fact]
    public async Task A_credential_opens_the_databases_of_plan_and_partition_and_is_in_neither_file()
    {
        await using var database = await cluster.CreateDatabaseAsync();
        await ExecuteAsync(database, "create table item (id integer primary key, name text); insert into item select i, 'n' || i from generate_series(1, 100) as i");
        var host = Host(new Credentials(null, new NetworkCredential(PostgresCluster.User, PostgresCluster.Password)));
        var request = new DataRequest { Source = Sqlite(), Target = Endpoint.Parse(Uri(database.Name, ""), _bench.RunsDirectory) };

        var plan = await host.PlanComparisonAsync(request, Two, new ComparisonOptions(), SilentObserver.Instance, TestContext.Current.CancellationToken);
        var path = Path.Combine(_bench.RunsDirectory, "plan.json");
        ComparisonPlanFile.Write(plan, path);
        var run = new PartitionRun { Directory = ComparisonPlanFile.ResultsDirectory(path) };
        foreach (var index in new[] { 0, 1 })
        {
            var outcome = await host.ComparePartitionAsync(ComparisonPlanFile.Read(path), index, run, null, SilentObserver.Instance, TestContext.Current.CancellationToken);
            (await File.ReadAllTextAsync(outcome.Path, TestContext.Current.CancellationToken)).ShouldNotContain(PostgresCluster.Password);
        }

        PartitionMerge.Merge(plan, run.Directory, 10).Verdict.ShouldBe(Verdict.Passed);
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        text.ShouldContain(Uri(database.Name, ""));
        text.ShouldNotContain("credential");
        text.ShouldNotContain(PostgresCluster.Password);
    }

    [Fact]
    public async Task What_was_selected_of_the_tables_is_selected_by_every_partition()
    {
        _bench.Sql("left.db", "create table item (id integer primary key, name text); insert into item with recursive n(i) as (select 1 union all select i + 1 from n where i < 100) select i, 'n' || i from n; create table other (id integer primary key)");
        _bench.Sql("right.db", "create table thing (id integer primary key, name text); insert into thing with recursive n(i) as (select 1 union all select i + 1 from n where i < 90) select i, 'm' || i from n");
        var request = new DataRequest
        {
            Source = Endpoint.Parse("sqlite:left.db", _bench.Directory),
            Target = Endpoint.Parse("sqlite:right.db", _bench.Directory),
            Tables = ["item"],
            Selection = new DataSelection { Where = "id <= 80", ExcludeColumns = ["name"], TableMap = new Dictionary<string, string> { ["item"] = "thing" } },
        };
        var plan = await Host(null).PlanComparisonAsync(request, Two, new ComparisonOptions(), SilentObserver.Instance, TestContext.Current.CancellationToken);
        var path = Path.Combine(_bench.Directory, "plan.json");
        ComparisonPlanFile.Write(plan, path);
        var run = new PartitionRun { Directory = _bench.PathOf("results") };

        plan.Partitions.Count.ShouldBe(2);
        foreach (var index in new[] { 0, 1 })
        {
            await Host(null).ComparePartitionAsync(ComparisonPlanFile.Read(path), index, run, null, SilentObserver.Instance, TestContext.Current.CancellationToken);
        }

        var merged = PartitionMerge.Merge(plan, run.Directory, 10);
        merged.Verdict.ShouldBe(Verdict.Passed);
        merged.Systems.Single().Tables.Single().SourceRows.ShouldBe(80);
    }

    [Fact]
    public async Task A_spec_without_a_file_can_not_be_planned_for_others()
    {
        _bench.Sql("source.db", "create table item (id integer primary key)");
        _bench.Sql("target.db", "create table item (id integer primary key)");
        var spec = _bench.Write("""
            id: none
            systems:
              db: { kind: database, source: 'sqlite:source.db', target: 'sqlite:target.db' }
            """) with { Path = null };

        (await Should.ThrowAsync<InvalidRequestException>(() => Host(null).PlanComparisonAsync(
            new DataRequest { Spec = spec }, Two, new ComparisonOptions(), SilentObserver.Instance, TestContext.Current.CancellationToken))).Message.ShouldContain("has no file");
    }

    private static async Task ExecuteAsync(PostgresTestDatabase database, string sql)
    {
        await using var opened = new PostgresProvider().Open(database.Endpoint);
        await using var session = await opened.OpenSessionAsync(TestContext.Current.CancellationToken);
        await session.ExecuteAsync(sql, [], TestContext.Current.CancellationToken);
    }

    private MigrationHost Host(Credentials? credentials) => new(new HostOptions { RunsDirectory = _bench.RunsDirectory, Credentials = credentials });

    private string Uri(string database, string password) =>
        $"postgresql://somebody{password}@127.0.0.1:{cluster.Port.ToString(CultureInfo.InvariantCulture)}/{database}";

    private Endpoint Sqlite()
    {
        _bench.Sql("source.db", "create table item (id integer primary key, name text); insert into item with recursive n(i) as (select 1 union all select i + 1 from n where i < 100) select i, 'n' || i from n");
        return Endpoint.Parse("sqlite:source.db", _bench.Directory);
    }
}
