using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>What two engines make differently, where a comparison once ended, or told too much or too little.</summary>
public sealed class ComparisonEdgeTests(PostgresCluster cluster)
{
    [Fact]
    public async Task A_key_that_is_no_whole_number_everywhere_is_met_while_methods_are_tried()
    {
        const string source = "create table t (id integer primary key, v text); insert into t values (1, 'a'), (2, 'b'), (3, 'c')";
        const string target = "create table t (id int not null primary key, v text); insert into t values (1, 'a'), (2.5, 'b'), (3, 'c')";
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), source, new SqliteScratch(), target);
        room.Estimate(1_000_000);

        var result = await room.CompareAsync(new ComparisonOptions());

        (result.Verdict, result.Missing, result.Extra, result.Changed).ShouldBe((Verdict.Failed, 1, 1, 0), ComparisonRoom.Tell(result));
    }

    [Theory]
    [InlineData("timestamp(3)", "2024-01-31 12:00:00.123", "2024-01-31 12:00:00.1234")]
    [InlineData("time(0)", "10:00:00", "10:00:00.3")]
    public async Task More_digits_of_a_second_than_both_columns_are_declared_with_are_a_difference(string type, string exact, string finer)
    {
        string Sql(string value) => $"create table t (id integer primary key, v {type}); insert into t values (1, '{value}')";
        foreach (var (source, target) in new[] { ((IScratch)new PostgresScratch(cluster), (IScratch)new SqliteScratch()), (new SqliteScratch(), new SqliteScratch()) })
        {
            await using var room = await ComparisonRoom.OpenAsync(source, Sql(exact), target, Sql(finer));
            foreach (var method in Enum.GetValues<ComparisonMethod>())
            {
                var result = await room.CompareAsync(new ComparisonOptions { Method = method });
                (result.Verdict, result.Changed).ShouldBe((Verdict.Failed, 1), $"{result.Method} ({result.MethodReason})");
            }
        }
    }

    [Theory]
    [InlineData("text")]
    [InlineData("varchar(9)")]
    [InlineData("blob")]
    [InlineData("")]
    public async Task A_text_and_a_blob_of_the_same_bytes_are_two_values_to_SQLite(string type)
    {
        string Sql(string value, string key) => $"create table t (id {type} not null primary key, v {type}); insert into t values (1, {value}), ({key}, 'x'), ('c', ''), (x'64', x'')";
        foreach (var method in Enum.GetValues<ComparisonMethod>())
        {
            await using var room = await ComparisonRoom.OpenAsync(new SqliteScratch(), Sql("'ab'", "'k'"), new SqliteScratch(), Sql("x'6162'", "x'6b'"));
            var result = await room.CompareAsync(new ComparisonOptions { Method = method });
            (result.Verdict, result.Missing, result.Extra, result.Changed).ShouldBe((Verdict.Failed, 1, 1, 1), $"{method} as {result.Method}: {ComparisonRoom.Tell(result)}");

            await using var same = await ComparisonRoom.OpenAsync(new SqliteScratch(), Sql("x'6162'", "'k'"), new SqliteScratch(), Sql("x'6162'", "'k'"));
            (await same.CompareAsync(new ComparisonOptions { Method = method })).Verdict.ShouldBe(Verdict.Passed);
        }
    }

    [Fact]
    public async Task A_condition_may_name_a_column_that_is_called_as_SQLite_calls_those_of_values()
    {
        const string sql = "create table t (id integer primary key, column1 integer, column2 text); insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) select i, i, 'x' || i from n";
        await using var room = await ComparisonRoom.OpenAsync(new SqliteScratch(), sql, new SqliteScratch(), sql + "; update t set column2 = 'y' where id = 4711");
        room.Tables = [.. room.Tables.Select(pair => pair with { Where = "column1 > 10 and column2 <> ''" })];

        var result = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Stream });

        (result.Verdict, result.Changed).ShouldBe((Verdict.Failed, 1), ComparisonRoom.Tell(result));
    }

    [Fact]
    public async Task A_condition_of_the_source_that_no_row_meets_says_nothing_of_an_empty_target()
    {
        await using var room = await ComparisonRoom.OpenAsync(
            new SqliteScratch(), "create table t (id integer primary key, status text); insert into t values (1, 'active')", new SqliteScratch(), "create table t (id integer primary key, status text)");
        room.Tables = [.. room.Tables.Select(pair => pair with { Where = "status = 'activ'" })];

        var result = await room.CompareAsync(new ComparisonOptions());

        (result.Verdict, result.SourceRows).ShouldBe((Verdict.Inconclusive, 0), ComparisonRoom.Tell(result));
    }

    [Fact]
    public async Task Rows_with_NULL_in_their_key_are_told_as_such_and_not_looked_at_again()
    {
        string Sql(string text) => $"create table t (k integer, v text); insert into t values (null, '{text}'), (1, 'a')";
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), Sql("b"), new PostgresScratch(cluster), Sql("other"));
        room.Tables = [.. room.Tables.Select(pair => pair with { Key = ["k"] })];

        var result = await room.CompareAsync(new ComparisonOptions { Settle = TimeSpan.FromSeconds(1) });

        (result.Verdict, result.Changed).ShouldBe((Verdict.Failed, 1), ComparisonRoom.Tell(result));
        result.Notes.ShouldContain("rows with NULL in their key can't be looked at again");
    }

    [Fact]
    public async Task A_row_that_is_not_found_again_by_its_own_key_has_not_come_to_agree()
    {
        // Half of a pair of UTF-16: SQLite gives it out as another character, by which it does not find it.
        string Sql(string text) => $"pragma encoding = 'UTF-16le'; create table t (k text not null primary key, v text); insert into t values (cast(x'00D86100' as text), '{text}')";
        await using var room = await ComparisonRoom.OpenAsync(new SqliteScratch(), Sql("a"), new SqliteScratch(), Sql("b"));

        var result = await room.CompareAsync(new ComparisonOptions { Settle = TimeSpan.FromSeconds(1) });

        (result.Verdict, result.Changed).ShouldBe((Verdict.Failed, 1), ComparisonRoom.Tell(result));
    }
}
