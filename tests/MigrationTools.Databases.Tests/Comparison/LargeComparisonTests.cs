using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Tables of many segments, with every kind of key: what is scattered over them is found, by every method the same.</summary>
public sealed class LargeComparisonTests(PostgresCluster cluster)
{
    private const int Rows = 30_000;

    public enum Key
    {
        Even,
        Sparse,
        Composite,
        Uuid,
        Text,
        None,
    }

    [Theory]
    [InlineData(Key.Even)]
    [InlineData(Key.Sparse)]
    [InlineData(Key.Composite)]
    [InlineData(Key.Uuid)]
    [InlineData(Key.Text)]
    [InlineData(Key.None)]
    public Task Scattered_differences_are_found_between_two_servers(Key key) => FindAsync(new PostgresScratch(cluster), key, [ComparisonMethod.Native]);

    [Theory]
    [InlineData(Key.Even)]
    [InlineData(Key.Sparse)]
    [InlineData(Key.Composite)]
    [InlineData(Key.Uuid)]
    [InlineData(Key.Text)]
    [InlineData(Key.None)]
    public Task Scattered_differences_are_found_between_a_file_and_a_server(Key key) => FindAsync(new SqliteScratch(), key, []);

    [Fact]
    public async Task A_third_of_the_rows_may_differ()
    {
        const string sql = "create table t (id bigint primary key, v text); insert into t select i, 'v' || i from generate_series(1, 150000) i; analyze t";
        await using var room = await ComparisonRoom.OpenAsync(
            new PostgresScratch(cluster), sql, new PostgresScratch(cluster), $"{sql}; update t set v = 'x' where id % 3 = 0; delete from t where id % 1000 = 1");
        var result = await room.CompareByAsync([ComparisonMethod.Native, ComparisonMethod.Pushdown], new ComparisonOptions { MemoryBytes = 1_000_000, MaxDifferences = 50 });
        (result.Missing, result.Extra, result.Changed).ShouldBe((150, 0, 49_950));
        result.Differences.Count.ShouldBe(50);
        result.Differences[0].Key["id"].ShouldBe("1");
    }

