using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Readiness;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Readiness;

public sealed class DataCompatibilityTests(PostgresCluster cluster) : ReadinessTests(cluster)
{
    [Fact]
    public async Task Rows_that_all_fit_pass_with_the_number_really_read()
    {
        var result = await ExamineAsync(
            await SqliteAsync("create table t (id integer primary key, name text, at timestamp); insert into t values (1, 'a', '2024-01-31 12:00:00'), (2, null, null)"),
            await PostgresAsync("create table t (id int primary key, name varchar(5), at timestamp)"));

        result.Verdict.ShouldBe(Verdict.Passed);
        result.Rows.ShouldBe(2);
        result.Misfits.ShouldBeEmpty();
        result.Evidence.ShouldHaveSingleItem().Observed.ShouldBe("2 rows, 0 values that do not fit");
    }

    [Theory]
    [InlineData("varchar(5)", "'Zoë 😀!'", "longer than 5 characters (6)")]
    [InlineData("smallint", "32768", "")]
    [InlineData("int", "'seven'", "text that is not a number")]
    [InlineData("int", "1.5", "not a whole number")]
    [InlineData("numeric(5,2)", "1000", "more than 3 digits before the point (4)")]
    [InlineData("numeric(5,2)", "'0.125'", "more than 2 digits after the point (3)")]
    [InlineData("timestamp", "'2024-02-30 00:00:00'", "")]
    [InlineData("timestamp", "'yesterday'", "")]
    [InlineData("date", "'31.01.2024'", "")]
    [InlineData("boolean", "2", "a number other than 0 and 1")]
    [InlineData("uuid", "'not-a-uuid'", "text that is not a uuid")]
    [InlineData("text", "cast(x'ff' as text)", "bytes that are not valid UTF-8")]
    [InlineData("text", "'a' || char(0) || 'b'", "text with the character U+0000, which the target can't hold")]
    [InlineData("json", "'{'", "")]
    [InlineData("int not null", "null", "NULL where the target must have a value")]
    public async Task A_value_that_does_not_fit_fails_by_column_reason_and_key_and_is_not_shown(string type, string value, string reason)
    {
        var result = await ExamineAsync(
            await SqliteAsync($"create table t (id integer primary key, v); insert into t values (1, {(type == "json" ? "'1'" : type == "uuid" ? "x'00112233445566778899aabbccddeeff'" : type is "timestamp" or "date" ? "'2024-01-31'" : "1")}), (42, {value})"),
            await PostgresAsync($"create table t (id int primary key, v {type})"));

        result.Verdict.ShouldBe(Verdict.Failed);
        var misfit = result.Misfits.ShouldHaveSingleItem();
        (misfit.Column, misfit.Count).ShouldBe(("v", 1));
        misfit.SampleKeys.ShouldBe(["id = 42"]);
        misfit.Reason.ShouldStartWith(reason);
        var check = (result with { System = "shop" }).ToCheck();
        check.Id.ShouldBe("compatibility:shop/public.t");
        check.Message.ShouldStartWith($"2 rows read; v ({misfit.ServerType}): 1 × {misfit.Reason} at id = 42");
        check.Message.ShouldNotContain("seven");
        check.Message.ShouldNotContain("yesterday");
        check.Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Every_misfit_is_counted_and_up_to_five_keys_are_listed()
    {
        var rows = string.Join(", ", Enumerable.Range(1, 2000).Select(id => $"({id}, {id % 7}, '{new string('x', id % 10)}')"));
        var result = await ExamineAsync(
            await SqliteAsync($"create table t (a integer, b integer, v text, primary key (a, b)); insert into t values {rows}"),
            await PostgresAsync("create table t (a int, b int, v varchar(4), primary key (a, b))"));

        var misfit = result.Misfits.ShouldHaveSingleItem();
        misfit.Count.ShouldBe(1000);
        misfit.Reason.ShouldStartWith("longer than 4 characters (");
        misfit.SampleKeys.ShouldBe(["a = 5, b = 5", "a = 6, b = 6", "a = 7, b = 0", "a = 8, b = 1", "a = 9, b = 2"]);
        result.Rows.ShouldBe(2000);
    }

    [Fact]
    public async Task Several_reasons_of_a_column_are_told_apart_and_the_most_frequent_comes_first()
    {
        var result = await ExamineAsync(
            await SqliteAsync("create table t (id integer primary key, v); insert into t values (1, 'x'), (2, 1.5), (3, 2.5), (4, x'00')"),
            await PostgresAsync("create table t (id int primary key, v int)"));

        result.Misfits.Select(misfit => (misfit.Reason, misfit.Count)).First().ShouldBe(("not a whole number", 2));
        result.Misfits.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_table_without_a_key_names_rows_by_their_number()
    {
        var result = await ExamineAsync(
            await SqliteAsync("create table t (v text); insert into t values ('a'), ('too long')"), await PostgresAsync("create table t (v varchar(3))"));

        result.Misfits.ShouldHaveSingleItem().SampleKeys.ShouldBe(["row 2 as read (no key)"]);
    }

    [Fact]
    public async Task An_empty_table_passes_and_says_so()
    {
        var result = await ExamineAsync(await SqliteAsync("create table t (v text)"), await PostgresAsync("create table t (v varchar(3))"));

        (result.Verdict, result.Rows).ShouldBe((Verdict.Passed, 0));
        result.Notes.ShouldContain("the source's table is empty");
    }

    [Fact]
    public async Task A_null_in_a_primary_key_does_not_fit_postgresql()
    {
        var source = await SqliteAsync("create table t (id text primary key); insert into t values (null)");
        var planned = await TableAsync(await SqliteAsync("create table t (id text primary key)"));

        var result = await ExamineAsync(source, await PostgresAsync(), pairs => pairs with { Target = planned }, planned);

        result.Misfits.ShouldHaveSingleItem().Reason.ShouldBe("NULL where the target must have a value");
    }

    [Fact]
    public async Task A_column_that_nothing_fills_and_that_must_have_a_value_fails()
    {
        var source = await SqliteAsync("create table t (id integer); insert into t values (1)");
        var target = await PostgresAsync("create table t (id int, region text not null, made timestamptz not null default now(), number int generated always as identity)");

        var result = await ExamineAsync(source, target);

        result.Verdict.ShouldBe(Verdict.Failed);
        result.Notes.ShouldContain("nothing fills region (text), which must have a value and has no default");
        result.Notes.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("create type mood as enum ('sad', 'ok')", "mood")]
    [InlineData("create domain mood as text check (value <> '')", "mood")]
    [InlineData("select 1", "inet")]
    [InlineData("select 1", "xml")]
    public async Task A_type_of_which_only_the_server_knows_what_it_takes_is_inconclusive_by_name(string definition, string type)
    {
        var result = await ExamineAsync(
            await SqliteAsync("create table t (id integer primary key, v text); insert into t values (1, 'ok')"),
            await PostgresAsync($"{definition}; create table t (id int primary key, v {type})"));

        result.Verdict.ShouldBe(Verdict.Inconclusive);
        result.Unknown.ShouldHaveSingleItem().ShouldStartWith($"v ({(type == "mood" ? "public.mood" : type)}): ");
        result.ToCheck().Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_null_in_a_column_of_an_enum_that_takes_none_fails_all_the_same()
    {
        var result = await ExamineAsync(
            await SqliteAsync("create table t (id integer primary key, v text); insert into t values (1, null)"),
            await PostgresAsync("create type mood as enum ('sad', 'ok'); create table t (id int primary key, v mood not null)"));

        result.Verdict.ShouldBe(Verdict.Failed);
        result.Misfits.ShouldHaveSingleItem().Column.ShouldBe("v");
    }

    [Fact]
    public async Task Columns_of_the_same_type_on_two_postgresql_servers_need_no_reading_and_that_is_said()
    {
        const string table = "create table t (id int primary key, name varchar(5), p point, n numeric(5,2));";

        var result = await ExamineAsync(await PostgresAsync(table + "insert into t values (1, 'a', '(1,2)', 1.5)"), await PostgresAsync(table));

        (result.Verdict, result.Rows).ShouldBe((Verdict.Passed, null));
        result.Notes.ShouldHaveSingleItem().ShouldContain("and so not read: id, name, p, n");
        result.Evidence.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Of_two_postgresql_servers_only_what_differs_is_read()
    {
        var result = await ExamineAsync(
            await PostgresAsync("create table t (id int primary key, name varchar(50), note text); insert into t values (1, 'a', 'x'), (2, 'too long', null)"),
            await PostgresAsync("create table t (id int primary key, name varchar(5), note text not null)"));

        result.Rows.ShouldBe(2);
        result.Misfits.Select(misfit => (misfit.Column, misfit.SampleKeys.Single())).ShouldBe([("name", "id = 2"), ("note", "id = 2")], ignoreOrder: true);
        result.Notes.ShouldHaveSingleItem().ShouldEndWith("so not read: id");
    }

    [Fact]
    public async Task A_table_that_can_not_be_read_is_an_error_and_the_next_one_is_read()
    {
        var source = await SqliteAsync("create table a (id integer); create table b (id integer); insert into b values (1)");
        var target = await PostgresAsync("create table a (id int); create table b (id int)");
        var pairs = await PairsOfAsync(Spec(source, target).Databases.Single());
        await RunAsync(source, "drop table a");
        await using var database = Catalog.Open(source);
        await using var other = Catalog.Open(target);

        var results = await new DataCompatibility(TimeProvider.System)
            .ExamineAsync(new CompatibilityRequest { Source = database, TargetDialect = other.Dialect, Pairs = pairs }, SilentObserver.Instance, default)
            .ToListAsync();

        results.Select(result => result.Verdict).ShouldBe([Verdict.Error, Verdict.Passed]);
        results[0].ToCheck().Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Expressions_and_conditions_are_looked_at_as_they_are_taken()
    {
        var source = await SqliteAsync("create table t (id integer primary key, v text); insert into t values (1, 'long enough'), (2, 'far too long')");
        var target = await PostgresAsync("create table t (id int primary key, v varchar(4))");

        var whole = await ExamineAsync(source, target);
        var cut = await ExamineAsync(source, target, pair => pair with
        {
            Columns = [.. pair.Columns.Select(column => column.Target.Name == "v" ? column with { Source = column.Source with { Expression = "substr(v, 1, 4)" } } : column)],
        });
        var part = await ExamineAsync(source, target, pair => pair with { Where = "id > 2" });

        (whole.Verdict, cut.Verdict, part.Verdict).ShouldBe((Verdict.Failed, Verdict.Passed, Verdict.Passed));
        part.Rows.ShouldBe(0);
    }

    [Fact]
    public async Task The_check_asks_a_question_a_table_and_skips_without_reading()
    {
        var source = await SqliteAsync("create table a (v text); create table b (v text); insert into a values ('long'); insert into b values ('long')");
        var target = await PostgresAsync("create table a (v varchar(1)); create table b (v varchar(1))");
        var check = new CompatibilityCheck(Catalog, new DelegatePairs(PairsOfAsync), TimeProvider.System);

        var results = await AskAsync(check, Spec(source, target, Skipping("compatibility:shop/*.a")));

        results.Select(result => (result.Id, result.Verdict)).ShouldBe([("compatibility:shop/public.a", Verdict.Skipped), ("compatibility:shop/public.b", Verdict.Failed)]);
        results[0].Evidence.ShouldBeEmpty();
        results[1].Message.ShouldContain("longer than 1 characters (4)");
    }

    [Fact]
    public async Task The_check_without_pairs_is_inconclusive_and_with_broken_ones_an_error()
    {
        var spec = Spec(await SqliteAsync(), NoFile);

        var none = await AskAsync(new CompatibilityCheck(Catalog, DelegatePairs.None, TimeProvider.System), spec, "compatibility:shop");
        var broken = await AskAsync(
            new CompatibilityCheck(Catalog, new DelegatePairs(_ => throw new Engine.InvalidRequestException("no such table")), TimeProvider.System), spec, "compatibility:shop");

        (none.Verdict, broken.Verdict).ShouldBe((Verdict.Inconclusive, Verdict.Error));
    }

    [Fact]
    public async Task A_skipped_system_is_not_asked_for_its_pairs()
    {
        var pairs = new DelegatePairs(PairsOfAsync);

        var result = await AskAsync(new CompatibilityCheck(Catalog, pairs, TimeProvider.System), Spec(NoFile, NoFile, Skipping("compatibility:*")), "compatibility:shop");

        result.Verdict.ShouldBe(Verdict.Skipped);
        pairs.Asked.ShouldBe(0);
    }

    private static async Task<TableCompatibility> ExamineAsync(Endpoint source, Endpoint target, Func<TablePair, TablePair>? change = null, TableSchema? planned = null)
    {
        await using var from = Catalog.Open(source);
        await using var to = Catalog.Open(target);
        var table = (await from.ReadSchemaAsync(default)).Tables.Single();
        var pair = Pairs.Of(table, planned ?? (await to.ReadSchemaAsync(default)).Tables.Single());
        var request = new CompatibilityRequest { Source = from, TargetDialect = to.Dialect, Pairs = [] };
        return await new DataCompatibility(TimeProvider.System).ExamineAsync(request, change?.Invoke(pair) ?? pair, SilentObserver.Instance, default);
    }
}
