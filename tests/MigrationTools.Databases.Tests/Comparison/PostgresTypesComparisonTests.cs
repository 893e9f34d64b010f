using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Types that only PostgreSQL has, or has more than one of.</summary>
public sealed class PostgresTypesComparisonTests(PostgresCluster cluster) : IAsyncDisposable
{
    private readonly PostgresScratch _postgres = new(cluster);
    private readonly SqliteScratch _sqlite = new();
    private readonly List<IDatabase> _opened = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }

        await _postgres.DisposeAsync();
        await _sqlite.DisposeAsync();
    }

    [Fact]
    public async Task Types_that_only_the_server_knows_are_compared_as_text_and_that_is_said()
    {
        const string table = """
            create type pair as (a int, b text);
            create type mood as enum ('sad', 'ok');
            create table t (id int primary key, ip inet, many int[], at point, one pair, moods mood[], span int4range);
            insert into t values (1, '10.0.0.1', '{1,2}', '(1,2)', '(1,x)', '{sad,ok}', '[1,5)');
            """;

        // Another type made first gives the same types other OIDs, which are part of what the server sends of arrays and rows.
        var result = await CompareAsync(_postgres, table, _postgres, "create type before as enum ('x');" + table);
        result.Verdict.ShouldBe(Verdict.Passed, string.Join("; ", result.Notes));
        result.Notes.Count.ShouldBe(6);
        result.Notes.ShouldAllBe(note => note.EndsWith(": compared as the text that the server gives for it"));

        result = await CompareAsync(_postgres, table, _postgres, table + "update t set moods = '{ok,sad}', span = '[1,4)'");
        result.Differences.Single().Columns.Select(column => (column.Name, column.Source, column.Target)).ShouldBe([("moods", "{sad,ok}", "{ok,sad}"), ("span", "[1,5)", "[1,4)")]);
    }

    [Fact]
    public async Task A_type_of_the_server_is_compared_with_text_of_another_engine()
    {
        // What the server gives out of a network address has no mask where that is the whole address; a cast to text adds it (PostgreSQL's documentation, "Network Address Functions").
        const string postgres = "create table t (id int primary key, ip inet); insert into t values (1, '10.0.0.1'), (2, '::1')";
        const string sqlite = "create table t (id integer primary key, ip text); insert into t values (1, '10.0.0.1'), (2, '::2')";
        (await CompareAsync(_postgres, postgres, _sqlite, sqlite)).Changed.ShouldBe(1);
        (await CompareAsync(_sqlite, sqlite, _postgres, postgres)).Changed.ShouldBe(1);
    }

    /// <summary>Blanks at the end of such a text stay and do not count (PostgreSQL's documentation, 8.3): all methods say so.</summary>
    [Theory]
    [InlineData("create table t (id int primary key, v bpchar);")]
    [InlineData("create domain code as bpchar; create table t (id int primary key, v code);")]
    [InlineData("create table t (id int not null, v bpchar primary key);")]
    [InlineData("create table t (id int, v bpchar);")]
    public async Task A_char_without_a_length_is_compared_without_the_blanks_at_its_end_by_each_method(string table)
    {
        await using var room = await ComparisonRoom.OpenAsync(
            new PostgresScratch(cluster), table + "insert into t values (1, 'a'), (2, 'b  '), (3, 'c')", new PostgresScratch(cluster), table + "insert into t values (1, 'a   '), (2, 'b  '), (3, 'd')");
        foreach (var method in new ComparisonMethod?[] { null, ComparisonMethod.Stream, ComparisonMethod.Native, ComparisonMethod.Pushdown })
        {
            var result = await room.CompareAsync(new ComparisonOptions { Method = method });
            (result.Missing + result.Extra + (2 * result.Changed)).ShouldBe(2, $"{result.Method}: {ComparisonRoom.Tell(result)}");
            result.Notes.ShouldContain("column v: compared without blanks at its end, with which char(n) is padded");
        }
    }

    [Fact]
    public async Task Names_of_tables_and_money_do_not_depend_on_a_databases_defaults()
    {
        const string table = "create table t (id int primary key, r regclass, m money); insert into t values (1, 'pg_class', 12.5)";
        const string defaults = "do $$ begin execute format('alter database %I set quote_all_identifiers = on', current_database()); execute format('alter database %I set lc_monetary = ''C.UTF-8''', current_database()); end $$;";
        var result = await CompareAsync(_postgres, table, _postgres, defaults + table);
        result.Verdict.ShouldBe(Verdict.Passed, string.Join("; ", result.Notes.Concat(result.Differences.SelectMany(difference => difference.Columns).Select(column => $"{column.Name} {column.Source} {column.Target}"))));
    }

    [Fact]
    public async Task Timestamps_are_compared_at_the_precision_that_both_sides_have()
    {
        const string fine = "create table t (id int primary key, at timestamp); insert into t values (1, '2024-01-01 00:00:00.1236'), (2, '2024-01-01 00:00:00.1246')";
        const string coarse = "create table t (id int primary key, at timestamp(3)); insert into t values (1, '2024-01-01 00:00:00.1236'), (2, '2024-01-01 00:00:00.124')";
        var result = await CompareAsync(_postgres, fine, _postgres, coarse);
        result.Differences.Single().Key["id"].ShouldBe("2");
        result.Notes.ShouldHaveSingleItem().ShouldContain("3 digits of a second");
    }

    [Fact]
    public async Task Json_and_jsonb_are_compared_by_value_and_json_with_json_by_text()
    {
        const string json = """create table t (id int primary key, j json); insert into t values (1, '{"b": 1.50, "a": "\u00e9"}')""";
        const string jsonb = """create table t (id int primary key, j jsonb); insert into t values (1, '{"a":"é","b":1.5}')""";
        const string other = """create table t (id int primary key, j json); insert into t values (1, '{"a":"é","b":1.5}')""";
        (await CompareAsync(_postgres, json, _postgres, jsonb)).Verdict.ShouldBe(Verdict.Passed);
        (await CompareAsync(_postgres, json, _postgres, other)).Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public async Task Unix_seconds_are_not_taken_for_timestamps()
    {
        var result = await CompareAsync(
            _sqlite, "create table t (id integer primary key, at integer); insert into t values (1, 1704067200)",
            _postgres, "create table t (id int primary key, at timestamptz); insert into t values (1, '2024-01-01 00:00:00+00')");
        result.Verdict.ShouldBe(Verdict.Inconclusive);
        result.Notes.ShouldHaveSingleItem().ShouldStartWith("column at: not compared");
    }

    private async Task<TableComparison> CompareAsync(IScratch sourceScratch, string sourceSql, IScratch targetScratch, string targetSql)
    {
        var (source, target) = (sourceScratch.Provider.Open(await sourceScratch.NewAsync(sourceSql)), targetScratch.Provider.Open(await targetScratch.NewAsync(targetSql)));
        _opened.AddRange([source, target]);
        var results = await DatabaseComparer.CompareAsync(source, target, await Pairs.ByNameAsync(source, target), new ComparisonOptions(), 1, SilentObserver.Instance, default).ToListAsync();
        return results.ShouldHaveSingleItem();
    }
}
