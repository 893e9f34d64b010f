using MigrationTools.Databases.Comparison;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Hosting.Tests;

/// <summary>Queries in the place of tables: of one system, without a repair script, and with connections that are closed.</summary>
public sealed class ComparedQueriesTests(PostgresCluster cluster) : IDisposable
{
    private static readonly DataSelection Queries = new() { SourceQuery = "select 1 as a", TargetQuery = "select 1 as a" };

    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_repair_script_of_queries_is_refused_before_anything_is_opened()
    {
        var request = new DataRequest { Source = Sqlite("nowhere.db"), Target = Sqlite("nowhere.db"), Selection = Queries };
        var error = await Should.ThrowAsync<InvalidRequestException>(() => CompareAsync(request, new ComparisonFiles { RepairScript = _bench.PathOf("repair.sql"), Differences = _bench.PathOf("all.jsonl") }));
        error.Message.ShouldContain("of a query it can't be made");
        Directory.EnumerateFiles(_bench.Directory).ShouldNotContain(file => file.Contains("all.jsonl", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Queries_of_several_systems_are_refused_and_these_are_named()
    {
        _bench.Sql("a.db", "create table t (id integer primary key)");
        _bench.Sql("b.db", "create table t (id integer primary key)");
        var spec = _bench.Write("""
            id: two
            systems:
              orders: { kind: database, source: 'sqlite:a.db', target: 'sqlite:b.db' }
              stock: { kind: database, source: 'sqlite:a.db', target: 'sqlite:b.db' }
            """);
        var error = await Should.ThrowAsync<InvalidRequestException>(() => CompareAsync(new DataRequest { Spec = spec, Selection = Queries }, new ComparisonFiles()));
        error.Message.ShouldContain("there are 2: orders, stock. Name the one that is meant.");
        (await CompareAsync(new DataRequest { Spec = spec, System = "stock", Selection = Queries }, new ComparisonFiles())).ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task No_connection_is_left_after_queries_were_compared()
    {
        await using var database = await cluster.CreateDatabaseAsync();
        var request = new DataRequest { Source = database.Endpoint, Target = database.Endpoint, Selection = Queries };
        (await CompareAsync(request, new ComparisonFiles())).ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Passed);

        // The server refuses while anybody is connected.
        await cluster.QueryAsync("postgres", $"DROP DATABASE \"{database.Name}\"");
    }

    private async Task<List<TableComparison>> CompareAsync(DataRequest request, ComparisonFiles files) =>
        await _bench.Host.CompareAsync(request, new ComparisonOptions(), files, SilentObserver.Instance, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    private Endpoint Sqlite(string file) => Endpoint.Parse($"sqlite:{file}", _bench.Directory);
}
