using MigrationTools.Databases.Readiness;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Readiness;

public sealed class WritableCheckTests(PostgresCluster cluster) : ReadinessTests(cluster)
{
    private static readonly WritableCheck Check = new(Catalog, TimeProvider.System);

    [Fact]
    public async Task A_target_that_takes_writes_passes_and_the_source_is_not_asked()
    {
        var results = await AskAsync(Check, Spec(await SqliteAsync(), await PostgresAsync()));

        results.ShouldHaveSingleItem().Id.ShouldBe("writable:shop.target");
        results[0].Verdict.ShouldBe(Verdict.Passed);
        (await AskAsync(Check, Spec(NoFile, await SqliteAsync()), "writable:shop.target")).Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task A_file_that_is_yet_to_be_made_is_tried_and_nothing_is_left()
    {
        var result = await AskAsync(Check, Spec(NoFile, NoFile), "writable:shop.target");

        result.Verdict.ShouldBe(Verdict.Passed);
        Directory.GetFileSystemEntries(Place).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_place_where_no_file_can_be_made_fails()
    {
        await File.WriteAllTextAsync(Path.Combine(Place, "a-file"), "");

        var result = await AskAsync(Check, Spec(NoFile, Endpoint.Parse("sqlite:a-file/shop.db", Place)), "writable:shop.target");

        result.Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public async Task A_database_that_is_read_only_by_default_fails()
    {
        var target = await PostgresAsync();
        var name = target.Reveal()[(target.Reveal().LastIndexOf('/') + 1)..];
        await Cluster.ExecuteAsync($"ALTER DATABASE {name} SET default_transaction_read_only = on");

        var result = await AskAsync(Check, Spec(NoFile, target), "writable:shop.target");

        result.Verdict.ShouldBe(Verdict.Failed);
        result.Remedy!.ShouldContain("default_transaction_read_only");
    }

    [Fact]
    public async Task A_login_that_may_not_make_tables_fails()
    {
        var result = await AskAsync(Check, Spec(NoFile, await AsStrangerAsync(await PostgresAsync("revoke create on schema public from public"))), "writable:shop.target");

        result.Verdict.ShouldBe(Verdict.Failed);
        result.Remedy!.ShouldContain("GRANT CREATE");
        result.Evidence[1].Observed.ShouldBe("f");
    }

    [Fact]
    public async Task A_source_that_is_to_be_fenced_must_be_the_logins_own()
    {
        var source = await PostgresAsync();
        var target = await SqliteAsync();

        var owner = await AskAsync(Check, Spec(source, target, fence: FenceMode.ReadOnly), "writable:shop.source");
        var stranger = await AskAsync(Check, Spec(await AsStrangerAsync(source), target, fence: FenceMode.ReadOnly), "writable:shop.source");

        owner.Verdict.ShouldBe(Verdict.Passed);
        stranger.Verdict.ShouldBe(Verdict.Failed);
        stranger.Remedy!.ShouldContain("owner");
    }

    [Fact]
    public async Task A_server_without_that_database_is_an_error()
    {
        await Cluster.EnsureStartedAsync();

        (await AskAsync(Check, Spec(NoFile, Endpoint.Parse(Cluster.UriOf("nowhere"), "/")), "writable:shop.target")).Verdict.ShouldBe(Verdict.Error);
    }
}
