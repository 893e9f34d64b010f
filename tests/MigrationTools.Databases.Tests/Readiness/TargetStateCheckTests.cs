using MigrationTools.Databases.Readiness;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Readiness;

public sealed class TargetStateCheckTests(PostgresCluster cluster) : ReadinessTests(cluster)
{
    private const string Tables = "create table a (id integer); create table b (id integer);";

    [Fact]
    public async Task A_file_that_is_not_there_is_empty_and_no_pair_is_asked_for()
    {
        var pairs = DelegatePairs.None;

        var result = await AskAsync(Check(pairs), Spec(await SqliteAsync(), NoFile), "target:shop");

        result.Verdict.ShouldBe(Verdict.Passed);
        pairs.Asked.ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Absent_and_empty_tables_pass_and_tables_that_are_not_filled_do_not_matter(bool postgres)
    {
        var planned = postgres ? await PostgresAsync(Tables) : await SqliteAsync(Tables);
        var source = await SqliteAsync(Tables);
        var pairs = await PairsOfAsync(Spec(source, planned).Databases.Single());
        const string real = "create table a (id integer); create table other (id integer); insert into other values (1)";
        var target = postgres ? await PostgresAsync(real) : await SqliteAsync(real);

        var result = await AskAsync(Check(new DelegatePairs(_ => Task.FromResult(pairs))), Spec(source, target), "target:shop");

        result.Verdict.ShouldBe(Verdict.Passed);
        result.Message.ShouldBe("of 2 tables 1 are absent and 1 are empty");
        result.Evidence.Select(evidence => evidence.Observed).ShouldBe(["0", "is not there"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_table_with_rows_fails_with_their_number(bool postgres)
    {
        var target = postgres ? await PostgresAsync(Tables + "insert into b values (1), (2), (3)") : await SqliteAsync(Tables + "insert into b values (1), (2), (3)");

        var result = await AskAsync(Check(new DelegatePairs(PairsOfAsync)), Spec(await SqliteAsync(Tables), target), "target:shop");

        result.Verdict.ShouldBe(Verdict.Failed);
        result.Message.ShouldBe($"not empty: {(postgres ? "public." : "")}b (3 rows)");
    }

    [Fact]
    public async Task A_name_without_a_schema_means_every_table_of_that_name()
    {
        var source = await SqliteAsync("create table a (id integer)");
        var pairs = await PairsOfAsync(Spec(source, await SqliteAsync("create table a (id integer)")).Databases.Single());
        var target = await PostgresAsync("create table a (id integer); create schema old; create table old.a (id integer); insert into old.a values (1)");

        (await AskAsync(Check(new DelegatePairs(_ => Task.FromResult(pairs))), Spec(source, target), "target:shop")).Message.ShouldBe("not empty: old.a (1 rows)");
    }

    [Fact]
    public async Task Without_a_table_to_fill_it_is_inconclusive() =>
        (await AskAsync(Check(DelegatePairs.None), Spec(NoFile, await SqliteAsync()), "target:shop")).Verdict.ShouldBe(Verdict.Inconclusive);

    [Fact]
    public async Task Pairs_that_can_not_be_told_are_an_error()
    {
        var pairs = new DelegatePairs(_ => throw new InvalidRequestException("the map names no such table"));

        var result = await AskAsync(Check(pairs), Spec(NoFile, await SqliteAsync()), "target:shop");

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldBe("the map names no such table");
    }

    [Fact]
    public async Task A_skipped_question_asks_for_no_pairs()
    {
        var pairs = new DelegatePairs(PairsOfAsync);

        var result = await AskAsync(Check(pairs), Spec(NoFile, Endpoint.Parse("sqlite:/no/such.db", "/"), Skipping("target:*")), "target:shop");

        result.Verdict.ShouldBe(Verdict.Skipped);
        pairs.Asked.ShouldBe(0);
    }

    private static TargetStateCheck Check(ITablePairSource pairs) => new(Catalog, pairs, TimeProvider.System);
}
