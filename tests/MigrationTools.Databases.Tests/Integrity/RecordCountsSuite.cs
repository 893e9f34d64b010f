using MigrationTools.Databases.Integrity;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Tests.Integrity;

public abstract class RecordCountsSuite(IScratch scratch) : IntegritySuite(scratch)
{
    private const string Orders = "create table orders (id integer primary key, total integer);";

    [Fact]
    public async Task Equal_numbers_of_rows_pass()
    {
        var (source, target) = (await DatabaseAsync(Orders + "insert into orders values (1, 5), (2, null)"), await DatabaseAsync(Orders + "insert into orders values (7, 1), (8, 1)"));

        var result = await SingleAsync(source, target);

        result.Verdict.ShouldBe(Verdict.Passed);
        (result.SourceRows, result.TargetRows).ShouldBe((2, 2));
        result.Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_row_fails_with_both_counts()
    {
        var (source, target) = (await DatabaseAsync(Orders + "insert into orders values (1, 5), (2, null), (3, 3)"), await DatabaseAsync(Orders + "insert into orders values (1, 5)"));

        var result = await SingleAsync(source, target);

        result.Verdict.ShouldBe(Verdict.Failed);
        (result.SourceRows, result.TargetRows).ShouldBe((3, 1));
        var check = (result with { System = "shop_database" }).ToCheck();
        check.Id.ShouldBe($"counts:shop_database/{result.Target}");
        check.Message.ShouldBe("3 rows in the source, 1 in the target (-2)");
        check.Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Two_empty_tables_pass_and_say_so()
    {
        var result = await SingleAsync(await DatabaseAsync(Orders), await DatabaseAsync(Orders));

        result.Verdict.ShouldBe(Verdict.Passed);
        result.Notes.ShouldBe(["both sides are empty"]);
    }

    [Fact]
    public async Task The_evidence_is_the_sql_that_ran_with_the_value_and_the_redacted_endpoint()
    {
        var (source, target) = (await DatabaseAsync(Orders + "insert into orders values (1, 5)"), await DatabaseAsync(Orders));

        var result = await SingleAsync(source, target);

        result.Evidence.Count.ShouldBe(2);
        result.Evidence[0].Source.ShouldStartWith("SELECT count(*) FROM ");
        result.Evidence.Select(evidence => evidence.Observed).ShouldBe(["1", "0"]);
        result.Evidence[1].Expected.ShouldBe("1");
        result.Evidence[1].Endpoint.ShouldBe(target.Endpoint.Redacted);
        await using var snapshot = await source.OpenSnapshotAsync(default);
        (await snapshot.ScalarAsync(result.Evidence[0].Source, default)).ShouldBe("1");
    }

    [Fact]
    public async Task Only_the_rows_that_the_pair_takes_are_counted()
    {
        var (source, target) = (await DatabaseAsync(Orders + "insert into orders values (1, 5), (2, 9), (3, 9)"), await DatabaseAsync(Orders + "insert into orders values (2, 9), (3, 9)"));
        var pair = (await Pairs.ByNameAsync(source, target)).Single();

        var whole = await CountAsync(source, target, pair with { Where = "total = 9 -- a comment" });
        var query = await CountAsync(source, target, pair with { Source = null, SourceSql = "select id, total from orders where total = 9; ", Where = "id > 2" });

        whole.Single().Verdict.ShouldBe(Verdict.Passed);
        query.Single().SourceRows.ShouldBe(1);
        query.Single().Source.ShouldStartWith("(query for ");
    }

    [Fact]
    public async Task A_table_that_is_gone_is_an_error_and_the_next_one_is_counted()
    {
        var tables = "create table a (id integer); create table b (id integer);";
        var (source, target) = (await DatabaseAsync(tables + "insert into a values (1)"), await DatabaseAsync(tables));
        var pairs = await Pairs.ByNameAsync(source, target);
        await RunAsync(target, "drop table a");

        var results = await CountAsync(source, target, [.. pairs]);

        results.Select(result => result.Verdict).ShouldBe([Verdict.Error, Verdict.Passed]);
        (results[0].SourceRows, results[0].TargetRows).ShouldBe((1, null));
        results[0].Notes.ShouldHaveSingleItem().ShouldContain(target.Endpoint.Redacted);
        results[0].ToCheck().Verdict.ShouldBe(Verdict.Error);
    }

    [Fact]
    public async Task Reserved_words_and_quotes_in_names_are_counted()
    {
        const string table = """create table "select ""quoted"" ; --" ("from" integer); """;
        var (source, target) = (await DatabaseAsync(table + """insert into "select ""quoted"" ; --" values (1)"""), await DatabaseAsync(table));

        (await SingleAsync(source, target)).SourceRows.ShouldBe(1);
    }

    [Fact]
    public async Task No_pairs_give_no_results_and_so_no_verdict()
    {
        var results = await CountAsync(await DatabaseAsync(Orders), await DatabaseAsync(Orders));

        Verdicts.Combine(results.Select(result => result.Verdict)).ShouldBe(Verdict.NotRun);
    }

    private static async Task<RecordCountResult> SingleAsync(IDatabase source, IDatabase target) =>
        (await CountAsync(source, target, [.. await Pairs.ByNameAsync(source, target)])).ShouldHaveSingleItem();

    private static async Task<List<RecordCountResult>> CountAsync(IDatabase source, IDatabase target, params TablePair[] pairs) =>
        await new RecordCounts(TimeProvider.System)
            .CountAsync(new TwoSidedRequest { Source = source, Target = target, Pairs = pairs }, SilentObserver.Instance, default)
            .ToListAsync();
}

public sealed class SqliteRecordCountsTests() : RecordCountsSuite(new SqliteScratch());
