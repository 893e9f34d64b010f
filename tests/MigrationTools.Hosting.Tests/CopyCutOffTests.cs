using System.Globalization;
using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Hosting.Tests;

/// <summary>A copy without a run, killed in the middle: what it put aside comes back, whoever goes on with it and from wherever.</summary>
public sealed class CopyCutOffTests(PostgresCluster cluster) : IDisposable
{
    private readonly Workbench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task Killed_and_gone_on_with_on_another_host_it_leaves_the_target_with_its_keys_and_indexes(string engine)
    {
        await using var database = engine == "sqlite" ? null : await CreateAsync();
        var target = database is null ? $"sqlite:{_bench.PathOf("target.db")}" : Workbench.UriOf(cluster, database);
        _bench.Small(rows: 4_000);
        using (var copy = CommandLine.Start(_bench, "copy", "--source", Source, "--target", target, "--chunk-rows", "100", "--max-rows-per-second", "200"))
        {
            // Never all of it, however late this looks: it takes two thirds of a minute.
            while (!copy.HasExited && await CopiedAsync(target) == 0)
            {
                await Task.Delay(20, Token);
            }

            await copy.KillAsync();
        }

        (await CopiedAsync(target)).ShouldBeInRange(1, 8_002);
        (await IndexesAsync(target)).ShouldBe(0);
        var copied = await CopyAsync(_bench.OnAnotherHost(), Source, target);

        copied.Sum(table => table.Rows).ShouldBe(8_003);
        copied.Sum(table => table.ResumedRows).ShouldBeGreaterThan(0);
        (await IndexesAsync(target)).ShouldBe(1);
        var schema = await SchemaAsync(target);
        schema.Tables.Select(table => table.Name.Name).ShouldBe(["log \"odd\"", "person", "team"], ignoreOrder: true);
        schema.Tables.Single(table => table.Name.Name == "person").PrimaryKey.ShouldNotBeNull();
        schema.Tables.Single(table => table.Name.Name == "person").ForeignKeys.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Another_database_of_the_same_name_does_not_go_on_with_it()
    {
        _bench.Sql("source.db", "create table a (id integer primary key); insert into a with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) select i from n");
        var elsewhere = Directory.CreateDirectory(_bench.PathOf("elsewhere")).FullName;
        File.Copy(_bench.PathOf("source.db"), Path.Combine(elsewhere, "source.db"));
        _bench.Sql("target.db", "create table a (id integer primary key check (id <> 4900))");
        await Should.ThrowAsync<MigrationToolsException>(() => CopyAsync(_bench, "sqlite:source.db", "sqlite:target.db", new CopySpec { ChunkRows = 1000 }));
        var brought = _bench.Scalar("target.db", "select count(*) from a");
        brought.ShouldNotBe(0L);

        var refused = await Should.ThrowAsync<InvalidRequestException>(() => CopyAsync(_bench, "sqlite:source.db", $"sqlite:{_bench.PathOf("target.db")}", directory: elsewhere));

        refused.Message.ShouldContain("rows already");
        _bench.Scalar("target.db", "select count(*) from a").ShouldBe(brought);
    }

    [Fact]
    public async Task A_number_that_the_source_gave_out_and_deleted_is_not_given_out_by_the_target()
    {
        await using var database = await CreateAsync();
        var target = Workbench.UriOf(cluster, database);
        _bench.Sql("source.db", "create table a (id integer primary key autoincrement, v text); insert into a values (1, 'x'), (77, 'y'); delete from a where id = 77");

        await CopyAsync(_bench, Source, target);

        await using var opened = Open(target);
        await using var session = await opened.OpenSessionAsync(Token);
        (await session.QueryAsync("insert into a (v) values ('new') returning id", [], Token))[0][0].ShouldBe("78");
    }

    private string Source => $"sqlite:{_bench.PathOf("source.db")}";

    private async Task<PostgresTestDatabase> CreateAsync()
    {
        cluster.SkipWhereMissing();
        return await cluster.CreateDatabaseAsync();
    }

    private IDatabase Open(string uri) => new DatabaseCatalog([new SqliteProvider(TimeProvider.System), new PostgresProvider()]).Open(Endpoint.Parse(uri, _bench.Directory));

    private async Task<DatabaseSchema> SchemaAsync(string target)
    {
        await using var database = Open(target);
        return await database.ReadSchemaAsync(Token);
    }

    private async Task<int> IndexesAsync(string target) =>
        (await SchemaAsync(target)).Tables.Single(table => table.Name.Name == "person").Indexes.Count(index => index.Name == "person_name");

    /// <summary>Rows that the copy has committed, by its own bookmarks.</summary>
    private async Task<long> CopiedAsync(string target)
    {
        // The whole schema is not read meanwhile: of an index that is being dropped PostgreSQL tells no definition.
        await using var database = Open(target);
        try
        {
            await using var session = await database.OpenSessionAsync(Token);
            return long.Parse((await session.QueryAsync($"select coalesce(sum(copied_rows), 0) from {CopyProgress.TableName}", [], Token))[0][0]!, CultureInfo.InvariantCulture);
        }
        catch (DatabaseException)
        {
            return 0;
        }
    }

    private static async Task<List<TableCopyResult>> CopyAsync(Workbench bench, string source, string target, CopySpec? copy = null, string? directory = null)
    {
        var request = new DataRequest
        {
            Source = Endpoint.Parse(source, directory ?? bench.Directory),
            Target = Endpoint.Parse(target, directory ?? bench.Directory),
        };
        var results = new List<TableCopyResult>();
        await foreach (var table in bench.Host.CopyAsync(request, copy ?? new CopySpec(), SilentObserver.Instance, Token))
        {
            results.Add(table);
        }

        return results;
    }
}
