using System.Text.Json;
using MigrationTools.Cli.Tests.Driving;

namespace MigrationTools.Cli.Tests.Verbs;

public sealed class CompareTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Databases_with_the_same_rows_pass_and_say_how_many_rows_were_read()
    {
        var result = await CompareCopiesAsync("select 1");

        result.Code.ShouldBe(0);
        result.Json.GetProperty("verdict").GetString().ShouldBe("Passed");
        Tables(result).Sum(table => table.GetProperty("sourceRows").GetInt64()).ShouldBe(10);
        Tables(result).Sum(table => table.GetProperty("targetRows").GetInt64()).ShouldBe(10);
    }

    [Fact]
    public async Task One_value_changed_one_row_deleted_and_one_added_by_hand_are_exactly_what_is_reported()
    {
        var result = await CompareCopiesAsync(
            "update prices set price = 1.6 where sku = 'a' and country = 'de'; delete from customers where id = 7; insert into customers values (8, 'Barbara', null)");

        result.Code.ShouldBe(1);
        result.Json.GetProperty("verdict").GetString().ShouldBe("Failed");
        var differences = Tables(result).SelectMany(table => table.GetProperty("differences").EnumerateArray().Select(difference => (Table: Text(table, "target"), Difference: difference))).ToList();
        differences.Count.ShouldBe(3);

        var changed = differences.Single(found => found.Table == "prices").Difference;
        Text(changed, "kind").ShouldBe("Changed");
        changed.GetProperty("key").GetRawText().Replace(" ", "").Replace("\n", "").ShouldBe("""{"sku":"a","country":"de"}""");
        var column = changed.GetProperty("columns").EnumerateArray().Single();
        (Text(column, "name"), Text(column, "source"), Text(column, "target")).ShouldBe(("price", "1.5", "1.6"));

        var customers = differences.Where(found => found.Table == "customers").Select(found => found.Difference).ToList();
        customers.Single(found => Text(found, "kind") == "Missing").GetProperty("key").GetProperty("id").GetInt32().ShouldBe(7);
        customers.Single(found => Text(found, "kind") == "Extra").GetProperty("key").GetProperty("id").GetInt32().ShouldBe(8);
    }

    [Fact]
    public async Task The_counts_of_missing_extra_and_changed_rows_stand_with_their_table()
    {
        var result = await CompareCopiesAsync("update customers set name = 'X' where id < 3; delete from customers where id = 7");

        var customers = Tables(result).Single(table => Text(table, "target") == "customers");
        (Number(customers, "missing"), Number(customers, "extra"), Number(customers, "changed")).ShouldBe((1L, 0L, 2L));
        (Number(customers, "sourceRows"), Number(customers, "targetRows")).ShouldBe((4L, 3L));
    }

    [Fact]
    public async Task The_object_has_the_properties_that_scripts_depend_on_and_no_others()
    {
        var result = await CompareCopiesAsync("update prices set price = 9 where sku = 'b'");

        Names(result.Json).ShouldBe(["verdict", "source", "target", "tables"]);
        Names(Tables(result)[0]).ShouldBe(
            ["source", "target", "verdict", "method", "methodReason", "sourceRows", "targetRows", "missing", "extra", "changed", "durationMs", "notes", "differences"]);
        var difference = Tables(result).SelectMany(table => table.GetProperty("differences").EnumerateArray()).Single();
        Names(difference).ShouldBe(["kind", "key", "columns"]);
        Names(difference.GetProperty("columns")[0]).ShouldBe(["name", "source", "target"]);
        Text(result.Json, "source").ShouldBe(_place.Sqlite("old.db"));
    }

    [Fact]
    public async Task A_null_in_a_difference_is_null_and_not_a_text()
    {
        var result = await CompareCopiesAsync("update customers set note = '<null>' where id = 1");

        var column = Tables(result).SelectMany(table => table.GetProperty("differences").EnumerateArray()).Single().GetProperty("columns")[0];
        column.GetProperty("source").ValueKind.ShouldBe(JsonValueKind.Null);
        Text(column, "target").ShouldBe("<null>");
    }

    [Fact]
    public async Task A_row_that_a_table_without_key_has_once_more_is_counted()
    {
        var result = await CompareCopiesAsync("insert into visits select at, page from visits where page = '/'");

        var difference = Tables(result).Single(table => Text(table, "target") == "visits").GetProperty("differences").EnumerateArray().Single();
        (Text(difference, "kind"), Number(difference, "count")).ShouldBe(("Extra", 2L));
    }

    [Fact]
    public async Task Json_lines_give_a_table_a_line()
    {
        await CompareCopiesAsync("select 1");

        var result = await _place.RunAsync("compare", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), "-o", "jsonl");

        result.Code.ShouldBe(0);
        result.JsonLines.Select(line => Text(line, "target")).Order().ShouldBe(["customers", "prices", "visits"]);
    }

    [Fact]
    public async Task The_table_names_the_key_the_column_and_both_values()
    {
        await CompareCopiesAsync("update customers set note = null where id = 7");

        var result = await _place.RunAsync("compare", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"));

        result.Code.ShouldBe(1);
        result.Out.ShouldContain("Changed  id='7'");
        result.Out.ShouldContain("note: 'x' in the source, NULL in the target");
    }

    [Fact]
    public async Task Fewer_differences_are_listed_than_counted_when_asked_so()
    {
        await CompareCopiesAsync("update customers set name = name || '!'");

        var result = await _place.RunAsync("compare", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), "--max-differences", "1", "-o", "json");

        var customers = Tables(result).Single(table => Text(table, "target") == "customers");
        customers.GetProperty("differences").GetArrayLength().ShouldBe(1);
        Number(customers, "changed").ShouldBe(4);
    }

    [Fact]
    public async Task Only_the_tables_that_are_asked_for_are_compared()
    {
        await CompareCopiesAsync("delete from visits");

        var result = await _place.RunAsync("compare", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), "--tables", "c*,p*", "--exclude", "prices", "-o", "json");

        result.Code.ShouldBe(0);
        Tables(result).Select(table => Text(table, "target")).ShouldBe(["customers"]);
    }

    [Fact]
    public async Task Several_systems_give_one_object_whose_tables_name_their_system()
    {
        await CompareCopiesAsync("delete from visits");
        _place.MakeShop("same.db");
        var spec = _place.Write("two.yaml", $$"""
            id: two
            name: Two
            strategy: BigBang
            systems:
              same: { kind: database, source: '{{_place.Sqlite("old.db")}}', target: '{{_place.Sqlite("same.db")}}' }
              moved: { kind: database, source: '{{_place.Sqlite("old.db")}}', target: '{{_place.Sqlite("new.db")}}' }
            """);

        var result = await _place.RunAsync("compare", spec, "-o", "json");

        result.Code.ShouldBe(1);
        result.Json.GetProperty("source").ValueKind.ShouldBe(JsonValueKind.Null);
        result.Json.GetProperty("systems").EnumerateArray().Select(system => (Text(system, "name"), Text(system, "verdict"))).ShouldBe([("same", "Passed"), ("moved", "Failed")]);
        Tables(result).Count(table => Text(table, "system") == "moved").ShouldBe(3);
        (await _place.RunAsync("compare", spec, "--system", "same")).Code.ShouldBe(0);

        var queries = await _place.RunAsync("compare", spec, "--source-query", "select 1 as a", "--target-query", "select 1 as a");
        (queries.Code, queries.Out).ShouldBe((2, ""));
        queries.Error.ShouldContain("there are 2: same, moved. Name the one that is meant.");

        (await _place.RunAsync("compare", spec, "--differences", _place["all.jsonl"], "--state", _place["c.state"])).Code.ShouldBe(1);
        (File.ReadAllLines(_place["all.same.jsonl"]).Length, File.ReadAllLines(_place["all.moved.jsonl"]).Length > 0).ShouldBe((0, true), "each system has its own file");
        (File.Exists(_place["c.same.state"]), File.Exists(_place["c.moved.state"])).ShouldBe((true, true));
    }

    private static IReadOnlyList<JsonElement> Tables(Outcome result) => [.. result.Json.GetProperty("tables").EnumerateArray()];

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();

    private static long Number(JsonElement element, string property) => element.GetProperty(property).GetInt64();

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    private async Task<Outcome> CompareCopiesAsync(string change)
    {
        _place.MakeShop("old.db");
        _place.MakeShop("new.db");
        _place.Execute("new.db", change);
        return await _place.RunAsync("compare", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), "--output", "json");
    }
}
