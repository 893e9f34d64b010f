using MigrationTools.Databases.Copying;
using MigrationTools.Engine;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Hosting.Tests;

public sealed class DirectCopyTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Only_the_tables_that_were_asked_for_are_made_and_copied()
    {
        _bench.Small();

        var copied = await CopyAsync(["log*"]);

        copied.ShouldHaveSingleItem().Rows.ShouldBe(3);
        _bench.Scalar("copy.db", "select group_concat(name) from sqlite_schema where type = 'table'").ShouldBe("log \"odd\"");
    }

    [Fact]
    public async Task A_name_that_matches_nothing_is_an_error_and_not_an_empty_success()
    {
        _bench.Small();

        await Should.ThrowAsync<InvalidRequestException>(() => CopyAsync(["nothing*"]));

        File.Exists(_bench.PathOf("copy.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_table_that_holds_rows_is_not_copied_into()
    {
        _bench.Small();
        await CopyAsync([]);

        (await Should.ThrowAsync<InvalidRequestException>(() => CopyAsync([]))).Message.ShouldContain("holds");
        _bench.Scalar("copy.db", "select count(*) from person").ShouldBe(60L);
    }

    [Theory]
    [InlineData("delete from a where id <= 5")]
    [InlineData("drop table a; create table a (id integer primary key)")]
    public async Task A_copy_is_not_gone_on_with_where_the_target_lost_what_it_had_brought(string meanwhile)
    {
        _bench.Sql("source.db", "create table a (id integer primary key); insert into a with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) select i from n");
        _bench.Sql("copy.db", "create table a (id integer primary key check (id <> 4900))");
        await Should.ThrowAsync<MigrationToolsException>(() => CopyAsync([], new CopySpec { ChunkRows = 1000 }));
        var brought = _bench.Scalar("copy.db", "select count(*) from a");
        brought.ShouldNotBe(0L);
        _bench.Sql("copy.db", meanwhile);

        (await Should.ThrowAsync<InvalidRequestException>(() => CopyAsync([]))).Message.ShouldContain($"had brought {brought}: somebody changed it since");
    }

    [Fact]
    public async Task A_table_whose_own_rule_would_replace_rows_refuses_them_instead()
    {
        _bench.Sql("source.db", "create table k (code text, n integer); insert into k values ('A', 1), ('A', 2), ('B', 3)");
        _bench.Sql("copy.db", "create table k (code text unique on conflict replace, n integer)");

        await Should.ThrowAsync<MigrationToolsException>(() => CopyAsync([], new CopySpec { MaxRejected = 0 }));

        _bench.Scalar("copy.db", "select count(*) from k where code = 'A' and n = 2").ShouldBe(0L);
    }

    [Fact]
    public async Task Values_of_SQLite_keep_their_own_types()
    {
        _bench.Sql("source.db", "create table a (id integer primary key, t text, b blob, n numeric, x); insert into a values (1, x'6162', 'ab', 'ab', 1.0), (2, 'ab', x'6162', x'6162', x''), (3, null, 5, 1e300, '5'), (4, x'ff', 1.5, '', 5)");
        const string types = "select group_concat(typeof(t) || typeof(b) || typeof(n) || typeof(x) || quote(t) || quote(b) || quote(n) || quote(x)) from a";

        await CopyAsync([]);

        _bench.Scalar("copy.db", types).ShouldBe(_bench.Scalar("source.db", types));
    }

    [Fact]
    public async Task Tables_of_SQLite_keep_their_options_and_give_no_number_out_twice()
    {
        _bench.Sql("source.db", """
            create table a (id integer constraint once primary key autoincrement, v text); insert into a (v) values ('x'), ('y'), ('z'); delete from a where id = 3;
            create table emptied (id integer primary key autoincrement, v text); insert into emptied values (41, 'x'); delete from emptied;
            create table w (k text primary key, v text) without rowid;
            create table s (id integer primary key, v int) strict;
            """);

        await CopyAsync([]);

        _bench.Sql("copy.db", "insert into a (v) values ('new'); insert into emptied (v) values ('new')");
        _bench.Scalar("copy.db", "select group_concat(id) from (select max(id) as id from a union all select max(id) from emptied)").ShouldBe("4,42");
        _bench.Scalar("copy.db", "select group_concat(name || wr || strict) from (select * from pragma_table_list where name in ('w', 's') order by name)").ShouldBe("s01,w10");
        _bench.Scalar("copy.db", "select sql like '%CONSTRAINT \"once\" PRIMARY KEY AUTOINCREMENT%' from sqlite_schema where name = 'a'").ShouldBe(1L);
    }

    [Fact]
    public async Task Rows_that_one_copy_rejected_are_kept_when_another_one_rejects_some_of_a_table_of_that_name()
    {
        const string table = "create table a (id integer primary key, v integer); insert into a values (1, 10), (2, 20)";
        _bench.Sql("source.db", table);
        _bench.Sql("other.db", table);
        foreach (var target in new[] { "copy.db", "third.db" })
        {
            _bench.Sql(target, "create table a (id integer primary key, v integer check (v <> 20))");
        }

        var first = (await CopyAsync([], new CopySpec { MaxRejected = 5 })).ShouldHaveSingleItem();
        var kept = await File.ReadAllTextAsync(first.RejectedFile.ShouldNotBeNull(), TestContext.Current.CancellationToken);
        var second = (await CopyAsync([], new CopySpec { MaxRejected = 5 }, "other.db", "third.db")).ShouldHaveSingleItem();

        (first.Rejected, second.Rejected).ShouldBe((1, 1));
        kept.ShouldNotBeEmpty();
        (await File.ReadAllTextAsync(first.RejectedFile, TestContext.Current.CancellationToken)).ShouldBe(kept);
        second.RejectedFile.ShouldNotBe(first.RejectedFile);
    }

    private async Task<List<TableCopyResult>> CopyAsync(IReadOnlyList<string> tables, CopySpec? copy = null, string source = "source.db", string target = "copy.db")
    {
        var request = new DataRequest
        {
            Source = Endpoint.Parse("sqlite:" + source, _bench.Directory),
            Target = Endpoint.Parse("sqlite:" + target, _bench.Directory),
            Tables = tables,
        };
        var results = new List<TableCopyResult>();
        await foreach (var table in _bench.Host.CopyAsync(request, copy ?? new CopySpec(), SilentObserver.Instance, TestContext.Current.CancellationToken))
        {
            results.Add(table);
        }

        return results;
    }
}
