using System.Text.Json;
using MigrationTools.Cli.Tests.Driving;

namespace MigrationTools.Cli.Tests.Verbs;

public sealed class DataVerbTests : IDisposable
{
    private readonly Workplace _place = new();

    public DataVerbTests() => _place.MakeShop("old.db");

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task What_copy_copies_compare_finds_the_same()
    {
        var copied = await _place.RunAsync("copy", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), "-o", "json");

        copied.Code.ShouldBe(0, copied.Error);
        copied.Json.GetProperty("tables").EnumerateArray().Sum(table => table.GetProperty("rows").GetInt64()).ShouldBe(10);
        (await _place.RunAsync("compare", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"))).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Copy_copies_only_the_tables_that_are_asked_for()
    {
        var copied = await _place.RunAsync("copy", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), "--tables", "visits", "-o", "json");

        copied.Code.ShouldBe(0, copied.Error);
        copied.Json.GetProperty("tables").EnumerateArray().Select(table => table.GetProperty("target").GetString()).ShouldBe(["visits"]);
        _place.Read("new.db", "select count(*) from sqlite_schema where name = 'customers'").ShouldBe(0L);
    }

    [Fact]
    public async Task A_row_less_is_counted_and_fails()
    {
        _place.MakeShop("new.db");
        _place.Execute("new.db", "delete from visits where page = '/cart'");

        var counted = await _place.RunAsync("count", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), "-o", "json");

        counted.Code.ShouldBe(1);
        var visits = counted.Json.GetProperty("tables").EnumerateArray().Single(table => table.GetProperty("target").GetString() == "visits");
        (visits.GetProperty("sourceRows").GetInt64(), visits.GetProperty("targetRows").GetInt64()).ShouldBe((3L, 2L));
        (await _place.RunAsync("count", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"))).Out.ShouldContain("-1");
    }

    [Fact]
    public async Task Integrity_gives_a_score_and_how_many_checks_ran()
    {
        _place.MakeShop("new.db");

        var proved = await _place.RunAsync("integrity", _place.WriteSpec(), "-o", "json");

        proved.Code.ShouldBe(0, proved.Error);
        proved.Json.GetProperty("score").GetDouble().ShouldBe(1);
        proved.Json.GetProperty("checksRun").GetInt32().ShouldBe(proved.Json.GetProperty("checksRequired").GetInt32());
        proved.Json.GetProperty("checks").GetArrayLength().ShouldBeGreaterThan(3);
    }

    [Theory]
    [InlineData("counts")]
    [InlineData("checksums")]
    [InlineData("referential")]
    [InlineData("quality")]
    public async Task A_name_under_validation_that_means_no_table_proves_nothing(string kind)
    {
        _place.MakeShop("new.db");

        var proved = await _place.RunAsync("integrity", _place.WriteSpec($"validation: {{ {kind}: [customers, visist] }}"), "-o", "json");

        proved.Code.ShouldBe(3, proved.Error);
        var check = proved.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("verdict").GetString() == "NotRun");
        check.GetProperty("message").GetString().ShouldBe("'visist' means no table of the target that anything is moved into");
        proved.Json.GetProperty("checksRun").GetInt32().ShouldBe(proved.Json.GetProperty("checksRequired").GetInt32() - 1);
    }

    [Theory]
    [InlineData("--tables", "orders")]
    [InlineData("--exclude", "customers")]
    public async Task A_foreign_key_that_the_target_lost_is_followed_to_a_table_that_the_call_leaves_out(string option, string pattern)
    {
        MakeOrders("old.db", "references customers (id)", "");
        MakeOrders("new.db", "", "insert into orders values (2, 99)");
        _place.Execute("old.db", "pragma foreign_keys = off; insert into orders values (2, 99)");

        foreach (var proved in new[]
        {
            await _place.RunAsync("integrity", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), option, pattern, "-o", "json"),
            await _place.RunAsync("integrity", _place.WriteSpec(), option, pattern, "-o", "json"),
        })
        {
            proved.Code.ShouldBe(1, proved.Error);
            var check = Referential(proved).ShouldHaveSingleItem();
            check.GetProperty("verdict").GetString().ShouldBe("Failed");
            check.GetProperty("message").GetString()!.ShouldStartWith("1 orphans in 2 rows");
        }
    }

    [Fact]
    public async Task A_foreign_key_that_both_sides_declare_is_told_once_where_the_call_leaves_its_parent_out()
    {
        MakeOrders("old.db", "references customers (id)", "");
        MakeOrders("new.db", "references customers (id)", "");

        var proved = await _place.RunAsync("integrity", _place.WriteSpec(), "--tables", "orders", "-o", "json");

        proved.Code.ShouldBe(0, proved.Error);
        Referential(proved).ShouldHaveSingleItem().GetProperty("verdict").GetString().ShouldBe("Passed");
    }

