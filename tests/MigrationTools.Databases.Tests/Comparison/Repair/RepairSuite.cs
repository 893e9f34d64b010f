using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison.Repair;

public sealed class SqliteToSqliteRepairTests() : RepairSuite(new SqliteScratch(), new SqliteScratch());

public sealed class SqliteToPostgresRepairTests(PostgresCluster cluster) : RepairSuite(new SqliteScratch(), new PostgresScratch(cluster));

public sealed class PostgresToSqliteRepairTests(PostgresCluster cluster) : RepairSuite(new PostgresScratch(cluster), new SqliteScratch());

public sealed class PostgresToPostgresRepairTests(PostgresCluster cluster) : RepairSuite(new PostgresScratch(cluster), new PostgresScratch(cluster));

/// <summary>A repair script, run by hand with the engine's own program, makes a second comparison pass; the same for every two engines.</summary>
public abstract class RepairSuite(IScratch source, IScratch target) : IAsyncDisposable
{
    private const string Odd =
        "('', ' ', 'NULL'), ('it''s \"x\"', '\\', '\\n\\x41'), ('a,b;|c', '-- no comment', '; drop table t;'), (':name', '$$', '%s {0} <b>'), ('line\r\nend', '\ttab', '\r'), ('Zoë 😀', 'e\u0301', '\u202Eedoc')";

    private readonly RepairRoom _room = new(source, target);

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Values_of_every_type_are_inserted_and_updated_whole_and_exact()
    {
        const string table = "create table t (id integer primary key, b boolean, n decimal(12,2), big {wide decimal}, f {float}, c varchar(20), d date, ts timestamp, tz {instant}, u {uuid}, j {json}, raw {bytes}, l {long});";
        const string rows = """
            insert into t values
                (-5, '1', 1.50, '9.5', 0.1, 'Zoë', '2024-01-31', '2024-01-31 12:00:00.5', '2024-01-31 12:00:00+05:45', '00112233-4455-6677-8899-AABBCCDDEEFF', '{"b": 1.0, "a": [null]}', {hex:00ff}, -9223372036854775808),
                (7, '0', 10, '-0.000000000000000001', -1e300, '😀', '1999-12-31', 'infinity', '-infinity', 'ffffffff-0000-0000-0000-000000000000', '"é"', {hex:}, 9223372036854775807),
                (8, null, null, null, null, null, null, null, null, null, null, null, null),
                (9, '1', -0.01, '12345678901234567890.123456789012345678', 5e-324, '', '0044-03-15', '-infinity', 'infinity', null, '{"q": "it''s \\ \n"}', {hex:27005c0a}, 0),
                (10, '1', 0, '0', 1.7976931348623157e308, 'NULL', '9999-12-31', '0001-01-01 00:00:00', '1970-01-01 00:00:00+00', null, 'null', {hex:41}, 1),
                (11, '0', 9999999999.99, '-99999999999999999999.999999999999999999', 2.2250738585072014e-308, ' ', '2000-02-29', '2024-01-31 23:59:59.999999', '2024-01-31 23:59:59.999999+00', null, '[]', {hex:00}, -1);
            """;
        // One half is missing, the other half is there with nothing in it but its key, and there are rows too many.
        await RepairAsync(table + rows, table + "insert into t (id) values (-5), (9), (8), (11), (100), (101); update t set c = 'x', b = '1' where id = 8;", (2, 2, 4));
    }

    [Fact]
    public async Task Odd_texts_in_keys_and_values_break_out_of_nothing()
    {
        const string table = "create table t (a text, b text, c text, primary key (a, b));";
        await RepairAsync(
            $"{table} insert into t values {Odd}",
            $"{table} insert into t values {Odd}; update t set c = 'changed' where c <> 'NULL'; delete from t where a = ':name'; insert into t values ('x''', '\"\r\n--', 'extra')",
            (1, 1, 4));
    }

    [Fact]
    public async Task What_the_target_computes_is_compared_and_never_written()
    {
        const string tables =
            "create table t (id integer primary key, b integer, c integer generated always as (b * 2) stored); create table u (b integer, c integer generated always as (b + 1) stored);";
        await RepairAsync(
            tables + "insert into t (id, b) values (1, 1), (2, 2); insert into u (b) values (1), (1), (2)", tables + "insert into t (id, b) values (1, 1), (2, 3), (4, 4); insert into u (b) values (1), (5)", (2, 2, 1));
    }

