using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

public sealed class SqliteFingerprintTests() : FingerprintSuite(new SqliteScratch())
{
    /// <summary>A fingerprint is kept while a migration runs, and may be looked at by a later version: it must not change by itself.</summary>
    [Fact]
    public async Task A_table_s_digest_is_the_same_in_every_process()
    {
        var table = (await TakeAsync(await NewAsync("create table t (a integer, b text); insert into t values (1, 'x'), (2, null), (3, 'ü')"))).Tables.Single();
        table.ShouldBe(new TableFingerprint("t", 3, "4747445974af2e2f10296bcf96228253"));
    }

    [Fact]
    public async Task What_a_value_is_stored_as_counts()
    {
        var integer = await TakeAsync(await NewAsync("create table t (a); insert into t values (1)"));
        var real = await TakeAsync(await NewAsync("create table t (a); insert into t values (1.0)"));
        integer.SchemaHash.ShouldBe(real.SchemaHash);
        integer.Tables.Single().ShouldNotBe(real.Tables.Single());
    }
}

public sealed class PostgresFingerprintTests(PostgresCluster cluster) : FingerprintSuite(new PostgresScratch(cluster))
{
    [Fact]
    public async Task Zeros_behind_the_point_count()
    {
        var one = await TakeAsync(await NewAsync("create table t (a numeric); insert into t values (1.5)"));
        var other = await TakeAsync(await NewAsync("create table t (a numeric); insert into t values (1.50)"));
        one.Tables.Single().ShouldNotBe(other.Tables.Single());
    }
}

/// <summary>A fingerprint changes with everything and only with what is there.</summary>
public abstract class FingerprintSuite(IScratch scratch) : IAsyncDisposable
{
    private const string Shop = """
        create table users (id integer primary key, name varchar(20) not null, score decimal(5,2) default 0);
        create table orders (id integer primary key, user_id integer references users, note text);
        create table log (line text);
        create index orders_by_user on orders (user_id);
        create view named as select name from users;
        insert into users values (1, 'Ann', 1.5), (2, 'Zoë', null);
        insert into orders values (1, 1, ''), (2, 2, null);
        insert into log values ('a'), ('a'), ('b');
        """;

    private readonly List<IDatabase> _opened = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }

        await scratch.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_changed_and_changed_back_has_the_same_fingerprint()
    {
        var database = await NewAsync(Shop);
        var before = await TakeAsync(database);
        await RunAsync(database, "update users set name = 'Bob' where id = 1; delete from log where line = 'b'; create table extra (id integer)");
        var between = await TakeAsync(database);
        await RunAsync(database, "update users set name = 'Ann' where id = 1; insert into log values ('b'); drop table extra");
        var after = await TakeAsync(database);

        between.SchemaHash.ShouldNotBe(before.SchemaHash);
        between.Tables.Count.ShouldBe(4);
        after.SchemaHash.ShouldBe(before.SchemaHash);
        after.Tables.ShouldBe(before.Tables);
        before.Tables.Sum(table => table.Rows).ShouldBe(7);
    }

    [Theory]
    [InlineData("update users set score = 1.51 where id = 1")]
    [InlineData("update users set score = 0 where id = 2")]
    [InlineData("update orders set note = '' where id = 2")]
    [InlineData("insert into log values ('a')")]
    [InlineData("delete from log where line = 'b'")]
    public async Task Every_change_of_a_row_shows(string change)
    {
        var database = await NewAsync(Shop);
        var before = await TakeAsync(database);
        await RunAsync(database, change);
        var after = await TakeAsync(database);
        after.SchemaHash.ShouldBe(before.SchemaHash);
        after.Tables.Zip(before.Tables).Count(pair => pair.First != pair.Second).ShouldBe(1);
    }

    [Theory]
    [InlineData("drop index orders_by_user")]
    [InlineData("create index another on log (line)")]
    [InlineData("drop view named")]
    [InlineData("drop view named; create view named as select name, id from users")]
    [InlineData("alter table log add column at timestamp")]
    public async Task Every_change_of_the_structure_shows(string change)
    {
        var database = await NewAsync(Shop);
        var before = await TakeAsync(database);
        await RunAsync(database, change);
        (await TakeAsync(database)).SchemaHash.ShouldNotBe(before.SchemaHash);
    }

    [Fact]
    public async Task The_order_in_which_rows_came_does_not_count()
    {
        var one = await TakeAsync(await NewAsync("create table t (a integer, b text); insert into t values (1, 'x'), (2, 'y')"));
        var other = await TakeAsync(await NewAsync("create table t (a integer, b text); insert into t values (2, 'y'), (1, 'x')"));
        other.Tables.ShouldBe(one.Tables);
    }

    [Fact]
    public async Task Tables_can_be_left_out()
    {
        var database = await NewAsync(Shop);
        var all = await TakeAsync(database);
        var some = await DatabaseFingerprinter.TakeAsync(database, table => table.Name.Name != "log", SilentObserver.Instance, default);
        some.Tables.ShouldBe(all.Tables.Where(table => !table.Table.EndsWith("log", StringComparison.Ordinal)));
        some.SchemaHash.ShouldNotBe(all.SchemaHash);
    }

    protected static Task<DatabaseFingerprint> TakeAsync(IDatabase database) => DatabaseFingerprinter.TakeAsync(database, null, SilentObserver.Instance, default);

    protected async Task<IDatabase> NewAsync(string sql)
    {
        var database = scratch.Provider.Open(await scratch.NewAsync(sql));
        _opened.Add(database);
        return database;
    }

    private static async Task RunAsync(IDatabase database, string sql)
    {
        await using var session = await database.OpenSessionAsync(default);
        await session.ExecuteAsync(sql, [], default);
    }
}
