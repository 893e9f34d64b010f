using System.Net;
using System.Net.Sockets;
using MigrationTools.Databases.Readiness;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Readiness;

public sealed class DatabaseHealthCheckTests(PostgresCluster cluster) : ReadinessTests(cluster)
{
    private static readonly DatabaseHealthCheck Check = new(Catalog, TimeProvider.System);

    [Fact]
    public async Task Both_sides_answer_with_their_versions()
    {
        var spec = Spec(await SqliteAsync(), await PostgresAsync());

        var source = await AskAsync(Check, spec, "health:shop.source");
        var target = await AskAsync(Check, spec, "health:shop.target");

        source.Verdict.ShouldBe(Verdict.Passed);
        source.Message.ShouldMatch(@"^SQLite 3\.\d+\.\d+ answers$");
        target.Verdict.ShouldBe(Verdict.Passed);
        target.Evidence.ShouldHaveSingleItem().Observed!.ShouldMatch(@"^PostgreSQL \d+\.\d+");
    }

    [Fact]
    public async Task A_source_file_that_is_not_there_fails()
    {
        var result = await AskAsync(Check, Spec(NoFile, NoFile), "health:shop.source");

        result.Verdict.ShouldBe(Verdict.Failed);
        File.Exists(Path.Combine(Place, "none.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_target_file_that_is_yet_to_be_made_passes_where_its_directory_is_there()
    {
        var there = await AskAsync(Check, Spec(NoFile, NoFile), "health:shop.target");
        var elsewhere = await AskAsync(Check, Spec(NoFile, Endpoint.Parse("sqlite:no/such/directory/shop.db", Place)), "health:shop.target");

        there.Verdict.ShouldBe(Verdict.Passed);
        elsewhere.Verdict.ShouldBe(Verdict.Failed);
        elsewhere.Remedy!.ShouldContain("Make the directory");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_an_error()
    {
        await File.WriteAllTextAsync(Path.Combine(Place, "none.db"), new string('x', 5000));

        var result = await AskAsync(Check, Spec(NoFile, NoFile), "health:shop.source");

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("none.db");
    }

    [Fact]
    public async Task A_database_that_the_server_does_not_have_fails()
    {
        await Cluster.EnsureStartedAsync();

        var result = await AskAsync(Check, Spec(NoFile, Endpoint.Parse(Cluster.UriOf("nowhere"), "/")), "health:shop.target");

        result.Verdict.ShouldBe(Verdict.Failed);
        result.Remedy!.ShouldContain("Create the database");
    }

    [Fact]
    public async Task A_refused_password_is_an_error_without_the_password()
    {
        await Cluster.EnsureStartedAsync();

        var result = await AskAsync(Check, Spec(NoFile, Endpoint.Parse(Cluster.UriOf("postgres", PostgresCluster.User, "hidden!"), "/")), "health:shop.target");

        result.Verdict.ShouldBe(Verdict.Error);
        result.ToString().ShouldNotContain("hidden");
        string.Concat(result.Evidence).ShouldNotContain("hidden");
    }

    [Fact]
    public async Task A_server_that_is_down_is_an_error_and_the_other_side_still_answers()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var results = await AskAsync(Check, Spec(Endpoint.Parse($"postgresql://me@127.0.0.1:{port}/shop", "/"), await SqliteAsync()));

        results.Select(result => result.Verdict).ShouldBe([Verdict.Error, Verdict.Passed]);
        results[0].Remedy!.ShouldContain("Start the server");
    }

    [Fact]
    public async Task A_scheme_that_no_engine_serves_is_an_error()
    {
        var result = await AskAsync(Check, Spec(Endpoint.Parse("db2:shop", "/"), NoFile), "health:shop.source");

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("db2");
    }
}
