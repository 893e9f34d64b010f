using System.Text.Json;
using MigrationTools.Cli.Tests.Driving;

namespace MigrationTools.Cli.Tests.Verbs;

/// <summary>What a comparison can be told: the method, what counts, how much, and which files.</summary>
public sealed class CompareOptionTests : IDisposable
{
    private readonly Workplace _place = new();

    public CompareOptionTests()
    {
        _place.MakeShop("old.db");
        _place.MakeShop("new.db");
    }

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_table_tells_its_method_and_why_it_was_taken()
    {
        var result = await CompareAsync("--tables", "customers", "--method", "STREAM");

        result.Code.ShouldBe(0, result.Error);
        (Text(Table(result), "method"), Text(Table(result), "methodReason")).ShouldBe(("Stream", "as asked for"));
    }

    [Fact]
    public async Task Text_says_why_a_method_was_taken_where_more_is_asked_for()
    {
        string[] compare = ["compare", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), "--tables", "customers", "--method", "stream"];

        (await _place.RunAsync([.. compare, "--verbose"])).Out.ShouldContain("  customers: Stream, as asked for");
        (await _place.RunAsync(compare)).Out.ShouldNotContain("as asked for");
    }

    [Fact]
    public async Task A_method_without_a_way_gives_way_to_the_stream_and_says_so()
    {
        var result = await CompareAsync("--tables", "customers", "--method", "native");

        result.Code.ShouldBe(0, result.Error);
        Text(Table(result), "method").ShouldBe("Stream");
        Text(Table(result), "methodReason").ShouldStartWith("Native ");
    }

    [Fact]
    public async Task Only_rows_that_meet_the_condition_are_compared_and_the_target_may_have_its_own()
    {
        _place.Execute("new.db", "update customers set name = 'X' where id = 7");

        var same = await CompareAsync("--tables", "customers", "--where", "id < 7");
        var other = await CompareAsync("--tables", "customers", "--where", "id > 1");
        var fewer = await CompareAsync("--tables", "customers", "--where", "id < 7", "--target-where", "id < 3");

        (same.Code, other.Code, fewer.Code).ShouldBe((0, 1, 1));
        Number(Table(same), "sourceRows").ShouldBe(3);
        Number(Table(fewer), "missing").ShouldBe(1);
    }

    [Fact]
    public async Task Two_queries_are_compared_by_the_key_that_is_named()
    {
        _place.Execute("new.db", "alter table customers rename to people; update people set name = 'X' where id = 2");

        var result = await CompareAsync("--source-query", "select id, name from customers", "--target-query", "select name, id from people", "--key", "id");

        result.Code.ShouldBe(1, result.Error);
        Number(Table(result), "changed").ShouldBe(1);
        Table(result).GetProperty("differences")[0].GetProperty("key").GetProperty("id").GetInt32().ShouldBe(2);
    }

    [Theory]
    [InlineData("'pricess'; did you mean 'prices'?", "--tables", "customers,pricess")]
    [InlineData("matches 'x*'", "--tables", "customers,x*")]
    [InlineData("Only sqlite:", "--tables", "customers,newcomers")]
    [InlineData("a column 'nam' to leave out; did you mean 'name'?", "--tables", "customers", "--exclude-columns", "nam")]
    [InlineData("names column 'id' twice", "--tables", "customers", "--key", "id,id")]
    [InlineData("--map names 'a' twice", "--map", "a=b,a=c")]
    public async Task A_name_that_means_nothing_is_refused(string said, params string[] options)
    {
        _place.Execute("new.db", "create table newcomers (id integer primary key)");

        var result = await CompareAsync(options);

        result.Code.ShouldBe(2, result.Error);
        result.Error.ShouldContain(said);
    }

    [Fact]
    public async Task Tables_that_only_the_target_has_are_named()
    {
        _place.Execute("new.db", "create table newcomers (id integer primary key)");

        var result = await CompareAsync();

        result.Code.ShouldBe(0, result.Error);
        result.Error.ShouldContain("Only the target has newcomers: not compared with anything");
    }

    [Fact]
    public async Task Tables_whose_rows_are_not_read_are_named()
    {
        _place.Execute("old.db", "create virtual table places using rtree(id, west, east)");

        var result = await CompareAsync();

        result.Code.ShouldBe(0, result.Error);
        result.Error.ShouldContain("has virtual table places: not compared, for rows are read of ordinary tables");
    }

    [Fact]
    public async Task Of_many_such_tables_some_are_named_and_all_are_counted()
    {
        for (var table = 10; table < 30; table++)
        {
            _place.Execute("new.db", $"create table newcomers{table} (id integer primary key)");
        }

        var result = await CompareAsync();

        result.Error.ShouldContain("newcomers19 and 10 more: not compared with anything");
        result.Error.ShouldNotContain("newcomers20");
    }

    [Fact]
    public async Task A_column_that_is_mapped_to_its_own_name_stays()
    {
        _place.Execute("new.db", "update customers set name = 'X' where id = 2");

        (await CompareAsync("--tables", "customers", "--map", "customers.name=name")).Code.ShouldBe(1);
    }

    [Fact]
    public async Task A_query_for_one_side_alone_is_refused()
    {
        var result = await CompareAsync("--source-query", "select id from customers");

        result.Code.ShouldBe(2);
        result.Error.ShouldContain("Give a query for both sides");
    }

    [Fact]
    public async Task A_column_that_is_left_out_is_not_compared_and_is_named()
    {
        _place.Execute("new.db", "update customers set note = 'other'");

        var result = await CompareAsync("--tables", "customers", "--exclude-columns", "note");

        result.Code.ShouldBe(0, result.Error);
        Notes(result).ShouldContain("note: left out as asked for");
    }

    [Fact]
    public async Task Tables_and_columns_are_found_under_the_names_that_the_map_gives()
    {
        _place.Execute("new.db", "alter table customers rename to people; alter table people rename column name to full_name");

        var unmapped = await CompareAsync();
        var mapped = await CompareAsync("--map", "customers=people", "--map", "customers.name=full_name");

        (unmapped.Code, mapped.Code).ShouldBe((2, 0));
        mapped.Json.GetProperty("tables").EnumerateArray().Select(table => Text(table, "target")).ShouldContain("people");
    }

    [Theory]
    [InlineData("--ignore-case", "update customers set name = upper(name) where id = 1")]
    [InlineData("--ignore-padding", "update customers set name = name || '  ' where id = 1")]
    [InlineData("--empty-as-null", "update customers set note = '' where id = 1")]
    public async Task What_of_a_text_shall_not_count_does_not(string option, string change)
    {
        _place.Execute("new.db", change);

        (await CompareAsync()).Code.ShouldBe(1);
        (await CompareAsync(option)).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Texts_are_normalized_or_that_is_refused_and_never_left_out_in_silence()
    {
        _place.Execute("new.db", "update customers set name = 'Ka' || char(776) || 'the' where id = 3");

        var result = await CompareAsync("--normalize");

        if ("a\u0308".Normalize() == "\u00E4")
        {
            result.Code.ShouldBe(0, result.Error);
        }
        else
        {
            result.Code.ShouldBe(2);
            result.Error.ShouldContain("Texts can't be normalized here");
        }
    }

    [Fact]
    public async Task Floats_within_the_tolerance_are_equal_and_others_are_not()
    {
        foreach (var file in new[] { "old.db", "new.db" })
        {
            _place.Execute(file, "create table marks (id integer primary key, at real); insert into marks values (1, 1.5), (2, 1e6)");
        }

        _place.Execute("new.db", "update marks set at = at * (1 + 1e-10)");

        var exact = await CompareAsync("--tables", "marks");
        var near = await CompareAsync("--tables", "marks", "--float-tolerance", "1e-9");
        var nearer = await CompareAsync("--tables", "marks", "--float-tolerance", "1e-12");

        (exact.Code, near.Code, nearer.Code).ShouldBe((1, 0, 1));
        Notes(near).ShouldContain("2 rows differ within the tolerance");
    }

    [Fact]
    public async Task A_sample_verifies_nothing_whatever_it_finds_equal()
    {
        MakeMany();

        var result = await CompareAsync("--tables", "many", "--sample", "20%");

        result.Code.ShouldBe(3, result.Error);
        Text(result.Json, "verdict").ShouldBe("Inconclusive");
        Number(Table(result), "sourceRows").ShouldBeInRange(1, 59_999);
    }

    [Fact]
    public async Task What_there_was_no_time_for_is_not_verified()
    {
        MakeMany();

        // 120,000 rows of both sides, at 100 a second.
        var result = await CompareAsync("--tables", "many", "--timeout", "1s", "--max-rows-per-second", "100");

        result.Code.ShouldBe(3, result.Error);
        Notes(result).ShouldContain("stopped after 1 s");
    }

    [Fact]
    public async Task A_row_that_stays_different_is_told_after_it_was_looked_at_again()
    {
        _place.Execute("new.db", "update customers set name = 'X' where id = 2");

        var result = await CompareAsync("--tables", "customers", "--settle", "1s");

        result.Code.ShouldBe(1, result.Error);
        Notes(result).ShouldContain("0 came to agree, 1 stayed");
    }

    [Fact]
    public async Task An_interrupted_comparison_goes_on_from_the_state_file_and_another_one_is_refused()
    {
        await InterruptAsync("state");

        var again = await CompareAsync("--state", _place["state"]);
        var other = await CompareAsync("--state", _place["state"], "--ignore-case");

        (again.Code, other.Code).ShouldBe((0, 2));
        again.Json.GetProperty("tables").EnumerateArray().Where(table => table.GetProperty("notes").GetRawText().Contains("compared by an earlier", StringComparison.Ordinal))
            .Select(table => Text(table, "target")).ShouldBe(["customers"]);
        other.Error.ShouldContain("is of another comparison");
    }

    [Fact]
    public async Task Every_difference_is_in_the_file_however_few_are_listed()
    {
        _place.Execute("new.db", "update customers set name = name || '!'");

        var result = await CompareAsync("--differences", _place["all.jsonl"], "--max-differences", "1");

        result.Code.ShouldBe(1);
        File.ReadAllLines(_place["all.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("key").GetProperty("id").GetInt32()).Order().ShouldBe([1, 2, 3, 7]);
        (await CompareAsync("--differences", _place["all.doc"])).Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_repair_script_is_written_and_not_run_and_makes_the_target_equal()
    {
        _place.Execute("new.db", "update customers set note = null where id = 3; delete from prices where sku = 'b'; insert into visits values ('2024-01-03', '/')");

        (await CompareAsync("--repair-script", _place["repair.sql"])).Code.ShouldBe(1);
        (await CompareAsync()).Code.ShouldBe(1);
        var applied = await Shell.RunAsync(_place, $"sqlite3 '{_place["new.db"]}' '.read {_place["repair.sql"]}'");

        applied.Code.ShouldBe(0, applied.Error);
        (await CompareAsync()).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("--method", "fastest", "--method takes auto, native, stream or pushdown, not 'fastest'.")]
    [InlineData("--sample", "120%", "--sample takes a share between 0 and 1, or a percentage such as 1%, not '120%'.")]
    [InlineData("--sample", "0", "--sample takes a share between 0 and 1")]
    [InlineData("--sample", "NaN", "--sample takes a share between 0 and 1")]
    [InlineData("--float-tolerance", "near", "--float-tolerance takes a number above 0 such as 1e-9, not 'near'.")]
    [InlineData("--float-tolerance", "-1", "--float-tolerance takes a number above 0")]
    [InlineData("--map", "customers", "--map 'customers': write old=new")]
    [InlineData("--map", "=people", "--map '=people': write old=new")]
    [InlineData("--settle", "soon", "--settle takes a duration such as 30s, 15m, 2h or 1h30m, not 'soon'.")]
    [InlineData("--timeout", "0s", "--timeout takes a duration")]
    [InlineData("--time-tolerance", "1", "--time-tolerance takes a duration")]
    public async Task A_value_that_can_not_be_meant_is_refused_with_what_could_be(string option, string value, string message)
    {
        var result = await CompareAsync($"{option}={value}");

        result.Code.ShouldBe(2);
        result.Error.ShouldContain(message);
    }

    [Theory]
    [InlineData("--where", "id < 7")]
    [InlineData("--key", "id")]
    [InlineData("--exclude-columns", "note")]
    [InlineData("--settle", "1s")]
    [InlineData("--float-tolerance", "1e-9")]
    [InlineData("--ignore-case", "true")]
    [InlineData("--repair-script", "repair.sql")]
    public async Task What_a_plan_says_itself_can_not_be_said_beside_it(string option, string value)
    {
        var plan = _place["plan.json"];
        (await _place.RunAsync("compare", "plan", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), "--partitions", "1", "--out", plan)).Code.ShouldBe(0);

        var result = await _place.RunAsync("compare", "--plan", plan, "--partition", "0", option, value);

        result.Code.ShouldBe(2);
        result.Error.ShouldContain($"{option} does not go with --plan");
    }

    [Fact]
    public async Task An_option_that_there_is_not_is_not_taken_for_a_spec()
    {
        var result = await CompareAsync("--ignore-cases");

        result.Code.ShouldBe(2);
        result.Error.ShouldContain("'compare' has no option '--ignore-cases'; did you mean '--ignore-case'?");
        result.Error.ShouldNotContain("is no spec");
    }

    private Task<Outcome> CompareAsync(params string[] options) =>
        _place.RunAsync(["compare", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), "-o", "json", .. options]);

    // As it is left by one that was killed after its first table.
    private async Task InterruptAsync(string state)
    {
        (await CompareAsync("--state", _place[state])).Code.ShouldBe(0);
        var passed = """{"table":"customers > customers","at":"2024-01-02T03:04:05Z","passed":{"source":"customers","target":"customers","verdict":"Passed","sourceRows":4,"targetRows":4}}""";
        _place.Write(state, $"{File.ReadLines(_place[state]).First()}\n{passed}\n");
    }

    private void MakeMany()
    {
        foreach (var file in new[] { "old.db", "new.db" })
        {
            _place.Execute(file, "create table many (id integer primary key, v integer); insert into many with recursive n(i) as (select 1 union all select i + 1 from n where i < 60000) select i, i * 7 from n");
        }
    }

    private static JsonElement Table(Outcome result) => result.Json.GetProperty("tables").EnumerateArray().Single();

    private static string Notes(Outcome result) => string.Join('\n', Table(result).GetProperty("notes").EnumerateArray().Select(note => note.GetString()));

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();

    private static long Number(JsonElement element, string property) => element.GetProperty(property).GetInt64();
}
