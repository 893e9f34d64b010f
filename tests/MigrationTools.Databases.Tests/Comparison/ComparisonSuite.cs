using System.Text.RegularExpressions;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

public sealed class SqliteToSqliteComparisonTests() : ComparisonSuite(new SqliteScratch(), new SqliteScratch());

public sealed class SqliteToPostgresComparisonTests(PostgresCluster cluster) : ComparisonSuite(new SqliteScratch(), new PostgresScratch(cluster));

public sealed class PostgresToSqliteComparisonTests(PostgresCluster cluster) : ComparisonSuite(new PostgresScratch(cluster), new SqliteScratch());

public sealed class PostgresToPostgresComparisonTests(PostgresCluster cluster) : ComparisonSuite(new PostgresScratch(cluster), new PostgresScratch(cluster));

/// <summary>The traps of comparing, on real databases, the same for every two engines.</summary>
public abstract class ComparisonSuite(IScratch sourceScratch, IScratch targetScratch) : IAsyncDisposable
{
    private readonly List<IDatabase> _opened = [];
    private readonly HashSet<ComparisonMethod> _used = [];
    private readonly List<string> _reasons = [];

    private bool IsPostgresOnly => sourceScratch is PostgresScratch && targetScratch is PostgresScratch;

    private bool HasPostgres => sourceScratch is PostgresScratch || targetScratch is PostgresScratch;

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }

        await sourceScratch.DisposeAsync();
        await targetScratch.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_same_values_of_every_type_pass()
    {
        const string sql = """
            create table t (id integer primary key, b boolean, n decimal(12,2), big {wide decimal}, f {float}, c varchar(20), d date, ts timestamp, tz {instant}, u {uuid}, j {json}, raw {bytes}, l {long});
            insert into t values
                (-5, '1', 1.50, '9.5', 0.1, 'Zoë', '2024-01-31', '2024-01-31 12:00:00.5', '2024-01-31 12:00:00+05:45', '00112233-4455-6677-8899-AABBCCDDEEFF', '{"b": 1.0, "a": [null]}', {hex:00ff}, -9223372036854775808),
                (7, '0', 10, '-0.000000000000000001', -1e300, '😀', '1999-12-31', 'infinity', '-infinity', 'ffffffff-0000-0000-0000-000000000000', '"é"', {hex:}, 9223372036854775807),
                (8, null, null, null, null, null, null, null, null, null, null, null, null)
            """;
        var result = await CompareAsync(sql, sql);
        Assert(result, Verdict.Passed, 0, 0, 0);
        (result.SourceRows, result.TargetRows).ShouldBe((3, 3));
    }

    [Fact]
    public async Task Every_method_that_applies_is_really_used()
    {
        const string sql = """
            create table t (id integer not null primary key, b boolean, n decimal(12,2), big {wide decimal}, f {float}, c varchar(20), d date, ts timestamp, tz {instant}, u {uuid}, raw {bytes}, l {long});
            insert into t values
                (-5, '1', 1.50, '9.5', 0.1, 'Zoë', '2024-01-31', '2024-01-31 12:00:00.5', '2024-01-31 12:00:00+05:45', '00112233-4455-6677-8899-AABBCCDDEEFF', {hex:00ff}, -9223372036854775808),
                (7, '0', 10, '-0.000000000000000001', -1e300, '😀', '1999-12-31', 'infinity', '-infinity', 'ffffffff-0000-0000-0000-000000000000', {hex:}, 9223372036854775807),
                (8, null, null, null, null, null, null, null, null, null, null, null)
            """;
        Assert(await CompareAsync(sql, sql), Verdict.Passed, 0, 0, 0);
        Assert(await CompareAsync(sql, sql + "; update t set n = null, c = '😁' where id = 7; update t set u = null where id = 8; delete from t where id = -5"), Verdict.Failed, 1, 0, 1);
        var expected = new List<ComparisonMethod> { ComparisonMethod.Stream };
        expected.AddRange(IsPostgresOnly ? [ComparisonMethod.Native] : Array.Empty<ComparisonMethod>());
        expected.AddRange(HasPostgres ? [ComparisonMethod.Pushdown] : Array.Empty<ComparisonMethod>());
        _used.ShouldBe(expected, ignoreOrder: true, string.Join("; ", _reasons));
    }

    [Fact]
    public async Task Nothing_that_looks_like_null_is_null()
    {
        const string table = "create table t (id integer primary key, c text);";
        var values = new[] { "null", "''", "' '", "'NULL'", "'<null>'", "'null'", "'0'" };
        string Insert(int shift) => $"{table} insert into t values {string.Join(", ", values.Select((_, index) => $"({index}, {values[(index + shift) % values.Length]})"))}";
        Assert(await CompareAsync(Insert(0), Insert(0)), Verdict.Passed, 0, 0, 0);
        for (var shift = 1; shift < values.Length; shift++)
        {
            Assert(await CompareAsync(Insert(0), Insert(shift)), Verdict.Failed, 0, 0, values.Length);
        }
    }

    [Fact]
    public async Task Infinite_timestamps_are_not_null_and_not_each_other()
    {
        const string table = "create table t (id integer primary key, at timestamp);";
        var result = await CompareAsync(
            table + "insert into t values (1, 'infinity'), (2, '-infinity'), (3, null), (4, '9999-12-31 23:59:59')",
            table + "insert into t values (1, null), (2, 'infinity'), (3, '-infinity'), (4, 'infinity')");
        Assert(result, Verdict.Failed, 0, 0, 4);
        result.Differences[0].Columns.ShouldBe([new ColumnDifference("at", "infinity", null)]);
    }

    [Fact]
    public async Task Separators_and_quotes_inside_values_hide_nothing()
    {
        const string table = "create table t (a text, b text, c text);";
        var result = await CompareAsync(
            table + """insert into t values ('x', 'y|z', ''), ('a,b', 'c', ''), ('"', '''', '\'), ('x;', ' y', '')""",
            table + """insert into t values ('x|y', 'z', ''), ('a', 'b,c', ''), ('', '"''', '\'), ('x', '; y', '')""");
        Assert(result, Verdict.Failed, 4, 4, 0);
    }

    [Fact]
    public async Task The_ends_of_the_floats_are_told_apart()
    {
        const string table = "create table t (id integer primary key, f {float});";
        Assert(
            await CompareAsync(
                table + "insert into t values (1, 1e300), (2, 5e-324), (3, 0.5), (4, 0.1), (5, 'NaN'), (6, 0.0)",
                table + "insert into t values (1, 1e300), (2, 5e-324), (3, 0.5), (4, 0.1), (5, 'NaN'), (6, -0.0)"),
            Verdict.Passed, 0, 0, 0);
        Assert(
            await CompareAsync(
                table + "insert into t values (1, 1e300), (2, 5e-324), (3, 0.5), (4, 0.1), (5, 'NaN'), (6, 0.0)",
                table + "insert into t values (1, 1.0000000000000002e300), (2, 0.0), (3, 1.5e-300), (4, 0.10000000000000002), (5, null), (6, 5e-324)"),
            Verdict.Failed, 0, 0, 6);
    }

    [Fact]
    public async Task Decimals_of_38_digits_are_equal_by_value_and_differ_in_the_last_digit()
    {
        const string table = "create table t (id integer primary key, n {wide decimal});";
        var result = await CompareAsync(
            table + "insert into t values (1, '12345678901234567890.123456789012345678'), (2, '1.5'), (3, '-0.0')",
            table + "insert into t values (1, '12345678901234567890.123456789012345679'), (2, '1.500'), (3, '0')");
        Assert(result, Verdict.Failed, 0, 0, 1);
        result.Differences.Single().Columns.Single().ShouldBe(new ColumnDifference("n", "12345678901234567890.123456789012345678", "12345678901234567890.123456789012345679"));
    }

    [Fact]
    public async Task Text_is_compared_by_code_points_beyond_the_basic_plane_and_with_combining_marks()
    {
        const string table = "create table t (id integer primary key, c text);";
        var result = await CompareAsync(
            table + "insert into t values (1, '😀'), (2, 'e\u0301'), (3, '𝒜'), (4, 'ﬁ'), (5, 'İ')",
            table + "insert into t values (1, '😀'), (2, '\u00e9'), (3, 'A'), (4, 'fi'), (5, 'İ')");
        Assert(result, Verdict.Failed, 0, 0, 3);
        result.Differences.Select(difference => difference.Key["id"]).ShouldBe(["2", "3", "4"]);
    }

    /// <summary>Nothing copies them, and what both sides computed may differ all the same.</summary>
    [Fact]
    public async Task Columns_that_both_sides_compute_are_compared()
    {
        const string table = "create table t (id integer primary key, b integer, c integer generated always as (b * {0}) stored);";
        const string rows = "insert into t (id, b) values (1, 1), (2, 0)";
        var result = await CompareAsync(table.Replace("{0}", "2", StringComparison.Ordinal) + rows, table.Replace("{0}", "3", StringComparison.Ordinal) + rows);
        Assert(result, Verdict.Failed, 0, 0, 1);
        result.Differences.Single().Columns.Single().ShouldBe(new ColumnDifference("c", "2", "3"));
    }

    [Theory]
    [InlineData("c integer", "c integer generated always as (b * 2) stored")]
    [InlineData("c integer generated always as (b * 2) stored", "c integer")]
    public async Task A_column_that_one_side_computes_is_compared_with_the_plain_one_of_the_other(string source, string target)
    {
        static string Table(string column) => $"create table t (id integer primary key, b integer, {column}); insert into t (id, b) values (1, 0)" + (column == "c integer" ? "; update t set c = 7" : "");
        var result = await CompareAsync(Table(source), Table(target));
        Assert(result, Verdict.Failed, 0, 0, 1);
        result.Differences.Single().Columns.Single().Name.ShouldBe("c");
    }

    [Fact]
    public async Task A_condition_that_no_row_meets_is_not_passed()
    {
        const string sql = "create table t (id integer primary key); insert into t values (1), (2)";
        var (source, target) = (await OpenAsync(sourceScratch, sql), await OpenAsync(targetScratch, sql));
        var pairs = (await Pairs.ByNameAsync(source, target)).Select(pair => pair with { Where = "id > 99", TargetWhere = "id > 99" }).ToList();
        var result = (await DatabaseComparer.CompareAsync(source, target, pairs, new ComparisonOptions(), 1, SilentObserver.Instance, default).ToListAsync()).ShouldHaveSingleItem();
        (result.Verdict, result.SourceRows, result.TargetRows).ShouldBe((Verdict.Inconclusive, 0L, 0L));
        result.Notes.ShouldContain("neither side has a row that was asked for: nothing was compared");

        // One part of a table that is compared in parts may have none.
        var part = pairs.Select(pair => pair with { Part = new KeyRange(pair.Key) }).ToList();
        (await DatabaseComparer.CompareAsync(source, target, part, new ComparisonOptions(), 1, SilentObserver.Instance, default).ToListAsync()).ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task Sparse_and_negative_keys_are_listed_in_their_order()
    {
        const string table = "create table t (id {long} primary key, c text);";
        var result = await CompareAsync(
            table + "insert into t values (9223372036854775807, 'a'), (-9223372036854775808, 'b'), (0, 'c'), (-1, 'd'), (100, 'e'), (9, 'f')",
            table + "insert into t values (0, 'c'), (9, 'F')");
        Assert(result, Verdict.Failed, 4, 0, 1);
        result.Differences.Select(difference => difference.Key["id"]).ShouldBe(["-9223372036854775808", "-1", "9", "100", "9223372036854775807"]);
    }

    [Fact]
    public async Task Keys_of_mixed_length_and_of_several_columns_are_not_confused()
    {
        const string table = "create table t (a text, b text, v integer, primary key (a, b));";
        var result = await CompareAsync(
            table + "insert into t values ('a', 'bc', 1), ('ab', 'c', 2), ('abc', '', 3), ('', 'abc', 4), ('Ä', 'z', 5)",
            table + "insert into t values ('a', 'bc', 1), ('ab', 'c', 3), ('abc', '', 3), ('', 'abc', 4), ('Ä', 'z ', 5)");
        Assert(result, Verdict.Failed, 1, 1, 1);
        result.Differences.ShouldContain(difference => difference.Kind == DifferenceKind.Changed && difference.Key["a"] == "ab" && difference.Key["b"] == "c");
    }

    [Fact]
    public async Task Keys_under_a_collation_that_calls_them_equal_are_compared_by_what_they_are()
    {
        const string table = "{collation} create table t (k {no case} primary key, v integer);";
        var result = await CompareAsync(
            table + "insert into t values ('B', 1), ('a', 2), ('_', 3), ('Z', 4)",
            table + "insert into t values ('Z', 4), ('_', 3), ('A', 2), ('B', 1)");
        Assert(result, Verdict.Failed, 1, 1, 0);
        result.Differences.Select(difference => (difference.Kind, difference.Key["k"])).ShouldBe([(DifferenceKind.Extra, "A"), (DifferenceKind.Missing, "a")]);
    }

    [Fact]
    public async Task A_duplicate_row_in_a_table_without_key_is_found()
    {
        const string table = "create table t (a integer, b text);";
        var result = await CompareAsync(
            table + "insert into t values (1, 'x'), (1, 'x'), (2, null), (2, null)",
            table + "insert into t values (1, 'x'), (2, null), (2, null), (2, null), (2, null)");
        Assert(result, Verdict.Failed, 1, 2, 0);
        result.Differences.Select(difference => (difference.Kind, difference.Key["a"], difference.Key["b"], difference.Count))
            .ShouldBe([(DifferenceKind.Missing, "1", "x", 1), (DifferenceKind.Extra, "2", null, 2)]);
    }

    [Fact]
    public async Task Padding_of_a_char_is_left_out_and_said()
    {
        var result = await CompareAsync(
            "create table t (id integer primary key, c char(5)); insert into t values (1, 'ab'), (2, ''), (3, ' x')",
            "create table t (id integer primary key, c text); insert into t values (1, 'ab'), (2, ''), (3, 'x')");
        Assert(result, Verdict.Failed, 0, 0, 1);
        if (sourceScratch is PostgresScratch)
        {
            result.Notes.ShouldContain("column c: compared without blanks at its end, with which char(n) is padded");
        }
    }

    [Fact]
    public async Task Sums_past_64_bits_overflow_nowhere()
    {
        const string table = "create table t (id integer primary key, v {long});";
        var rows = string.Join(", ", Enumerable.Range(0, 500).Select(id => $"({id}, 9223372036854775807)"));
        Assert(await CompareAsync($"{table} insert into t values {rows}", $"{table} insert into t values {rows}"), Verdict.Passed, 0, 0, 0);
        Assert(
            await CompareAsync($"{table} insert into t values {rows}", $"{table} insert into t values {rows}; update t set v = 9223372036854775806 where id in (3, 4)"),
            Verdict.Failed, 0, 0, 2);
    }

    [Fact]
    public async Task The_order_of_columns_and_of_rows_does_not_matter()
    {
        var result = await CompareAsync(
            "create table t (id integer primary key, a text, b text); insert into t values (1, 'x', 'y'), (2, 'p', 'q')",
            "create table t (b text, id integer primary key, a text); insert into t values ('q', 2, 'p'), ('y', 1, 'x')");
        Assert(result, Verdict.Passed, 0, 0, 0);
    }

    [Fact]
    public async Task Reserved_words_and_odd_characters_in_names_are_names()
    {
        const string sql = """
            create table "select ""from"" where" ("order" integer primary key, "a'b" text, "group by" text, "ü; drop" text);
            insert into "select ""from"" where" values (1, 'x', 'y', 'z')
            """;
        var result = await CompareAsync(sql, sql + """; update "select ""from"" where" set "a'b" = 'X', "ü; drop" = 'Z' """);
        Assert(result, Verdict.Failed, 0, 0, 1);
        result.Differences.Single().Columns.Select(column => column.Name).ShouldBe(["a'b", "ü; drop"]);
    }

    [Fact]
    public async Task Two_empty_tables_pass_and_say_so()
    {
        const string sql = "create table t (id integer primary key)";
        var result = await CompareAsync(sql, sql);
        Assert(result, Verdict.Passed, 0, 0, 0);
        result.Notes.ShouldBe(["both sides are empty"]);
    }

    [Fact]
    public async Task A_thousand_columns_are_compared()
    {
        var table = $"create table t (id integer primary key, {string.Join(", ", Enumerable.Range(1, 999).Select(column => $"c{column} integer"))});";
        var insert = $"insert into t values (1, {string.Join(", ", Enumerable.Range(1, 999))})";
        var result = await CompareAsync(table + insert, table + insert + "; update t set c998 = 0, c999 = null");
        Assert(result, Verdict.Failed, 0, 0, 1);
        result.Differences.Single().Columns.ShouldBe([new ColumnDifference("c998", "998", "0"), new ColumnDifference("c999", "999", null)]);
    }

    [Fact]
    public async Task A_value_of_100_megabytes_is_compared_to_its_last_byte()
    {
        const string table = "create table t (id integer primary key, c text);";
        const string values = "insert into t values (1, {repeat:y:1000000}), (2, {repeat:x:104857600}";
        var result = await CompareAsync($"{table} {values} || 'x')", $"{table} {values} || 'y')");
        Assert(result, Verdict.Failed, 0, 0, 1);
        result.Differences.Single().Columns.Single().Source.ShouldNotBeNull().ShouldContain("(104857601 bytes, hash ");
    }

    [Fact]
    public async Task Rows_that_are_spooled_are_found_all_the_same()
    {
        const string table = "create table t (id integer primary key, c text, n decimal(12,2));";
        var rows = string.Join(", ", Enumerable.Range(0, 3000).Select(id => $"({id}, 'row {id}', {id}.25)"));
        var result = await CompareAsync($"{table} insert into t values {rows}", $"{table} insert into t values {rows}; update t set c = 'changed' where id % 3 = 0; delete from t where id % 10 = 1",
            new ComparisonOptions { MemoryBytes = 4000, MaxDifferences = 3 });
        Assert(result, Verdict.Failed, 300, 0, 900);
        result.Differences.Select(difference => difference.Key["id"]).ShouldBe(["0", "1", "3"]);
        result.Notes.ShouldBe(["3 of 1200 differences are listed, the first by key; all are counted"]);
    }

    [Fact]
    public async Task A_table_that_can_not_be_read_does_not_stop_the_others()
    {
        const string sql = "create table a (id integer primary key); create table b (id integer primary key); create table c (id integer primary key); insert into a values (1); insert into b values (1); insert into c values (1), (2)";
        var (source, target) = (await OpenAsync(sourceScratch, sql), await OpenAsync(targetScratch, sql));
        var pairs = (await Pairs.ByNameAsync(source, target)).ToList();
        pairs[1] = pairs[1] with { Where = "nothing_of_this_name = 1" };

        var tables = await DatabaseComparer.CompareAsync(source, target, pairs, new ComparisonOptions(), 2, SilentObserver.Instance, default).ToListAsync();
        var result = DatabaseComparer.Combine(source, target, tables);

        result.Verdict.ShouldBe(Verdict.Error);
        result.Tables.Select(table => table.Verdict).ShouldBe([Verdict.Passed, Verdict.Error, Verdict.Passed]);
        result.Tables[1].Notes.ShouldHaveSingleItem().ShouldContain("nothing_of_this_name");
        result.Source.ShouldBe(source.Endpoint.ToString());
        DatabaseComparer.Combine(source, target, []).Verdict.ShouldBe(Verdict.NotRun);
    }

    [Fact]
    public async Task Whoever_stops_looking_at_results_stops_the_comparison()
    {
        const string sql = "create table a (id integer primary key); create table b (id integer primary key)";
        var (source, target) = (await OpenAsync(sourceScratch, sql), await OpenAsync(targetScratch, sql));
        await foreach (var table in DatabaseComparer.CompareAsync(source, target, await Pairs.ByNameAsync(source, target), new ComparisonOptions(), 1, SilentObserver.Instance, default))
        {
            table.Verdict.ShouldBe(Verdict.Passed);
            break;
        }
    }

    private static void Assert(TableComparison result, Verdict verdict, long missing, long extra, long changed)
    {
        result.Verdict.ShouldBe(verdict, string.Join("; ", result.Notes.Concat(result.Differences.Select(Describe))));
        (result.Missing, result.Extra, result.Changed).ShouldBe((missing, extra, changed), string.Join("; ", result.Differences.Select(Describe)));
    }

    private static string Describe(RowDifference difference) =>
        $"{difference.Kind} {string.Join(',', difference.Key.Values.Take(5))} {string.Join(',', difference.Columns.Take(5).Select(column => $"{column.Name}: {column.Source} / {column.Target}"))}";

    /// <summary>Compares by every method, which must all say the same, and gives the result of the stream.</summary>
    private async Task<TableComparison> CompareAsync(string sourceSql, string targetSql, ComparisonOptions? options = null)
    {
        var (source, target) = (await OpenAsync(sourceScratch, sourceSql), await OpenAsync(targetScratch, targetSql));
        var pairs = await Pairs.ByNameAsync(source, target);
        var results = new List<TableComparison>();
        foreach (var method in new ComparisonMethod?[] { ComparisonMethod.Stream, ComparisonMethod.Native, ComparisonMethod.Pushdown, null })
        {
            var one = await DatabaseComparer.CompareAsync(source, target, pairs, (options ?? new ComparisonOptions()) with { Method = method }, 1, SilentObserver.Instance, default).ToListAsync();
            results.Add(one.ShouldHaveSingleItem());
        }

        foreach (var result in results)
        {
            // A long value's hash is salted anew for each comparison.
            Tell(result).ShouldBe(Tell(results[0]), $"{result.Method} ({result.MethodReason})");
        }

        _used.UnionWith(results.Take(3).Select(result => result.Method));
        _reasons.AddRange(results.Select(result => result.MethodReason ?? ""));
        return results[0];
    }

    private static string Tell(TableComparison result) => Regex.Replace(TellAll(result), "hash [0-9a-f]{8}", "hash");

    private static string TellAll(TableComparison result) => string.Join(
        '\n',
        [
            $"{result.Verdict} {result.SourceRows} {result.TargetRows} -{result.Missing} +{result.Extra} ~{result.Changed}",
            .. result.Notes,
            .. result.Differences.Select(difference => $"{Describe(difference)} {difference.Count} {difference.SourceKey is null} {difference.TargetKey is null}"),
        ]);

    private async Task<IDatabase> OpenAsync(IScratch scratch, string sql)
    {
        var database = scratch.Provider.Open(await scratch.NewAsync(EngineSyntax.For(scratch, sql)));
        _opened.Add(database);
        return database;
    }
}