    [Fact]
    public async Task Rows_without_a_key_come_out_in_exactly_as_many_copies()
    {
        const string table = "create table t (a text, b text, c text, n {wide decimal}, f {float}, raw {bytes});";
        var result = await RepairAsync(
            $"{table} insert into t (a, b, c) values {Odd}, {Odd}; insert into t values (null, null, null, 1.5, 0.1, {{hex:00ff}}), (null, null, null, 1.5, 0.1, {{hex:00ff}}), (null, '', null, null, 1e300, {{hex:}})",
            $"{table} insert into t (a, b, c) values {Odd}, {Odd}, {Odd}; insert into t values (null, null, null, 1.50, 0.1, {{hex:00ff}}), ('', null, null, null, 1e300, null), ('', null, null, null, 1e300, null)",
            (2, 8, 0));
        _room.Script.ShouldContain("rows that are the same");
        result.ShouldBe(8);
    }

    [Fact]
    public async Task Long_values_without_a_key_are_known_again()
    {
        var (one, other) = (new string('a', 3_000) + "1", new string('a', 3_000) + "2");
        await RepairAsync($"create table t (v text); insert into t values ('{one}'), ('b')", $"create table t (v text); insert into t values ('{other}'), ('b')", (1, 1, 0));
    }

    [Fact]
    public async Task Texts_without_a_key_are_known_by_the_rules_under_which_they_were_compared()
    {
        await _room.OpenAsync("create table t (v text); insert into t values ('ONE'), ('Two'), ('THREE')", "create table t (v text); insert into t values ('one'), ('two'), ('FOUR')");

        var summary = await _room.WriteAsync(text: new TextRules { IgnoreCase = true });

        summary.NotCovered.ShouldBeEmpty();
        (summary.Inserts, summary.Deletes).ShouldBe((1, 1), _room.Script);
        _room.Script.ShouldContain("THREE");
        await _room.RunWellAsync();
    }

    [Fact]
    public async Task Parents_come_before_children_and_children_go_before_parents()
    {
        const string tables = """
            create table child_of_both (id integer primary key, a_id integer);
            drop table child_of_both;
            create table zone (id integer primary key, name text);
            create table area (id integer primary key, zone_id integer not null references zone (id));
            create table a_house (id integer primary key, area_id integer not null references area (id), label text);
            """;
        await RepairAsync(
            tables + "insert into zone values (1, 'one'), (2, 'two'); insert into area values (10, 1), (20, 2); insert into a_house values (100, 10, 'a'), (200, 20, 'b');",
            tables + "insert into zone values (1, 'one'), (3, 'three'); insert into area values (10, 1), (30, 3); insert into a_house values (100, 10, 'A'), (300, 30, 'c');",
            (3, 3, 1));
    }

    [Fact]
    public async Task A_row_that_changes_its_parent_does_not_go_with_the_old_one()
    {
        const string tables = """
            create table parent (id integer primary key, name text);
            create table child (id integer primary key, parent_id integer references parent (id) on delete cascade, note text);
            """;
        await RepairAsync(
            tables + "insert into parent values (1, 'one'), (2, 'two'); insert into child values (5, 2, 'kept');",
            tables + "insert into parent values (1, 'one'), (9, 'gone'); insert into child values (5, 9, 'kept'), (6, 9, 'gone');",
            (1, 2, 1));
        _room.Script.ShouldContain("deleted last");
    }

    [Fact]
    public async Task Rows_of_a_table_that_refer_to_each_other_come_and_go_in_any_order()
    {
        const string table = "create table tree (id integer primary key, up integer references tree (id), label text);";
        await RepairAsync(
            table + "insert into tree values (9, null, 'root'), (1, 9, 'leaf'), (5, 1, 'twig'), (50, null, 'moves'), (3, 5, 'far'); update tree set up = 1 where id = 50;",
            table + "insert into tree values (50, null, 'moves'), (60, null, 'x'), (70, 60, 'y'), (65, 70, 'z');",
            (4, 3, 1));
    }

    [Fact]
    public async Task A_unique_value_is_free_before_another_row_takes_it()
    {
        const string table = "create table t (id integer primary key, name text unique);";
        await RepairAsync(
            table + "insert into t values (1, 'a'), (2, 'b'), (4, 'was of 3'), (5, 'was of 2')",
            table + "insert into t values (1, 'a'), (2, 'was of 2'), (3, 'was of 3')",
            (2, 1, 1));
    }

    [Fact]
    public async Task Reserved_words_and_line_ends_in_names_stay_names()
    {
        const string table = "create table \"select\n; drop table t --\" (\"from\" integer, \"a \"\"b\"\"\n\" text, \"é;\" text, primary key (\"a \"\"b\"\"\n\", \"from\"));";
        const string insert = "insert into \"select\n; drop table t --\" values ";
        await RepairAsync(table + insert + "(1, 'x', 'y'), (2, 'x', null)", table + insert + "(1, 'x', 'z'), (2, 'y', null)", (1, 1, 1));
    }