    [Theory]
    [InlineData(false, "update t set v = 'x' where id % 3 = 0; delete from t where id % 1000 = 1; insert into t select i, 'new' from generate_series(300001, 300100) i", 300, 100, 99_900)]
    [InlineData(true, "update t set v = 'x' where id % 3 = 0; delete from t where id % 1000 = 1; insert into t select i, 'new' from generate_series(300001, 300100) i", 300, 100, 99_900)]
    // Only in the stretches that are looked at: that misleads, and changes no result.
    [InlineData(false, "update t set v = 'x' where (id - 1) / 4110 in (4, 13, 22, 31, 41, 50, 59, 68) and id % 2 = 0", 0, 0, 16_440)]
    public async Task Where_every_stretch_that_is_looked_at_differs_the_rows_are_compared_at_once(bool file, string edits, int missing, int extra, int changed)
    {
        const string table = "create table t (id bigint not null primary key, v text);";
        const string sql = $"{table} insert into t select i, 'v' || i from generate_series(1, 300000) i; analyze t";
        await using var room = file
            ? await ComparisonRoom.OpenAsync(new SqliteScratch(), $"{table} with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000) insert into t select i, 'v' || i from n; analyze t", new PostgresScratch(cluster), $"{sql}; {edits}")
            : await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), sql, new PostgresScratch(cluster), $"{sql}; {edits}");

        var result = await room.CompareByAsync(file ? [ComparisonMethod.Pushdown] : [ComparisonMethod.Native, ComparisonMethod.Pushdown]);

        result.Verdict.ShouldBe(Verdict.Failed, ComparisonRoom.Tell(result));
        result.Notes.ShouldContain(note => note.StartsWith("each of 8 stretches of the key that were looked at first differs", StringComparison.Ordinal), ComparisonRoom.Tell(result));
        (result.Missing, result.Extra, result.Changed).ShouldBe((missing, extra, changed), ComparisonRoom.Tell(result));
        (result.SourceRows, result.TargetRows).ShouldBe((300_000, 300_000 - missing + extra));
    }

    [Fact]
    public async Task Stretches_that_are_not_small_are_not_looked_at_first()
    {
        const string sql = "create table t (tenant integer not null, id integer not null, v text, primary key (tenant, id)); insert into t select i % 100, i, 'v' || i from generate_series(1, 40000) i";
        const string estimate = "analyze t; update pg_class set reltuples = 4e7 where relname = 't'";
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), $"{sql}; {estimate}", new PostgresScratch(cluster), $"{sql}; update t set v = 'x'; {estimate}");

        await RowsAreComparedAfterSumsAsync(room);
    }

    [Fact]
    public async Task Stretches_of_which_nobody_knows_whether_they_are_small_are_not_looked_at_first()
    {
        const string sql = "create table t (id integer primary key, v text); with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000) insert into t select i, 'v' || i from n";
        await using var room = await ComparisonRoom.OpenAsync(new SqliteScratch(), sql, new SqliteScratch(), $"{sql}; update t set v = 'x'");

        await RowsAreComparedAfterSumsAsync(room);
    }

    private static async Task RowsAreComparedAfterSumsAsync(ComparisonRoom room)
    {
        var result = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Stream });

        (result.Verdict, result.Changed).ShouldBe((Verdict.Failed, result.SourceRows!.Value), ComparisonRoom.Tell(result));
        result.Notes.ShouldNotContain(note => note.Contains("looked at first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stretches_that_are_looked_at_first_do_not_hide_one_that_differs()
    {
        const string sql = "create table t (id bigint not null primary key, v text); insert into t select i, 'v' || i from generate_series(1, 300000) i; analyze t";
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), sql, new PostgresScratch(cluster), $"{sql}; update t set v = 'x' where id = 777");

        var result = await room.CompareByAsync([ComparisonMethod.Native, ComparisonMethod.Pushdown]);

        result.Changed.ShouldBe(1);
        result.Notes.ShouldNotContain(note => note.Contains("looked at first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_beyond_the_other_sides_keys_belong_to_the_ends()
    {
        const string table = "create table t (id bigint primary key, v text); insert into t select i, 'v' || i from generate_series({0}, {1}) i; analyze t";
        await using var room = await ComparisonRoom.OpenAsync(
            new PostgresScratch(cluster), table.Replace("{0}", "1").Replace("{1}", "20000"), new PostgresScratch(cluster), table.Replace("{0}", "-9999").Replace("{1}", "19000"));
        var result = await room.CompareByAsync([ComparisonMethod.Native, ComparisonMethod.Pushdown]);
        (result.Missing, result.Extra, result.Changed).ShouldBe((1000, 10_000, 0));
    }

    private async Task FindAsync(IScratch sourceScratch, Key key, ComparisonMethod[] native)
    {
        var targetScratch = new PostgresScratch(cluster);
        var made = Sql(sourceScratch, key);
        const string edits = "update t set name = 'edited' where n % 5000 = 17; delete from t where n % 7000 = 4000;";
        var more = $"insert into t select {Columns(targetScratch, key)} from (select n + 100000 as i from t where n % 9000 = 10) as more; analyze t";
        await using var room = await ComparisonRoom.OpenAsync(sourceScratch, made, targetScratch, $"{Sql(targetScratch, key)}; {edits} {more}");
        ComparisonMethod[] pushdown = key is Key.Even or Key.Sparse or Key.Composite ? [ComparisonMethod.Pushdown] : [];

        var result = await room.CompareByAsync([.. native, .. pushdown]);

        var expected = key == Key.None ? (10, 10, 0) : (4, 4, 6);
        result.Verdict.ShouldBe(Verdict.Failed, string.Join("; ", result.Notes));
        (result.Missing, result.Extra, result.Changed).ShouldBe(expected, ComparisonRoom.Tell(result));
        (result.SourceRows, result.TargetRows).ShouldBe((Rows, Rows));
        result.Differences.Count.ShouldBe(expected.Item1 + expected.Item2 + expected.Item3);
        if (key != Key.None)
        {
            result.Differences.Where(difference => difference.Kind == DifferenceKind.Changed).ShouldAllBe(difference => difference.Columns.Single().Name == "name" && difference.Columns.Single().Target == "edited");
        }

        await room.ChangeAsync(room.Target, "delete from t");
        await room.ChangeAsync(room.Target, EngineSyntax.For(targetScratch, $"{Insert(targetScratch, key)}; analyze t"));
        var equal = await room.CompareByAsync([.. native, .. pushdown]);
        equal.Verdict.ShouldBe(Verdict.Passed, ComparisonRoom.Tell(equal));
    }

    private static string Sql(IScratch scratch, Key key)
    {
        var columns = key switch
        {
            Key.Even or Key.Sparse => "id {long} not null primary key",
            Key.Composite => "a integer not null, b text not null",
            Key.Uuid => "id {uuid} not null primary key",
            Key.Text => "id text not null primary key",
            _ => "id {long}",
        };
        var last = key == Key.Composite ? ", primary key (a, b)" : "";
        return $"create table t ({columns}, n integer, name text, amount decimal(12,2), at timestamp, ok boolean{last}); {Insert(scratch, key)}; analyze t";
    }

    private static string Insert(IScratch scratch, Key key) =>
        $"with recursive numbers(i) as (select 1 union all select i + 1 from numbers where i < {Rows}) insert into t select {Columns(scratch, key)} from numbers";

    // Everything but the key is NULL here and there.
    private static string Columns(IScratch scratch, Key key)
    {
        var postgres = scratch is PostgresScratch;
        var id = key switch
        {
            Key.Even => "i",
            Key.Sparse => "(i % 5 - 2) * 1000000000000 + i",
            Key.Composite => "i % 100, 'b' || i",
            Key.Uuid => postgres ? "(lpad(to_hex(i), 8, '0') || '-0000-0000-0000-00000000abcd')::uuid" : "printf('%08x-0000-0000-0000-00000000abcd', i)",
            Key.Text => "case when i % 2 = 0 then 'Key ' else 'key ' end || i",
            _ => "i % 50",
        };
        var at = postgres ? "timestamp '2020-01-01' + i * interval '1 second'" : "datetime('2020-01-01', i || ' seconds')";
        return $"{id}, i, case when i % 3 = 0 then null else 'name ' || i end, case when i % 11 = 0 then null else i % 1000 * 0.25 end, case when i % 13 = 0 then null else {at} end, case when i % 17 = 0 then null else i % 2 = 0 end";
    }
}
