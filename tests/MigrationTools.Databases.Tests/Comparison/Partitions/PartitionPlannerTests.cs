using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Partitions;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison.Partitions;

/// <summary>Where a table may be split, and where not: each case that would put equal rows into two partitions.</summary>
public sealed class PartitionPlannerTests(PostgresCluster cluster) : IAsyncDisposable
{
    private const string Numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000)";

    private readonly SqliteScratch _sqlite = new();
    private readonly PostgresScratch _postgres = new(cluster);

    public async ValueTask DisposeAsync()
    {
        await _sqlite.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Theory]
    [InlineData("create table t (k text primary key)", "may be NULL")]
    [InlineData("create table t (k text not null primary key collate nocase)", "collation nocase")]
    [InlineData("create table t (k real not null primary key)", "Float64")]
    [InlineData("create table t (k date not null primary key)", "Date")]
    [InlineData("create table t (k char(5) not null primary key)", null)]
    [InlineData("create table t (k integer not null primary key, v text) without rowid; insert into t values ('not a number', 'x')", "storage class text")]
    [InlineData("create table t (k text not null primary key); insert into t values (x'6162')", "storage class blob")]
    [InlineData("pragma encoding = 'UTF-16le'; create table t (k text not null primary key)", "UTF-16le")]
    public async Task Sqlite_keys_without_one_order_are_not_split(string sql, string? why)
    {
        await using var room = await PartitionRoom.OpenAsync(_sqlite, sql, _sqlite, sql);
        var plan = await room.PlanAsync(new PartitionSizes { Partitions = 2 });
        if (why is null)
        {
            plan.Tables.Single().WhyWhole.ShouldBeNull();
        }
        else
        {
            plan.Tables.Single().WhyWhole.ShouldNotBeNull().ShouldContain(why);
        }
    }

    [Theory]
    [InlineData("text collate \"und-x-icu\"", "collation")]
    [InlineData("char(8)", "Char")]
    [InlineData("numeric", "Decimal")]
    [InlineData("oid", "oid")]
    [InlineData("text collate \"C\"", null)]
    [InlineData("varchar(40)", null)]
    [InlineData("timestamp", null)]
    [InlineData("timestamptz(3)", null)]
    [InlineData("date", null)]
    [InlineData("smallint", null)]
    public async Task Postgres_keys_are_split_where_they_have_one_order(string type, string? why)
    {
        var value = type switch
        {
            "timestamp" or "timestamptz(3)" => "timestamp '2001-02-03 04:05:06.789' + i * interval '1 hour 1.001 second'",
            "date" => "date '1999-12-31' + i",
            "smallint" or "oid" or "numeric" => "i",
            _ => "'k' || (i * 7919 % 1009)",
        };
        var sql = $"create table t (k {type} not null primary key); insert into t {Numbers} select {value} from n;";
        await using var room = await PartitionRoom.OpenAsync(_postgres, sql, _postgres, sql);

        var plan = await room.PlanAsync(new PartitionSizes { Partitions = 4 });

        if (why is not null)
        {
            plan.Tables.Single().WhyWhole.ShouldNotBeNull().ShouldContain(why);
            return;
        }

        plan.Partitions.Count.ShouldBe(4);
        (await room.KeysAsync(plan, "public.t", room.Target)).Order(StringComparer.Ordinal).ShouldBe((await room.AllKeysAsync("public.t", room.Target)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Instants_of_two_precisions_and_texts_compared_loosely_are_not_split()
    {
        await using (var room = await PartitionRoom.OpenAsync(_postgres, "create table t (k timestamp(3) not null primary key)", _postgres, "create table t (k timestamp not null primary key)"))
        {
            (await room.PlanAsync(new PartitionSizes { Partitions = 2 })).Tables.Single().WhyWhole.ShouldNotBeNull().ShouldContain("precision");
        }

        const string text = "create table t (k text not null primary key)";
        await using var loose = await PartitionRoom.OpenAsync(_sqlite, text, _sqlite, text);
        var options = new ComparisonOptions { Text = new TextRules { IgnoreCase = true } };
        (await loose.PlanAsync(new PartitionSizes { Partitions = 2 }, options)).Tables.Single().WhyWhole.ShouldNotBeNull().ShouldContain("leaves something of texts out");
    }

    [Fact]
    public async Task A_boundary_that_the_narrower_side_can_not_hold_is_none()
    {
        await using var room = await PartitionRoom.OpenAsync(
            _postgres, $"create table t (k bigint not null primary key); insert into t {Numbers} select i * 5000000::bigint from n", _postgres, "create table t (k integer not null primary key)");

        var plan = await room.PlanAsync(new PartitionSizes { Partitions = 4 });

        plan.Partitions.Count.ShouldBeGreaterThan(1);
        await room.CompareAllAsync(plan);
        var table = room.Merge(plan).Systems.Single().Tables.Single();
        (table.Missing, table.SourceRows).ShouldBe((1000, 1000), string.Join("; ", table.Notes));
    }

    [Fact]
    public async Task A_large_table_is_split_by_the_servers_estimate_and_a_sample_and_the_plan_says_so()
    {
        var sql = $"create table t (k bigint not null primary key, v text); insert into t {Numbers} select i * i, repeat('x', 500) from n; analyze t";
        await using var room = await PartitionRoom.OpenAsync(_postgres, sql, _postgres, sql);

        var plan = await room.PlanAsync(new PartitionSizes { Partitions = 4, SampleFrom = 1000 });

        plan.Tables.Single().Basis.ShouldBe("the server's estimate of the source's rows; boundaries from a sample of 1000 of them");
        plan.Partitions.Count.ShouldBe(4);
        await room.CompareAllAsync(plan);
        room.Merge(plan).Systems.Single().Tables.Single().SourceRows.ShouldBe(1000);
    }

    [Fact]
    public async Task Sizes_out_of_range_are_refused()
    {
        const string sql = "create table t (k integer primary key)";
        await using var room = await PartitionRoom.OpenAsync(_sqlite, sql, _sqlite, sql);
        foreach (var sizes in new PartitionSizes[] { new(), new() { Partitions = 0 }, new() { Partitions = 10_001 }, new() { RowsPerPartition = 0 }, new() { Partitions = 1, RowsPerPartition = 1 } })
        {
            await Should.ThrowAsync<InvalidRequestException>(() => room.PlanAsync(sizes));
        }
    }

    [Theory]
    [InlineData("JOB_COMPLETION_INDEX", "0", 0)]
    [InlineData("AWS_BATCH_JOB_ARRAY_INDEX", "1", 1)]
    [InlineData("SLURM_ARRAY_TASK_ID", "1", 1)]
    public async Task The_index_is_what_a_scheduler_sets(string variable, string value, int expected)
    {
        var plan = await TwoAsync();
        ArrayJobIndex.Find(plan, name => name == variable ? value : null).ShouldBe(expected);
    }

    [Theory]
    [InlineData("do not agree", "JOB_COMPLETION_INDEX", "0", "SLURM_ARRAY_TASK_ID", "1")]
    [InlineData("0-1", "SLURM_ARRAY_TASK_ID", "2")]
    [InlineData("must be a whole number", "SLURM_ARRAY_TASK_ID", "one")]
    [InlineData("must be a whole number", "SLURM_ARRAY_TASK_ID", "-1")]
    [InlineData("Give --partition", "SLURM_JOB_ID", "1")]
    public async Task An_index_that_is_not_clear_is_refused(string expected, params string[] variables)
    {
        var plan = await TwoAsync();
        var set = variables.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        Should.Throw<InvalidRequestException>(() => ArrayJobIndex.Find(plan, set.GetValueOrDefault)).Message.ShouldContain(expected);
    }

    [Fact]
    public async Task Two_variables_that_agree_are_one_index()
    {
        var plan = await TwoAsync();
        ArrayJobIndex.Find(plan, name => name == "AWS_BATCH_JOB_ARRAY_INDEX" ? null : "1").ShouldBe(1);
    }

    private async Task<ComparisonPlan> TwoAsync()
    {
        const string sql = $"create table t (k integer primary key); insert into t {Numbers} select i from n";
        await using var room = await PartitionRoom.OpenAsync(_sqlite, sql, _sqlite, sql);
        return await room.PlanAsync(new PartitionSizes { Partitions = 2 });
    }
}