    [Fact]
    public async Task A_foreign_key_to_a_table_that_the_target_does_not_have_is_not_said_to_be_left_out_by_a_spec()
    {
        MakeOrders("old.db", "references customers (id)", "");
        _place.Execute("new.db", "create table orders (id integer primary key, customer integer); insert into orders values (1, 1)");

        var proved = await _place.RunAsync("integrity", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), "--tables", "orders", "-o", "json");

        proved.Code.ShouldBe(3, proved.Error);
        var check = Referential(proved).ShouldHaveSingleItem();
        check.GetProperty("verdict").GetString().ShouldBe("Inconclusive");
        check.GetProperty("message").GetString()!.ShouldEndWith("customers: nothing of the target takes the place of customers");
    }

    [Fact]
    public async Task A_foreign_key_to_a_table_that_the_spec_does_not_take_is_skipped()
    {
        MakeOrders("old.db", "references customers (id)", "");
        _place.Execute("new.db", "create table orders (id integer primary key, customer integer); insert into orders values (1, 1)");

        var spec = _place.Write("narrow.yaml", $$"""
            id: narrow
            strategy: BigBang
            systems:
              shop: { kind: database, source: '{{_place.Sqlite("old.db")}}', target: '{{_place.Sqlite("new.db")}}', tables: { include: [orders] } }
            """);
        var proved = await _place.RunAsync("integrity", spec, "-o", "json");

        proved.Code.ShouldBe(0, proved.Error);
        Referential(proved).ShouldHaveSingleItem().GetProperty("verdict").GetString().ShouldBe("Skipped");
    }

    private static List<JsonElement> Referential(Outcome proved) =>
        [.. proved.Json.GetProperty("checks").EnumerateArray().Where(check => check.GetProperty("id").GetString()!.StartsWith("referential:", StringComparison.Ordinal))];

    private void MakeOrders(string file, string customer, string more)
    {
        if (file != "old.db")
        {
            _place.MakeShop(file);
        }

        _place.Execute(file, $"pragma foreign_keys = off; create table orders (id integer primary key, customer integer {customer}); insert into orders values (1, 1); {more}");
    }

    [Fact]
    public async Task A_column_that_only_a_text_of_an_expression_names_has_no_place()
    {
        _place.Execute("new.db", "create table customers (id integer primary key, name text not null); create table prices (sku text not null, country text not null, price numeric, primary key (sku, country)); create table visits (at text, page text)");
        string Spec(string expression) => _place.Write("mapped.yaml", $$"""
            id: mapped
            strategy: BigBang
            systems:
              shop:
                kind: database
                source: '{{_place.Sqlite("old.db")}}'
                target: '{{_place.Sqlite("new.db")}}'
                map: [ { table: customers, to: customers, expressions: { name: "{{expression}}" } } ]
            """);

        var lost = await _place.RunAsync("plan", Spec("case name when 'note' then 'x' else name end"));
        var taken = await _place.RunAsync("plan", Spec("name || coalesce(note, '')"));

        lost.Code.ShouldBe(2, lost.Error);
        lost.Error.ShouldContain("source column 'customers.note' has no place in the target");
        taken.Code.ShouldBe(0, taken.Error);
    }

    [Fact]
    public async Task A_plan_is_one_object_and_tells_people_what_undoes_each_step()
    {
        var spec = _place.WriteSpec();

        var plan = await _place.RunAsync("plan", spec);
        plan.Code.ShouldBe(0, plan.Error);
        plan.Out.ShouldContain("undo: ");
        plan.Out.ShouldContain("point of no return");
        plan.Out.ShouldNotContain("CREATE TABLE", Case.Insensitive);
        (await _place.RunAsync("plan", spec, "--verbose")).Out.ShouldContain("CREATE TABLE", Case.Insensitive);
        var json = (await _place.RunAsync("plan", spec, "-o", "json")).Json;
        json.GetProperty("steps")[0].GetProperty("parentHash").GetString().ShouldBe(json.GetProperty("specHash").GetString());
        File.Exists(_place["new.db"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Readiness_is_an_object_of_checks_without_a_run()
    {
        var ready = await _place.RunAsync("readiness", _place.WriteSpec(), "-o", "json");

        ready.Code.ShouldBe(0, ready.Error);
        ready.Json.EnumerateObject().Select(property => property.Name).Take(3).ShouldBe(["runId", "verdict", "status"]);
        ready.Json.GetProperty("runId").GetString().ShouldBeNull();
        ready.Json.GetProperty("status").GetString().ShouldBe("Ready");
        var check = ready.Json.GetProperty("checks")[0];
        check.EnumerateObject().Select(property => property.Name).Take(3).ShouldBe(["id", "name", "verdict"]);
        check.GetProperty("evidence").GetArrayLength().ShouldBeGreaterThan(0);
        Directory.Exists(_place.Runs).ShouldBeFalse();
    }
}
