using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Rows that come packed and are hashed by columns have the hashes of the same rows read one by one: a partitioned table is never packed.</summary>
public sealed class PackedDigestTests(PostgresCluster cluster)
{
    private const string Columns =
        """
        (id integer not null, b boolean, nb boolean not null, i2 smallint, i4 integer, i8 bigint, f4 real, f8 double precision, n numeric, t text, nt varchar(90) not null,
         c char(5), y bytea, d date, ti time, ts timestamp, tz timestamptz, iv interval, u uuid, primary key (id))
        """;

    private const string Rows =
        """
        insert into t select i, (array[true, false, null])[i % 3 + 1], i % 2 = 0, nullif(i % 7, 0) - 3, nullif(-i, -9), nullif(i * -4294967297, -4294967297 * 5), i / 7.0, -i / 3.0,
            nullif(i / 100.0 - 30, 2), repeat('x', i % 40), repeat('é', i % 45), nullif('ab', 'a' || (i % 4)::text), decode(nullif(md5(i::text), md5('77')), 'hex'),
            date '2000-01-01' - i, time '00:00' + i * interval '1 s', nullif(timestamp '1999-12-31' + i * interval '1 min', '2000-01-02'), timestamptz '2000-01-01 00:00+00' - i * interval '1 s',
            make_interval(months => i, days => -i, secs => i / 3.0), md5(i::text)::uuid
        from generate_series(1, 9000) as i;
        insert into t (id, nb, nt) values (-5, true, ''), (10001, false, 'all else is null');
        insert into t values (10002, null, true, 0, 0, 0, 'nan', '-infinity', 'nan', '', ' ', '', '', 'infinity', '24:00', '-infinity', 'infinity', '0', null)
        """;

