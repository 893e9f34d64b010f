using MigrationTools.Databases.Readiness;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Readiness;

public sealed class ResourceCheckTests(PostgresCluster cluster) : ReadinessTests(cluster)
{
    private const long Exbibyte = 1L << 60;

    private static readonly ResourceCheck Check = new(Catalog, TimeProvider.System);

    [Fact]
    public async Task A_target_with_room_for_the_source_passes_unasked()
    {
        var results = await AskAsync(Check, Spec(await SqliteAsync(), NoFile));

        var result = results.ShouldHaveSingleItem();
        result.Id.ShouldBe("resources:shop.target/room");
        result.Verdict.ShouldBe(Verdict.Passed);
        result.Required.ShouldBeTrue();
        result.Evidence.Count.ShouldBe(2);
        long.Parse(result.Evidence[0].Observed!).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_target_with_less_than_a_fifth_more_than_the_source_fails()
    {
        var spec = Spec(await SqliteAsync(), await SqliteAsync());

        (await AskAsync(Saying(free: 1199, size: 1000), spec, "resources:shop.target/room")).Verdict.ShouldBe(Verdict.Failed);
        (await AskAsync(Saying(free: 1200, size: 1000), spec, "resources:shop.target/room")).Verdict.ShouldBe(Verdict.Passed);
    }

    [Theory]
    [InlineData(null, 1000L)]
    [InlineData(1000L, null)]
    public async Task Room_that_can_not_be_seen_is_inconclusive_and_stops_no_one(long? free, long? size)
    {
        var result = await AskAsync(Saying(free, size), Spec(await SqliteAsync(), await SqliteAsync()), "resources:shop.target/room");

        result.Verdict.ShouldBe(Verdict.Inconclusive);
        result.Required.ShouldBeFalse();
    }

    [Fact]
    public async Task A_source_that_can_not_be_asked_for_its_size_is_an_error()
    {
        var result = await AskAsync(Check, Spec(NoFile, NoFile), "resources:shop.target/room");

        result.Verdict.ShouldBe(Verdict.Error);
        result.Required.ShouldBeTrue();
    }

    [Theory]
    [InlineData(1L, Verdict.Passed)]
    [InlineData(Exbibyte, Verdict.Failed)]
    public async Task Free_disk_is_held_against_what_the_spec_asks(long wanted, Verdict verdict)
    {
        var readiness = Wanting(new ResourcesSpec { System = "shop", FreeDisk = wanted });

        var file = await AskAsync(Check, Spec(await SqliteAsync(), await SqliteAsync(), readiness), "resources:shop.target/disk");
        var noFile = await AskAsync(Check, Spec(await SqliteAsync(), NoFile, readiness), "resources:shop.target/disk");

        (file.Verdict, noFile.Verdict).ShouldBe((verdict, verdict));
        file.Evidence.ShouldHaveSingleItem().Expected.ShouldBe($">= {wanted}");
    }

    [Fact]
    public async Task Free_disk_that_can_not_be_seen_is_inconclusive_and_says_how_to_resolve_it()
    {
        var result = await AskAsync(
            Saying(free: null, size: 1), Spec(await SqliteAsync(), await SqliteAsync(), Wanting(new ResourcesSpec { System = "shop", FreeDisk = 1 })), "resources:shop.target/disk");

        result.Verdict.ShouldBe(Verdict.Inconclusive);
        result.Required.ShouldBeTrue();
        result.Remedy!.ShouldContain("measure: command");
    }

    [Theory]
    [InlineData(1, Verdict.Passed)]
    [InlineData(100_000, Verdict.Failed)]
    public async Task Free_connections_are_those_that_the_server_has_left(int wanted, Verdict verdict)
    {
        var readiness = Wanting(new ResourcesSpec { System = "shop", FreeConnections = wanted });

        var result = await AskAsync(Check, Spec(await SqliteAsync(), await PostgresAsync(), readiness), "resources:shop.target/connections");

        result.Verdict.ShouldBe(verdict);
        long.Parse(result.Evidence.ShouldHaveSingleItem().Observed!).ShouldBeInRange(1, 99);
    }

    [Fact]
    public async Task Connections_of_a_file_are_inconclusive()
    {
        var readiness = Wanting(new ResourcesSpec { System = "shop", FreeConnections = 1, Side = EndpointSide.Source });

        var result = await AskAsync(Check, Spec(await SqliteAsync(), NoFile, readiness), "resources:shop.source/connections");

        result.Verdict.ShouldBe(Verdict.Inconclusive);
        result.Remedy!.ShouldContain("Take freeConnections out");
    }

    [Theory]
    [InlineData(1L, Verdict.Passed)]
    [InlineData(Exbibyte, Verdict.Failed)]
    public async Task Free_memory_is_this_machines(long wanted, Verdict verdict) =>
        (await AskAsync(Check, Spec(await SqliteAsync(), NoFile, Wanting(new ResourcesSpec { System = "shop", FreeMemory = wanted })), "resources:shop.target/memory"))
            .Verdict.ShouldBe(verdict);

    [Fact]
    public async Task Memory_that_the_machine_does_not_tell_is_inconclusive()
    {
        var check = new ResourceCheck(Catalog, TimeProvider.System, time => (null, new Evidence("a machine that says nothing", null, time.GetUtcNow())));

        var result = await AskAsync(check, Spec(await SqliteAsync(), NoFile, Wanting(new ResourcesSpec { System = "shop", FreeMemory = 1 })), "resources:shop.target/memory");

        result.Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public async Task A_disk_of_a_server_that_is_not_there_is_an_error()
    {
        await Cluster.EnsureStartedAsync();
        var readiness = Wanting(new ResourcesSpec { System = "shop", FreeDisk = 1, FreeConnections = 1 });

        var spec = Spec(await SqliteAsync(), Endpoint.Parse(Cluster.UriOf("nowhere"), "/"), readiness);

        (await AskAsync(Check, spec, "resources:shop.target/disk")).Verdict.ShouldBe(Verdict.Error);
        (await AskAsync(Check, spec, "resources:shop.target/connections")).Verdict.ShouldBe(Verdict.Error);
    }

    [Fact]
    public async Task A_system_that_is_not_there_is_an_error()
    {
        var results = await AskAsync(Check, Spec(await SqliteAsync(), NoFile, Wanting(new ResourcesSpec { System = "elsewhere", FreeDisk = 1 })));

        results.Single(result => result.Id == "resources").Verdict.ShouldBe(Verdict.Error);
    }

    private static ReadinessSpec Wanting(ResourcesSpec resources) => new() { Resources = resources };

    private static ResourceCheck Saying(long? free, long? size) =>
        new(CatalogThatSays(info => info with { FreeDiskBytes = free, DatabaseBytes = size }), TimeProvider.System);
}