    [Fact]
    public async Task Long_values_are_written_in_pieces_and_come_out_as_they_were()
    {
        const string table = "create table t (id integer primary key, a text, b text, raw {bytes}, up integer references t (id));";
        await _room.OpenAsync(table + "insert into t (id) values (1), (2)", table + "insert into t (id) values (1)");
        var random = new Random(7);
        var bytes = new byte[3_000_001];
        random.NextBytes(bytes);
        var plain = string.Concat(Enumerable.Repeat("it''s é😀 \\ x", 150_000));
        var controls = string.Concat(Enumerable.Repeat("'\\\r\n\té\u0085😀", 100_001));
        await using (var session = await _room.Source.OpenSessionAsync(default))
        {
            await session.ExecuteAsync("update t set a = $1, b = $2, raw = $3", [plain, controls, bytes], default);
        }

        var summary = await _room.WriteAsync();
        (summary.Inserts, summary.Updates, summary.LeftOut).ShouldBe((1, 1, 0));
        await _room.RunWellAsync();
        (await _room.CompareAsync()).ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task A_row_that_is_gone_since_is_left_out_and_named()
    {
        const string table = "create table t (id integer primary key, c text);";
        await _room.OpenAsync(table + "insert into t values (1, 'a'), (2, 'b'), (3, 'c')", table + "insert into t values (3, 'x')");
        var summary = await _room.WriteAsync(() => RepairRoom.ExecuteAsync(_room.Source, "delete from t where id in (2, 3)"));
        (summary.Inserts, summary.Updates, summary.LeftOut).ShouldBe((1, 0, 2));
        summary.NotCovered.ShouldHaveSingleItem().ShouldContain("not on the source any more");
        _room.Script.ShouldContain("-- left out, id = 2: its row is not on the source any more");
        await _room.RunWellAsync();
    }

    [Fact]
    public async Task An_error_in_the_middle_changes_nothing()
    {
        const string table = "create table t (id integer primary key, c text not null);";
        await _room.OpenAsync("create table t (id integer primary key, c text); insert into t values (1, 'a'), (2, null), (3, 'c')", table + "insert into t values (9, 'x')");
        await _room.WriteAsync();
        (await _room.RunAsync()).ExitCode.ShouldNotBe(0);
        var after = (await _room.CompareAsync()).ShouldHaveSingleItem();
        (after.Missing, after.Extra).ShouldBe((3, 1));
    }

    /// <summary>Compares, repairs with the engine's program and compares again; answers the rows that were deleted.</summary>
    [Fact]
    public async Task Rows_outside_the_condition_are_not_touched_though_they_have_the_same_key_or_values()
    {
        const string tables = "create table l (tenant integer, code varchar(9), v varchar(9), primary key (tenant, code)); create table k (tenant integer, v varchar(9));";
        await _room.OpenAsync(
            tables + "insert into l values (1, 'B', 'b1')",
            tables + "insert into l values (1, 'B', 'old'), (2, 'B', 'b2'), (1, 'C', 'c1'), (2, 'C', 'c2'); insert into k values (2, 'x'), (1, 'x')");

        _ = await _room.WriteAsync(change: pair => pair with
        {
            Where = "tenant = 1",
            TargetWhere = "tenant = 1 -- and no other",
            Key = pair.Target.Name.Name == "l" ? ["code"] : [],
            Columns = [.. pair.Columns.Where(column => column.Target.Name != "tenant")],
        });
        await _room.RunWellAsync();

        await using var session = await _room.Target.OpenSessionAsync(TestContext.Current.CancellationToken);
        var left = await session.QueryAsync("select tenant, code, v from l union all select tenant, 'k', v from k order by 1, 2", [], TestContext.Current.CancellationToken);
        left.Select(row => string.Join(' ', row)).ShouldBe(["1 B b1", "2 B b2", "2 C c2", "2 k x"], _room.Script);
    }

    private async Task<long> RepairAsync(string sourceSql, string targetSql, (long Inserts, long Deletes, long Updates) expected)
    {
        await _room.OpenAsync(sourceSql, targetSql);
        var summary = await _room.WriteAsync();
        summary.NotCovered.ShouldBeEmpty();
        (summary.Inserts, summary.Deletes, summary.Updates).ShouldBe(expected, _room.Script);
        await _room.RunWellAsync();
        var after = await _room.CompareAsync();
        after.ShouldAllBe(table => table.Verdict == Verdict.Passed, string.Join("; ", after.SelectMany(table => table.Differences).Select(item => $"{item.Kind} {string.Join(',', item.Key)} {string.Join(',', item.Columns)}")) + _room.Script);
        return summary.Deletes;
    }
}
