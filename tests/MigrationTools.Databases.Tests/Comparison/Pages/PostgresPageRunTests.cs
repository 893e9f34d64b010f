using System.Globalization;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Methods;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Postgres.Pages;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison.Pages;

/// <summary>Tables whose rows lie on their pages in their key's order are summed up by runs of pages: to the same sums, wherever the rows lie.</summary>
public sealed class PostgresPageRunTests(PostgresCluster cluster)
{
    private const string Table = "create table t (id bigint primary key, v text)";
    private const string Rows = "select i, repeat(md5(i::text), 3) from generate_series(1, 100000) i";

    [Theory]
    [InlineData("as written", $"{Table}; insert into t {Rows}", true)]
    [InlineData("a row in a thousand written again", $"{Table}; insert into t {Rows}; update t set v = v || '!' where id % 1000 = 7", true)]
    [InlineData("the first row of every stretch written again", $"{Table}; insert into t {Rows}; update t set v = v || '!' where id % 4000 = 1", true)]
    [InlineData("narrower keys", "create table t (id integer primary key, v text); insert into t " + Rows, true)]
    [InlineData("gaps", $"{Table}; insert into t {Rows}; delete from t where id between 30001 and 60000", true)]
    [InlineData("a tenth written twice", $"{Table}; insert into t {Rows}; update t set v = v || '!' where id > 90000; update t set v = v || '!' where id > 90000", true)]
    [InlineData("children beside it", $"{Table}; insert into t {Rows}; create table c () inherits (t); insert into c values (5, 'not of t')", true)]
    [InlineData("backwards", $"{Table}; insert into t {Rows} order by i desc", false)]
    [InlineData("shuffled", $"{Table}; insert into t {Rows} order by md5(i::text)", false)]
    [InlineData("a third at the end", $"{Table}; insert into t {Rows}; update t set v = v || '!' where id % 3 = 0", false)]
    [InlineData("partitions", $"create table t (id bigint primary key, v text) partition by range (id); create table p partition of t default; insert into t {Rows}", false)]
    [InlineData("few pages", $"{Table}; insert into t {Rows} limit 2000", false)]
    public async Task Runs_of_pages_and_groups_have_the_same_sums(string rows, string sql, bool lieInOrder)
    {
        await using var scratch = new PostgresScratch(cluster);
        await using var database = scratch.Provider.Open(await scratch.NewAsync($"{sql}; analyze t"));
        await using var snapshot = (PostgresSnapshot)await database.OpenSnapshotAsync(TestContext.Current.CancellationToken);
        foreach (var stretches in new[] { KeyStretches.Even("id", 1, 100_000, 25), KeyStretches.At("id", Enumerable.Range(1, 24).Select(end => (end * 4000L) - 1)) })
        {
            foreach (var where in new[] { null, "id % 3 <> 1" })
            {
                await CompareAsync(snapshot, Query(where), stretches, lieInOrder, rows);
            }
        }
    }

    [Theory]
    [InlineData("as written", $"{Table}; insert into t {Rows}", 0)]
    [InlineData("with runs of several stretches", $"{Table}; insert into t {Rows}; update t set v = v || '!' where id % 1000 = 7", 0)]
    [InlineData("shuffled", $"{Table}; insert into t {Rows} order by md5(i::text)", 1)]
    public async Task A_run_is_read_without_the_rest_of_the_table(string rows, string sql, long scans)
    {
        await using var scratch = new PostgresScratch(cluster);
        var endpoint = await scratch.NewAsync($"{sql}; analyze t");
        var before = await CountScansAsync(scratch, endpoint);
        await using (var database = scratch.Provider.Open(endpoint))
        await using (var snapshot = (PostgresSnapshot)await database.OpenSnapshotAsync(TestContext.Current.CancellationToken))
        {
            var stretches = KeyStretches.Even("id", 1, 100_000, 25);
            await Hasher(snapshot, Query(null), stretches).SumAsync(null, new SegmentDigest(stretches.Count), TestContext.Current.CancellationToken);
        }

        (await CountScansAsync(scratch, endpoint) - before).ShouldBe(scans, rows);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("span")]
    [InlineData("hashed")]
    [InlineData("packed")]
    [InlineData("query")]
    public async Task A_table_may_have_a_name_of_ours(string name)
    {
        var sql = $"""
            create table {name} (id bigint primary key, least text, largest text, page text, place text, since text, "until" text, span text, run text);
            insert into {name} select i, 'least', 'largest', 'page', 'place', 'since', repeat('until', 20), 'span', i::text from generate_series(1, 70000) i; analyze {name}
            """;
        await using var room = await ComparisonRoom.OpenAsync(
            new PostgresScratch(cluster), sql, new PostgresScratch(cluster), $"{sql}; update {name} set since = 'then' where id % 20000 = 5; delete from {name} where id = 69999");
        foreach (var where in new[] { null, "least = 'least' and largest > '' and page = 'page' and place = 'place' and run <> 'run' and span = 'span'" })
        {
            room.Tables = [.. room.Tables.Select(pair => pair with { Where = where, TargetWhere = where })];
            var result = await room.CompareByAsync([ComparisonMethod.Native, ComparisonMethod.Pushdown], new ComparisonOptions());
            (result.Missing, result.Extra, result.Changed).ShouldBe((1, 0, 4), ComparisonRoom.Tell(result));
        }
    }

    private static async Task CompareAsync(PostgresSnapshot snapshot, RowQuery query, KeyStretches stretches, bool lieInOrder, string rows)
    {
        var token = TestContext.Current.CancellationToken;
        var runs = await new PageRunFinder(snapshot, query, stretches).FindAsync(token);
        (runs is not null).ShouldBe(lieInOrder, rows);

        var hasher = Hasher(snapshot, query, stretches);
        var (whole, parts) = (new SegmentDigest(stretches.Count), new SegmentDigest(stretches.Count));
        await hasher.SumAsync(null, whole, token);
        await hasher.SumAsync([.. Enumerable.Range(0, stretches.Count).Select(stretches.SpanOf)], parts, token);
        whole.Rows.ShouldBe(await snapshot.CountAsync(query, token), rows);
        whole.FindDiffering(parts).ShouldBeEmpty(rows);
    }

    private static RowQuery Query(string? where) => new()
    {
        Table = new TableName("public", "t"),
        Columns = [new ReadColumn("id", new LogicalType(LogicalKind.Int64)), new ReadColumn("v", new LogicalType(LogicalKind.Text))],
        Where = where,
    };

    private static IRowHasher Hasher(PostgresSnapshot snapshot, RowQuery query, KeyStretches stretches) => snapshot.HashNatively(
        query, new HashedRow([new HashedColumn("Whole", new ColumnMeaning(LogicalKind.Int64)), new HashedColumn("Text", new ColumnMeaning(LogicalKind.Text))], 1, 42), stretches);

    // A connection tells what it scanned when it ends.
    private static async Task<long> CountScansAsync(PostgresScratch scratch, Endpoint endpoint)
    {
        await using var database = scratch.Provider.Open(endpoint);
        await using var session = await database.OpenSessionAsync(TestContext.Current.CancellationToken);
        while ((await session.QueryAsync("select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", [], default))[0][0] != "0")
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return long.Parse((await session.QueryAsync("select seq_scan from pg_stat_user_tables where relname = 't'", [], default))[0][0]!, CultureInfo.InvariantCulture);
    }
}
