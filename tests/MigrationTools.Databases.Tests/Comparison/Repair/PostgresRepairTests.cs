using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison.Repair;

/// <summary>What only PostgreSQL has: its own types, identities, partitions, deferrable keys.</summary>
public sealed class PostgresRepairTests(PostgresCluster cluster) : IAsyncDisposable
{
    private readonly RepairRoom _room = new(new PostgresScratch(cluster), new PostgresScratch(cluster));

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Types_that_only_the_server_knows_are_written_as_their_text()
    {
        const string table = """
            create type mood as enum ('sad', 'it''s ok');
            create type pair as (a int, b text);
            create domain short as varchar(5);
            create table t (id bigint primary key, ip inet, many int[], texts text[], one pair, m mood, ms mood[], span int4range, i interval, x xml, c char(5), s short, f float4, n numeric, bits bit varying, tz timetz, j json, p point, v tsvector, byte "char");
            """;
        const string rows = """"
            insert into t values
                (1, '10.0.0.1/8', '{1,null,3}', '{"a,b","\"q\"",NULL,"NULL","\\"}', '(1,"x,""y""")', 'it''s ok', '{sad,"it''s ok"}', '[1,5)', '1 year -2 days 03:04:05.6', '<a b="c">&lt;</a>', 'ab', 'éé', 0.1, 'NaN', B'1010', '12:00:00+05:45', '{"b" : 1.50}', '(1,2)', 'a:1 b:2', 'x'),
                (2, '::1', '{}', '{}', '(,)', null, '{}', 'empty', '-1 mon', null, '', '', '-infinity', '1e-20', B'', '23:59:59-12', 'null', '(1e300,0)', '', ''),
                (3, null, null, null, null, null, null, null, null, null, null, null, 3.4028235e38, '123456789012345678901234567890.12345', null, null, null, null, null, null)
            """";
        await RepairAsync(table + rows, "create type before as enum ('x');" + table + "insert into t (id) values (1), (9);", (2, 1, 1));
    }

    [Fact]
    public async Task Numbers_that_the_server_gives_out_are_taken_over_and_go_on_after_the_largest()
    {
        const string table = """
            create table always (id bigint generated always as identity primary key, v int, twice int generated always as (v * 2) stored);
            create table serial (id serial primary key, v int);
            """;
        await RepairAsync(
            table + "insert into always (id, v) overriding system value values (5, 50), (70, 700); insert into serial values (41, 1), (8, 2)",
            table + "insert into always (id, v) overriding system value values (5, 51)",
            (3, 0, 1));
        await RepairRoom.ExecuteAsync(_room.Target, "insert into always (v) values (1); insert into serial (v) values (1); do $$ begin assert (select max(id) from always) = 71; assert (select max(id) from serial) = 42; end $$");
    }

    [Fact]
    public async Task Tables_that_need_each_other_are_mended_where_the_keys_can_be_deferred()
    {
        const string tables = """
            create table a (id int primary key, b int);
            create table b (id int primary key, a int references a (id) deferrable);
            alter table a add constraint a_b foreign key (b) references b (id) deferrable;
            begin; set constraints all deferred;
            """;
        await RepairAsync(
            tables + "insert into a values (1, 1), (2, 2); insert into b values (1, 1), (2, 2); commit;",
            tables + "insert into a values (1, 1), (3, 3); insert into b values (1, 1), (3, 3); commit;",
            (2, 2, 0));
        _room.Script.ShouldContain("is in a cycle; it is checked at the end");
    }

    [Fact]
    public async Task A_cycle_that_can_not_be_deferred_is_told_and_triggers_and_outsiders_too()
    {
        const string tables = """
            create table a (id int primary key, b int);
            create table b (id int primary key, a int references a (id));
            alter table a add constraint a_b foreign key (b) references b (id);
            create function f() returns trigger language plpgsql as 'begin return new; end';
            create trigger watch before insert on b for each row execute function f();
            """;
        await _room.OpenAsync(tables + "insert into a values (1, null); insert into b values (1, 1)", tables);
        var summary = await _room.WriteAsync();
        (summary.Inserts, summary.LeftOut).ShouldBe((2, 0));
        _room.Script.ShouldContain("a_b can't be deferred");
        _room.Script.ShouldContain("the trigger public.b.watch does its work");
    }

    [Fact]
    public async Task Copies_in_partitions_and_beside_inheriting_tables_are_deleted_from_the_table_itself()
    {
        const string tables = """
            create table whole (k int, v text) partition by list (k);
            create table one partition of whole for values in (1);
            create table two partition of whole for values in (2);
            create table base (id int, j json);
            create table heir () inherits (base);
            """;
        const string heirs = "insert into heir values (1, '{}'), (1, '{}');";
        await RepairAsync(
            tables + heirs + "insert into whole values (1, 'a'), (2, 'b'), (2, 'b'); insert into base values (1, '{}')",
            tables + heirs + "insert into whole values (1, 'a'), (1, 'a'), (1, 'a'), (2, 'b'); insert into base values (1, '{}'), (1, '{}')",
            (1, 3, 0));
    }

    [Fact]
    public async Task Values_that_the_server_takes_for_equal_are_not_deleted_for_each_other()
    {
        const string table = "create domain document as jsonb; create domain raw as json; create table t (i interval, b jsonb, d document, r raw);";
        const string kept = "insert into t values ('30 days', '1', '1', '1'), ('1 mon', '1.0', '1.00', '1.0');";
        await RepairAsync(table + kept, table + kept + "insert into t values ('1 mon', '1', '1', '1'), ('30 days', '1.0', '1.00', '1.0'), ('30 days', '1', '1.0', '1'), (null, null, null, null)", (0, 4, 0));
    }

    [Fact]
    public async Task Keys_that_the_server_takes_for_equal_name_their_own_row()
    {
        const string table = "create table t (i interval, b jsonb, v text, primary key (i, b));";
        await RepairAsync(
            table + "insert into t values ('1 mon', '1', 'a'), ('2 mon', '2.0', 'b'), ('3 mon', '3', 'c')",
            table + "insert into t values ('1 mon', '1', 'x'), ('2 mon', '2.0', 'b'), ('4 mon', '4', 'd')",
            (1, 1, 1));
    }

    [Fact]
    public async Task A_number_that_only_the_server_gives_out_is_left_to_a_person()
    {
        const string table = "create table t (k int primary key, n bigint generated always as identity, v text);";
        await _room.OpenAsync(
            table + "insert into t (k, n, v) overriding system value values (1, 5, 'a'), (2, 6, 'b')",
            table + "insert into t (k, n, v) overriding system value values (1, 7, 'a'), (2, 6, 'x')");

        var summary = await _room.WriteAsync();

        (summary.Updates, summary.LeftOut).ShouldBe((1, 1));
        summary.NotCovered.ShouldHaveSingleItem().ShouldContain("GENERATED ALWAYS");
        await _room.RunWellAsync();
    }

    [Fact]
    public async Task The_script_is_private_whole_and_without_secrets()
    {
        await _room.OpenAsync(
            "create table t (id int primary key, v text); insert into t values (1, 'a'), (2, 'b')",
            "create table t (id int primary key, v text); insert into t values (1, 'x')");
        var summary = await _room.WriteAsync();
        (summary.Inserts, summary.Updates).ShouldBe((1, 1));
        _room.Script.Split('\n')[0].ShouldBe(@"\set ON_ERROR_STOP on");
        _room.Script.ShouldNotContain(Uri.EscapeDataString(PostgresCluster.Password));
        _room.Script.ShouldNotContain(PostgresCluster.Password);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_room.ScriptPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Directory.GetFiles(Path.GetDirectoryName(_room.ScriptPath)!).ShouldBe([_room.ScriptPath]);
    }

    private async Task RepairAsync(string sourceSql, string targetSql, (long Inserts, long Deletes, long Updates) expected)
    {
        await _room.OpenAsync(sourceSql, targetSql);
        var summary = await _room.WriteAsync();
        summary.NotCovered.ShouldBeEmpty();
        (summary.Inserts, summary.Deletes, summary.Updates).ShouldBe(expected, _room.Script);
        await _room.RunWellAsync();
        (await _room.CompareAsync()).ShouldAllBe(table => table.Verdict == Verdict.Passed, _room.Script);
    }
}
