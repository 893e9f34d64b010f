using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Partitions;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison.Partitions;

public sealed class SqliteToSqlitePartitionTests() : PartitionSuite(new SqliteScratch(), new SqliteScratch());

public sealed class SqliteToPostgresPartitionTests(PostgresCluster cluster) : PartitionSuite(new SqliteScratch(), new PostgresScratch(cluster));

public sealed class PostgresToSqlitePartitionTests(PostgresCluster cluster) : PartitionSuite(new PostgresScratch(cluster), new SqliteScratch());

public sealed class PostgresToPostgresPartitionTests(PostgresCluster cluster) : PartitionSuite(new PostgresScratch(cluster), new PostgresScratch(cluster));

/// <summary>Every row lies in exactly one partition, and all of them together find what one comparison finds; the same for every two engines.</summary>
public abstract class PartitionSuite(IScratch from, IScratch to) : IAsyncDisposable
{
    private const string Numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)";

    private bool PostgresOnly => from is PostgresScratch && to is PostgresScratch;

    public async ValueTask DisposeAsync()
    {
        await from.DisposeAsync();
        await to.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("i")]
    [InlineData("-i")]
    [InlineData("cast(i as bigint) * i * 1000000 - 4000000000000")]
    [InlineData("case when i < 2900 then i else i * 3000000000000000 end")]
    public async Task Whole_numbers_dense_negative_sparse_and_skewed_are_split_evenly(string key)
    {
        var sql = $"create table t (id {{long}} not null primary key, v integer); insert into t {Numbers} select {key}, i from n;";
        await using var room = await PartitionRoom.OpenAsync(from, sql, to, sql + " update t set v = 0 where v % 500 = 7; delete from t where v % 700 = 3; insert into t values (-9223372036854775808, 1), (9223372036854775807, 2)");

        var plan = await room.PlanAsync(new PartitionSizes { Partitions = 5 });

        plan.Partitions.Count.ShouldBe(5);
        plan.Partitions.ShouldAllBe(partition => partition.Weight > 3000 / 5 * 0.9 && partition.Weight < 3000 / 5 * 1.1);
        plan.Partitions.Sum(partition => partition.Weight).ShouldBe(3000);
        await ShouldBeTheWholeAsync(room, plan, differences: 6 + 5 + 2);
    }

    [Fact]
    public async Task Text_by_bytes_is_split()
    {
        var sql = $"create table t (k text not null primary key, v integer); insert into t {Numbers} select case i % 4 when 0 then 'Ä' when 1 then 'z' when 2 then '' else '😀' end || (i * 7919 % 3001), i from n;";
        await using var room = await PartitionRoom.OpenAsync(from, sql, to, sql + " update t set v = -1 where v % 500 = 7; insert into t values ('', 1), ('zzzz', 2)");

        var plan = await room.PlanAsync(new PartitionSizes { Partitions = 4 });

        plan.Partitions.Count.ShouldBe(4);
        await ShouldBeTheWholeAsync(room, plan, differences: 6 + 2);
    }

    [Fact]
    public async Task Keys_of_bytes_are_split()
    {
        var insert = from is PostgresScratch ? "select decode(lpad(to_hex(i * 7919), 2 * (i % 4 + 4), '0'), 'hex'), i from n" : "select cast(substr('0123456789abcdefghijklm', i % 20 + 1) || i as blob), i from n";
        await using var room = await SameRowsAsync("create table t (k {bytes} not null primary key, v integer);", insert);

        var plan = await room.PlanAsync(new PartitionSizes { Partitions = 3 });

        plan.Partitions.Count.ShouldBe(3);
        await ShouldCoverAsync(room, plan);
    }

    [Fact]
    public async Task Keys_of_several_columns_are_split_inside_their_first()
    {
        var sql = $"create table t (tenant integer not null, name text not null, v integer, primary key (tenant, name)); insert into t {Numbers} select i % 2, 'n' || i, i from n;";
        await using var room = await PartitionRoom.OpenAsync(from, sql, to, sql + " delete from t where v = 1500; update t set v = -1 where v > 2990");

        var plan = await room.PlanAsync(new PartitionSizes { Partitions = 6 });

        plan.Partitions.Count.ShouldBe(6);
        plan.Tables.Single().SplitBy.ShouldBe(["tenant", "name"]);
        await ShouldBeTheWholeAsync(room, plan, differences: 1 + 10);
    }

    [Fact]
    public async Task A_key_whose_first_column_alone_can_be_split_keeps_equal_values_together()
    {
        var sql = $"create table t (tenant integer not null, n {{wide decimal}} not null, v integer, primary key (tenant, n)); insert into t {Numbers} select i * i / 900000, i, i from n;";
        await using var room = await PartitionRoom.OpenAsync(from, sql, to, sql + " delete from t where v = 1500");

        var plan = await room.PlanAsync(new PartitionSizes { Partitions = 4 });

        plan.Tables.Single().SplitBy.ShouldBe(["tenant"]);
        plan.Partitions.Count.ShouldBeGreaterThan(1);
        plan.Partitions.Sum(partition => partition.Weight).ShouldBe(3000);
        await ShouldBeTheWholeAsync(room, plan, differences: 1);
    }

    [Fact]
    public async Task Uuids_are_split_where_both_sides_order_them_alike()
    {
        var key = "'0' || substr('0123456789abcdef', i % 16 + 1, 1) || '000000-0000-4000-8000-' || substr('000000000000' || i, -12, 12)";
        var postgres = "(lpad(to_hex(i * 7919), 8, '0') || '-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid";
        var (left, right) = (from is PostgresScratch ? postgres : key, to is PostgresScratch ? postgres : key);
        await using var room = await PartitionRoom.OpenAsync(
            from, $"create table t (u {{uuid}} not null primary key, v integer); insert into t {Numbers} select {left}, i from n",
            to, $"create table t (u {{uuid}} not null primary key, v integer); insert into t {Numbers} select {right}, i from n");

        var plan = await room.PlanAsync(new PartitionSizes { Partitions = 4 });

        if (PostgresOnly)
        {
            plan.Partitions.Count.ShouldBe(4);
            await ShouldBeTheWholeAsync(room, plan, differences: 0);
        }
        else
        {
            plan.Partitions.Count.ShouldBe(1);
            plan.Tables.Single().WhyWhole.ShouldNotBeNull().ShouldContain("Uuid");
            plan.Notes.ShouldContain(note => note.Contains("t is one part", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_table_without_key_or_with_a_key_under_a_collation_is_one_part_and_the_plan_says_why()
    {
        const string sql = "{collation} create table a (v integer); insert into a values (1), (1); create table b (k {no case} not null primary key); insert into b values ('x'), ('Y'), ('z');";
        await using var room = await PartitionRoom.OpenAsync(from, sql, to, sql);

        var plan = await room.PlanAsync(new PartitionSizes { Partitions = 3 });

        plan.Partitions.SelectMany(partition => partition.Parts).ShouldAllBe(part => part.IsWhole);
        plan.Tables.Select(table => table.WhyWhole).ShouldAllBe(why => why != null);
        plan.Tables[0].WhyWhole.ShouldBe("it has no key");
        plan.Tables[1].WhyWhole!.ShouldContain("order");
        await ShouldBeTheWholeAsync(room, plan, differences: 0);
    }

    [Fact]
    public async Task Several_tables_share_the_partitions_evenly()
    {
        var sql = string.Concat(new[] { ("a", 3000), ("b", 1000), ("c", 20) }.Select(table =>
            $"create table {table.Item1} (id integer not null primary key, v text); insert into {table.Item1} {Numbers} select i, 'v' || i from n where i <= {table.Item2};")) + " create table empty (id integer not null primary key);";
        await using var room = await PartitionRoom.OpenAsync(from, sql, to, sql + " delete from b where id % 300 = 1; insert into empty values (5)");

        var plan = await room.PlanAsync(new PartitionSizes { RowsPerPartition = 1005 });

        plan.Partitions.Count.ShouldBe(4);
        plan.Partitions.ShouldAllBe(partition => partition.Weight > 900 && partition.Weight < 1110);
        plan.Partitions.ShouldAllBe(partition => partition.Parts.Select(part => part.Table).Distinct().Count() == partition.Parts.Count);
        await ShouldBeTheWholeAsync(room, plan, differences: 4 + 1);
    }

    /// <summary>The rows are made on one engine and carried over by value, where the engines make such values differently.</summary>
    private async Task<PartitionRoom> SameRowsAsync(string table, string insert)
    {
        var made = await PartitionRoom.OpenAsync(from, $"{table} insert into t {Numbers} {insert}", to, table);
        await using var snapshot = await made.Source.OpenSnapshotAsync(default);
        await using var reader = await snapshot.ReadAsync(made.Pairs.Single().SourceQuery(), default);
        await using var session = await made.Target.OpenSessionAsync(default);
        var batch = new Engine.Databases.RowBatch(2);
        await using var writer = await session.WriteAsync(made.Pairs.Single().Target.Name, [.. made.Pairs.Single().Columns.Select(column => column.Target)], default);
        while (await reader.ReadAsync(batch, default))
        {
            await writer.WriteAsync(batch, 0, batch.RowCount, default);
        }

        await writer.CompleteAsync(default);
        return made;
    }

    private static async Task ShouldBeTheWholeAsync(PartitionRoom room, ComparisonPlan plan, int differences)
    {
        await ShouldCoverAsync(room, plan);
        await room.CompareAllAsync(plan);
        var merged = room.Merge(plan);
        var whole = await room.CompareWholeAsync();

        merged.Missing.ShouldBeEmpty();
        merged.Repeated.ShouldBeEmpty();
        merged.Refused.ShouldBeEmpty();
        merged.Verdict.ShouldBe(Verdicts.Combine(whole.Select(table => table.Verdict)));
        var tables = merged.Systems.Single().Tables;
        tables.Select(Counts).ShouldBe(whole.Select(Counts));
        tables.SelectMany(Rows).Order().ShouldBe(whole.SelectMany(Rows).Order());
        tables.Sum(table => table.Missing + table.Extra + table.Changed).ShouldBe(differences);
    }

    private static async Task ShouldCoverAsync(PartitionRoom room, ComparisonPlan plan)
    {
        foreach (var table in plan.Tables.Where(table => table.SplitBy.Count > 0))
        {
            foreach (var side in new[] { room.Source, room.Target })
            {
                var parts = await room.KeysAsync(plan, table.Target, side);
                parts.Order(StringComparer.Ordinal).ShouldBe((await room.AllKeysAsync(table.Target, side)).Order(StringComparer.Ordinal));
            }
        }
    }

    private static (string, Verdict, long?, long?, long, long, long) Counts(TableComparison table) =>
        (table.Target, table.Verdict, table.SourceRows, table.TargetRows, table.Missing, table.Extra, table.Changed);

    private static IEnumerable<string> Rows(TableComparison table) => table.Differences.Select(difference =>
        $"{table.Target} {difference.Kind} {string.Join(',', difference.Key)} {string.Join(',', difference.Columns)} {difference.Count}");
}
