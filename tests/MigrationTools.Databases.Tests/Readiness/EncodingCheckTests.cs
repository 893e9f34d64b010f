using MigrationTools.Databases.Readiness;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Readiness;

public sealed class EncodingCheckTests(PostgresCluster cluster) : ReadinessTests(cluster)
{
    private static readonly EncodingCheck Check = new(Catalog, TimeProvider.System);

    [Fact]
    public async Task Utf8_passes() =>
        (await AskAsync(Check, Spec(NoFile, await PostgresAsync()), "encoding:shop.target")).Evidence.ShouldHaveSingleItem().Observed.ShouldBe("UTF8");

    [Fact]
    public async Task A_sqlite_file_holds_all_of_unicode_in_either_encoding()
    {
        (await AskAsync(Check, Spec(NoFile, await SqliteAsync()), "encoding:shop.target")).Verdict.ShouldBe(Verdict.Passed);
        (await AskAsync(Check, Spec(NoFile, await SqliteAsync("pragma encoding = 'UTF-16le'; create table t (id)")), "encoding:shop.target")).Verdict.ShouldBe(Verdict.Passed);
        (await AskAsync(Check, Spec(NoFile, NoFile), "encoding:shop.target")).Verdict.ShouldBe(Verdict.Passed);
    }

    [Theory]
    [InlineData("LATIN1")]
    [InlineData("SQL_ASCII")]
    public async Task An_encoding_that_holds_less_fails(string encoding)
    {
        await Cluster.EnsureStartedAsync();
        var name = $"small_{Guid.NewGuid():N}";
        await Cluster.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'");

        var result = await AskAsync(Check, Spec(NoFile, Endpoint.Parse(Cluster.UriOf(name), "/")), "encoding:shop.target");
        await Cluster.DropDatabaseAsync(name);

        result.Verdict.ShouldBe(Verdict.Failed);
        result.Message.ShouldContain(encoding);
    }

    [Fact]
    public async Task A_server_that_does_not_say_is_inconclusive()
    {
        var check = new EncodingCheck(CatalogThatSays(info => info with { Encoding = null }), TimeProvider.System);

        (await AskAsync(check, Spec(NoFile, await SqliteAsync()), "encoding:shop.target")).Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_an_error()
    {
        await Cluster.EnsureStartedAsync();

        (await AskAsync(Check, Spec(NoFile, Endpoint.Parse(Cluster.UriOf("nowhere"), "/")), "encoding:shop.target")).Verdict.ShouldBe(Verdict.Error);
    }
}
