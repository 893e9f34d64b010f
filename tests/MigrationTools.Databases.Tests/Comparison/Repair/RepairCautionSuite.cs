using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison.Repair;

public sealed class SqliteRepairCautionTests() : RepairCautionSuite(new SqliteScratch(), new SqliteScratch());

public sealed class SqliteToPostgresRepairCautionTests(PostgresCluster cluster) : RepairCautionSuite(new SqliteScratch(), new PostgresScratch(cluster));

public sealed class PostgresRepairCautionTests(PostgresCluster cluster) : RepairCautionSuite(new PostgresScratch(cluster), new PostgresScratch(cluster));

/// <summary>What a script would do that nobody expects is said at its head, and where it can be seen in time it is not done.</summary>
public abstract class RepairCautionSuite(IScratch source, IScratch target) : IAsyncDisposable
{
    private readonly RepairRoom _room = new(source, target);

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("cascade")]
    [InlineData("set null")]
    public async Task An_equal_row_does_not_go_with_a_deleted_one_by_a_key_that_was_not_compared(string action)
    {
        var tables = $"create table par (id integer primary key); create table chi (id integer primary key, p integer references par (id) on delete {action}, v integer);";
        await _room.OpenAsync(tables + "insert into par values (1); insert into chi values (1, 1, 5)", tables + "insert into par values (1), (9); insert into chi values (1, 9, 5)");
        await _room.WriteAsync(change: pair => pair with { Columns = [.. pair.Columns.Where(column => column.Target.Name != "p")] });
        _room.Script.ShouldMatch($"Caution: .*chi refers to rows of .*par that are deleted, ON DELETE {action.ToUpperInvariant()}: .* fails");
        _room.Script.ShouldContain("columns that were not compared: p");
        await FailsAsync("still refers to a row");
        (await _room.CompareAsync()).Sum(table => table.Extra).ShouldBe(1);
    }

    [Fact]
    public async Task Equal_rows_do_not_go_with_a_deleted_one_by_a_key_that_only_the_target_has()
    {
        await _room.OpenAsync(
            "create table par (id integer primary key); create table chi (id integer primary key, p integer); insert into chi values (1, 9), (2, 9)",
            "create table par (id integer primary key); create table chi (id integer primary key, p integer references par (id) on delete cascade); insert into par values (9); insert into chi values (1, 9), (2, 9)");
        await _room.WriteAsync();
        _room.Script.ShouldContain("ON DELETE CASCADE");
        await FailsAsync("still refers to a row");
        (await _room.CompareAsync()).Sum(table => table.Missing).ShouldBe(0);
    }

    [Fact]
    public async Task Rows_that_refer_to_their_own_table_are_said_to_go_along()
    {
        const string table = "create table tree (id integer primary key, up integer references tree (id) on delete cascade);";
        await _room.OpenAsync(table + "insert into tree values (1, null)", table + "insert into tree values (1, null), (2, 1), (3, 2)");
        await _room.WriteAsync();
        _room.Script.ShouldMatch("Caution: .*tree refers to rows of .*tree that are deleted, ON DELETE CASCADE: a row of it that refers to one of them is deleted with it");
        await _room.RunWellAsync();
        (await _room.CompareAsync()).ShouldAllBe(compared => compared.Verdict == Verdict.Passed);
    }

    [Fact]
    public async Task A_key_to_a_unique_column_that_is_updated_is_told()
    {
        const string tables = "create table par (id integer primary key, u text unique); create table chi (id integer primary key, pu text references par (u) on update cascade);";
        await _room.OpenAsync(
            tables + "insert into par values (1, 'new'); insert into chi values (1, 'new')",
            tables + "insert into par values (1, 'old'); insert into chi values (1, 'old')");
        await _room.WriteAsync();
        _room.Script.ShouldMatch(@"Caution: .*chi refers to columns of .*par that are updated \(u\), ON UPDATE CASCADE");
        await _room.RunWellAsync();
    }

    [Fact]
    public async Task A_unique_value_of_a_row_that_is_deleted_last_is_told()
    {
        const string tables = "create table par (id integer primary key, name text unique); create table chi (id integer primary key, p integer references par (id));";
        await _room.OpenAsync(
            tables + "insert into par values (2, 'one'); insert into chi values (1, 2)",
            tables + "insert into par values (1, 'one'); insert into chi values (1, 1)");
        await _room.WriteAsync();
        _room.Script.ShouldMatch("Caution: rows of .*par are deleted last; where another row takes a unique value of one of them, the script fails and changes nothing");
        await FailsAsync("UNIQUE", "unique");
    }

    [Fact]
    public async Task A_unique_value_that_an_update_gives_up_after_the_insert_is_told()
    {
        const string table = "create table tree (id integer primary key, up integer references tree (id), name text unique);";
        await _room.OpenAsync(
            table + "insert into tree values (2, null, 'one'), (1, 2, 'two')",
            table + "insert into tree values (1, null, 'one')");
        await _room.WriteAsync();
        _room.Script.ShouldMatch("Caution: rows of .*tree are inserted before others are updated.* the script fails and changes nothing");
        await FailsAsync("UNIQUE", "unique");
    }

    [Fact]
    public async Task A_table_whose_rows_are_free_to_change_has_no_caution()
    {
        const string table = "create table t (id integer primary key, name text unique, v integer);";
        await _room.OpenAsync(table + "insert into t values (1, 'a', 1), (2, 'b', 2)", table + "insert into t values (1, 'a', 9), (3, 'b', 2)");
        await _room.WriteAsync();
        _room.Script.ShouldNotContain("Caution");
        _room.Script.ShouldContain("It makes the compared tables of the target equal");
        await _room.RunWellAsync();
    }

    [Fact]
    public async Task Rows_that_meet_a_condition_on_one_side_only_are_left_alone_and_named()
    {
        const string table = "create table t (id integer primary key, s text, v integer);";
        await _room.OpenAsync(
            table + "insert into t values (1, 'live', 5), (2, 'old', 2), (3, 'live', 1), (4, 'live', 4)",
            table + "insert into t values (1, 'old', 5), (2, 'live', 2), (3, 'live', 7), (6, 'live', 6)");
        var summary = await _room.WriteAsync(change: pair => pair with { Where = "s = 'live'", TargetWhere = "(\ns\n) = 'live'" });
        (summary.Inserts, summary.Deletes, summary.Updates, summary.LeftOut).ShouldBe((1, 1, 1, 2));
        _room.Script.ShouldContain("were compared that meet a condition; on the source: s = 'live'; on the target: ( s ) = 'live'.");
        _room.Script.ShouldContain("that meets its condition on one side only is taken for missing or extra");
        _room.Script.ShouldContain("-- left out, id = 1: the target has a row of its key");
        _room.Script.ShouldContain("-- left out, id = 2: the source has a row of its key");
        _room.Script.ShouldContain("does NOT make the target equal");
        await _room.RunWellAsync();
        var after = (await _room.CompareAsync()).ShouldHaveSingleItem();
        (after.Missing, after.Extra, after.Changed).ShouldBe((0, 0, 2));
    }

    [Fact]
    public async Task A_condition_on_the_source_alone_says_what_belongs_on_the_target()
    {
        const string table = "create table t (id integer primary key, s text);";
        await _room.OpenAsync(table + "insert into t values (1, 'live'), (2, 'old')", table + "insert into t values (2, 'old')");
        var summary = await _room.WriteAsync(change: pair => pair with { Where = "s = 'live'" });
        (summary.Inserts, summary.Deletes, summary.LeftOut).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task A_sample_is_said_to_be_one()
    {
        const string table = "create table t (id integer primary key, v integer);";
        await _room.OpenAsync(table + "insert into t values (1, 5)", table + "insert into t values (1, 6)");
        var summary = await _room.WriteAsync(sample: 0.25);
        summary.NotCovered.ShouldContain(line => line.Contains("only a sample of the rows was to be compared (25 %)"));
        _room.Script.ShouldContain("does NOT make the target equal");
        _room.Script.ShouldNotContain("It makes");
        _room.Script.ShouldContain("What the comparison said of itself:");
    }

    private async Task FailsAsync(params string[] anyOf)
    {
        var (code, errors) = await _room.RunAsync();
        code.ShouldNotBe(0, _room.Script);
        anyOf.ShouldContain(part => errors.Contains(part), errors);
    }
}
