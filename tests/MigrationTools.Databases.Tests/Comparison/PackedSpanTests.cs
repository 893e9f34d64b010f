using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Stretches of a key that hold far more than anybody guessed are read in bounded memory, and whole.</summary>
public sealed class PackedSpanTests(PostgresCluster cluster)
{
    private const int Rows = 100_000;

    private const string TwoTenants =
        "create table t (tenant integer not null, id integer not null, b boolean, name text, primary key (tenant, id)); insert into t select i % 2, i, nullif(i % 3, 2) = 0, nullif('name ' || i, 'name 77') from generate_series(1, 100000) as i; analyze t";

    private static readonly RowQuery Query = new()
    {
        Table = new TableName("public", "t"),
        Columns = [new("tenant", new LogicalType(LogicalKind.Int32)), new("id", new LogicalType(LogicalKind.Int32)), new("b", new LogicalType(LogicalKind.Boolean)), new("name", new LogicalType(LogicalKind.Text))],
    };

    [Fact]
    public async Task A_stretch_of_more_rows_than_a_pack_holds_is_read_row_by_row()
    {
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), TwoTenants, new PostgresScratch(cluster), "create table t (tenant integer)");
        await using var snapshot = await room.Source.OpenSnapshotAsync(default);
        var (rows, most) = (0L, 0L);
        await using (var reader = (IDigestingReader)await snapshot.ReadAsync(Query with { Spans = new KeySpans("tenant", [new(null, -1), new(-1, 0), new(0, 0), new(0, null)]) }, default))
        {
            var digest = new SegmentDigest(2);
            var into = new CellDigest(KeyStretches.Even("tenant", 0, 1, 2), 2, 1, null, digest);
            while (await reader.DigestAsync(into, default) is var some and > 0)
            {
                (rows, most) = (rows + some, Math.Max(most, some));
            }

            (digest.RowsOf(0), digest.RowsOf(1)).ShouldBe((Rows / 2, Rows / 2));
        }

        rows.ShouldBe(Rows);
        most.ShouldBeLessThan(Rows / 2);
    }

    [Theory]
    [InlineData("update t set name = 'another' where id = 40001", 0, 0, 1)]
    [InlineData("update t set name = null where id in (1, 2, 99999, 100000)", 0, 0, 4)]
    [InlineData("delete from t where id = 50000; insert into t values (1, 50000, null, null)", 1, 1, 0)]
    public async Task Differences_in_such_stretches_are_found_by_each_method(string edit, long missing, long extra, long changed)
    {
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), TwoTenants, new PostgresScratch(cluster), $"{TwoTenants}; {edit}");
        foreach (var method in Enum.GetValues<ComparisonMethod>())
        {
            var result = await room.CompareAsync(new ComparisonOptions { Method = method });
            (result.Missing, result.Extra, result.Changed, result.SourceRows, result.TargetRows).ShouldBe((missing, extra, changed, Rows, Rows), $"{result.Method}: {ComparisonRoom.Tell(result)}");
        }
    }

    /// <summary>More than 1 GB is refused so (seen once with 6,600 values that compress well; it takes a server half a minute). A function refuses sooner.</summary>
    [Fact]
    public async Task Values_that_a_server_refuses_to_put_together_are_read_row_by_row()
    {
        const string sql =
            """
            create table t (id integer primary key, name text not null);
            insert into t select i, 'name ' || i from generate_series(1, 20000) as i;
            create function refuse(id integer, name text) returns text language plpgsql as $$ begin
                if id > 7000 and current_query() like '%string_agg%' then raise program_limit_exceeded; end if;
                return name;
            end $$
            """;
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), sql, new PostgresScratch(cluster), "create table t (id integer)");
        await using var snapshot = await room.Source.OpenSnapshotAsync(default);
        var query = Query with { Columns = [new("id", new LogicalType(LogicalKind.Int32)), new("name", new LogicalType(LogicalKind.Text)) { Expression = "refuse(id, name)" }] };
        await using var reader = await snapshot.ReadAsync(query with { Spans = new KeySpans("id", [new(null, 5000), new(5000, 10_000), new(10_000, null)]) }, default);
        var (batch, seen) = (new RowBatch(2), new HashSet<long>());
        while (await reader.ReadAsync(batch, default))
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                seen.Add(batch.Int64At(row, 0)).ShouldBeTrue();
            }
        }

        seen.Count.ShouldBe(20_000);
    }

    /// <summary>A server that counted a table's rows before it was filled: what is divided goes by the size of now.</summary>
    [Theory]
    [InlineData("create table t (id integer primary key, name text) with (autovacuum_enabled = off); analyze t; insert into t select i, 'name ' || i from generate_series(1, 100000) as i")]
    [InlineData("create table t (id integer primary key, name text) with (autovacuum_enabled = off); insert into t select 1000000 * i, 'name ' || i from generate_series(1, 1000) as i; analyze t; insert into t select i, 'name ' || i from generate_series(1, 100000) as i")]
    [InlineData("create table t (id integer primary key, name text) partition by range (id); create table p partition of t default; insert into t select i, 'name ' || i from generate_series(1, 100000) as i")]
    public async Task A_table_is_divided_by_its_size_of_now(string sql)
    {
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), sql, new PostgresScratch(cluster), $"{sql}; update t set name = 'another' where id in (500, 99500)");
        var observer = new RecordingObserver();
        var result = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Stream }, observer);
        (result.Verdict, result.Changed).ShouldBe((Verdict.Failed, 2L), ComparisonRoom.Tell(result));
        observer.Reports.Where(report => report is { Unit: "rows", Completed: true }).ShouldHaveSingleItem().Done.ShouldBeLessThan((result.SourceRows!.Value + result.TargetRows!.Value) * 5 / 4);
    }

    [Theory]
    [InlineData("hash")]
    [InlineData("brin")]
    public async Task An_index_without_an_order_does_not_divide_a_table(string method)
    {
        var sql = $"create table t (id integer not null, other integer not null unique, name text); create index i on t using {method} (id); insert into t select i, -i, 'name ' || i from generate_series(1, 30000) as i; analyze t";
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), sql, new PostgresScratch(cluster), sql);
        var schema = await room.Source.ReadSchemaAsync(default);
        schema.Tables.ShouldHaveSingleItem().Indexes.ShouldHaveSingleItem().FindsRanges.ShouldBeFalse();
    }

    /// <summary>Equal numbers of two scales, and both zeros, are told apart by no hash: no rows have to be read a second time for them.</summary>
    [Fact]
    public async Task Equal_numbers_of_two_forms_hash_alike()
    {
        const string sql = "create table t (id integer primary key, n numeric, f double precision, g real); insert into t select i, i / 10.0, 0, 'nan' from generate_series(1, 30000) as i; analyze t";
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), sql, new PostgresScratch(cluster), $"{sql}; update t set n = n + 0.000, f = -0.0::double precision; analyze t");
        var result = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Stream });
        result.Verdict.ShouldBe(Verdict.Passed);
        result.Notes.ShouldBeEmpty();
    }
}