    [Theory]
    [InlineData("")]
    [InlineData("alter table t drop constraint t_pkey; alter table t alter id drop not null")]
    public async Task Packed_rows_hash_as_rows_read_one_by_one(string edit)
    {
        await using var room = await ComparisonRoom.OpenAsync(
            new PostgresScratch(cluster), $"create table t {Columns}; {Rows}; {edit}; analyze t", new PostgresScratch(cluster), $"create table t {Columns} partition by range (id); create table p partition of t default; {Rows}; {edit}; analyze t");
        var result = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Stream });
        (result.Verdict, result.SourceRows, result.TargetRows).ShouldBe((Verdict.Passed, 9003L, 9003L), ComparisonRoom.Tell(result));
        result.Notes.ShouldNotContain(note => note.Contains("byte by byte", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Packed_rows_hash_as_rows_read_one_by_one_in_canonical_form_too(bool ignoreCase, bool emptyAsNull)
    {
        await using var room = await ComparisonRoom.OpenAsync(
            new PostgresScratch(cluster), $"create table t {Columns}; {Rows}; analyze t", new PostgresScratch(cluster), $"create table t {Columns} partition by range (id); create table p partition of t default; {Rows}; analyze t");
        var result = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Stream, Text = new TextRules { IgnoreCase = ignoreCase, EmptyAsNull = emptyAsNull } });
        (result.Verdict, result.SourceRows, result.TargetRows).ShouldBe((Verdict.Passed, 9003L, 9003L), ComparisonRoom.Tell(result));
        result.Notes.ShouldNotContain(note => note.Contains("byte by byte", StringComparison.Ordinal));
    }

    /// <summary>Kept as they are, the wide texts make the source's table large enough to compile the query that packs it; compressed, they leave the target's small.</summary>
    [Fact]
    public async Task Rows_packed_by_a_compiled_query_hash_alike()
    {
        const string wide = "insert into t (id, nb, nt, t) select i, true, '', repeat('x', 7000) from generate_series(20001, 53000) as i; analyze t";
        const string compileAlways =
            """
            do $$ begin
                execute format('alter database %I set jit = on', current_database());
                execute format('alter database %I set jit_above_cost = 0', current_database());
                execute format('alter database %I set jit_inline_above_cost = 0', current_database());
                execute format('alter database %I set jit_optimize_above_cost = 0', current_database());
            end $$
            """;
        await using var room = await ComparisonRoom.OpenAsync(
            new PostgresScratch(cluster), $"create unlogged table t {Columns}; alter table t alter t set storage plain; {Rows}; {wide}; {compileAlways}",
            new PostgresScratch(cluster), $"create unlogged table t {Columns}; {Rows}; {wide}");
        await using (var source = await room.Source.OpenSnapshotAsync(default))
        {
            (await source.ScalarAsync("select pg_relation_size('t') >= 256 * 1024 * 1024", default)).ShouldBe("t");
        }

        var equal = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Stream });
        (equal.Verdict, equal.SourceRows, equal.TargetRows).ShouldBe((Verdict.Passed, 42003L, 42003L), ComparisonRoom.Tell(equal));

        await room.ChangeAsync(room.Target, "update t set ts = ts + interval '1 microsecond' where id = 8000");
        var changed = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Stream });
        (changed.Verdict, changed.Changed, changed.Missing, changed.Extra).ShouldBe((Verdict.Failed, 1L, 0L, 0L), ComparisonRoom.Tell(changed));
    }

    /// <summary>Its groups of four digits are more than 15 bits count.</summary>
    [Theory]
    [InlineData("repeat('1', 131072)::numeric", 0)]
    [InlineData("repeat('2', 131072)::numeric", 1)]
    [InlineData("0", 1)]
    public async Task A_number_of_131072_digits_is_read_whole(string target, long changed)
    {
        foreach (var others in new[] { 9, 9000 })
        {
            await using var room = await ComparisonRoom.OpenAsync(
                new PostgresScratch(cluster), $"create table t (id integer primary key, n numeric); insert into t select i, i from generate_series(1, {others}) as i; insert into t values (0, repeat('1', 131072)::numeric); analyze t",
                new PostgresScratch(cluster), $"create table t (id integer primary key, n numeric); insert into t select i, i from generate_series(1, {others}) as i; insert into t values (0, {target}); analyze t");
            foreach (var method in new[] { ComparisonMethod.Stream, ComparisonMethod.Native, ComparisonMethod.Pushdown })
            {
                var result = await room.CompareAsync(new ComparisonOptions { Method = method });
                result.Changed.ShouldBe(changed, $"{others} {result.Method}: {ComparisonRoom.Tell(result)}");
            }
        }
    }

    [Theory]
    [InlineData("i2 type bigint")]
    [InlineData("i4 type numeric")]
    [InlineData("n type numeric(20, 7)")]
    [InlineData("ts type timestamp(2)")]
    [InlineData("tz type timestamptz(0)")]
    [InlineData("ti type time(0)")]
    [InlineData("t type varchar(77)")]
    [InlineData("c type text")]
    [InlineData("b type integer using b::int")]
    public async Task Values_of_two_types_hash_alike(string change)
    {
        await using var room = await ComparisonRoom.OpenAsync(
            new PostgresScratch(cluster), $"create table t {Columns}; {Rows}; analyze t", new PostgresScratch(cluster), $"create table t {Columns}; {Rows}; alter table t alter column {change}; analyze t");
        var result = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Stream });
        (result.Verdict, result.SourceRows, result.TargetRows).ShouldBe((Verdict.Passed, 9003L, 9003L), ComparisonRoom.Tell(result));
        result.Notes.ShouldNotContain(note => note.Contains("byte by byte", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("b = not b", "b is not null and id = 400")]
    [InlineData("b = null", "id = 400")]
    [InlineData("t = null", "id = 40")]
    [InlineData("i8 = null", "id = 41")]
    [InlineData("n = -n", "id = 4100")]
    [InlineData("c = null", "id = 4101")]
    [InlineData("ts = ts + interval '1 microsecond'", "id = 4102")]
    [InlineData("nt = nt || ' '", "id = 8999")]
    [InlineData("u = null", "id = 9000")]
    public async Task One_edit_among_packed_rows_is_found(string set, string where)
    {
        await using var room = await ComparisonRoom.OpenAsync(
            new PostgresScratch(cluster), $"create table t {Columns}; {Rows}; analyze t", new PostgresScratch(cluster), $"create table t {Columns}; {Rows}; update t set {set} where {where}; analyze t");
        var result = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Stream });
        (result.Missing, result.Extra, result.Changed).ShouldBe((0, 0, 1), ComparisonRoom.Tell(result));
    }
}
