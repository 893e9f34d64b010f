using System.Globalization;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Repair;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Databases.Tests.Fixtures;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison.Repair;

/// <summary>What only SQLite has: values that bring their own type, text that no other engine takes.</summary>
public sealed class SqliteRepairTests(PostgresCluster cluster) : IAsyncDisposable
{
    private readonly List<RepairRoom> _rooms = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var room in _rooms)
        {
            await room.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("pragma encoding = 'UTF-16le';")]
    [InlineData("pragma encoding = 'UTF-16be';")]
    public async Task Every_storage_class_comes_out_as_it_was(string pragma)
    {
        const string table = "create table t (id integer primary key, v, t text, r real, i integer, n numeric);";
        const string rows = """
            insert into t values
                (-9223372036854775808, 1, '1', 1, 1, 1), (2, '1', '007', -0.0, 'abc', 'x'), (3, 1.0, 'a' || char(0) || 'b', 9e999, x'00', 1.5), (4, x'31', char(0), -9e999, null, 12345678901234567890.0),
                (5, '', char(13, 10) || 'é😀', 5e-324, 9223372036854775807, '12 '), (9223372036854775807, null, 'line' || char(10) || '.quit' || char(10) || ';', 0.1, -1, -1e-300);
            """;
        await RepairAsync(pragma + table + rows, pragma + table + "insert into t (id) values (3), (4), (8)", 4, 1, 2);
    }

    [Fact]
    public async Task Text_that_is_not_utf_8_is_kept_by_its_bytes()
    {
        const string table = "create table t (id integer primary key, v text);";
        await RepairAsync(table + "insert into t values (1, cast(x'ff00fe' as text)), (2, 'plain')", table, 2, 0, 0);
    }

    [Fact]
    public async Task Floats_come_back_to_the_last_bit()
    {
        var random = new Random(20_240_601);
        var floats = Enumerable.Range(0, 3000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))).Where(double.IsFinite)
            .Concat(Enumerable.Range(0, 3000).Select(_ => Math.Round(random.NextDouble() * 1e6, 4)))
            .Concat(Enumerable.Range(0, 1000).Select(_ => random.NextInt64(1, 1_000_000) * double.Epsilon * random.Next(1, 1_000_000)))
            .Concat([double.MaxValue, -double.MaxValue, double.Epsilon, 2.2250738585072014e-308, 1e22, 1e23, 1e-22, 0.30000000000000004, 999999999999999e22, 123456789012345e-7]);
        const string table = "create table t (id integer primary key, f real);";
        var room = Room(new SqliteScratch());
        await room.OpenAsync(table, table);
        await using (var session = await room.Source.OpenSessionAsync(default))
        {
            await session.BeginAsync(default);
            foreach (var value in floats)
            {
                await session.ExecuteAsync("insert into t (f) values ($1)", [value], default);
            }

            await session.CommitAsync(default);
        }

        await room.WriteAsync();
        await room.RunWellAsync();
        var after = (await room.CompareAsync()).ShouldHaveSingleItem();
        after.Changed.ShouldBe(0, string.Join("; ", after.Differences.Take(5).SelectMany(item => item.Columns)));
    }

    [Fact]
    public async Task Keys_that_differ_in_case_alone_are_told_apart_under_a_collation_that_does_not()
    {
        const string table = "create table t (k text collate nocase primary key, v integer);";
        await RepairAsync(table + "insert into t values ('A', 1), ('b', 2)", table + "insert into t values ('a', 1), ('b', 3)", 1, 1, 1);
    }

    [Fact]
    public async Task A_value_that_the_target_can_not_hold_is_left_out_and_said()
    {
        var room = Room(new PostgresScratch(cluster));
        const string table = "create table t (id integer primary key, v text);";
        await room.OpenAsync(table + "insert into t values (1, 'a' || char(0)), (2, 'fine')", table);
        var summary = await room.WriteAsync();
        (summary.Inserts, summary.LeftOut).ShouldBe((1, 1));
        summary.NotCovered.ShouldHaveSingleItem().ShouldContain("column v:");
        await room.RunWellAsync();
        (await room.CompareAsync()).ShouldHaveSingleItem().Missing.ShouldBe(1);
    }

    [Fact]
    public async Task Rows_that_read_the_same_and_are_not_are_left_to_a_person()
    {
        var room = Room(new SqliteScratch());
        await room.OpenAsync("create table t (v); insert into t values (1), ('1'), ('x')", "create table t (v); insert into t values ('1')");
        var summary = await room.WriteAsync();
        (summary.Inserts, summary.LeftOut).ShouldBe((1, 1));
        summary.NotCovered.ShouldHaveSingleItem().ShouldContain("read the same");
    }

    [Fact]
    public async Task A_key_that_does_not_tell_rows_apart_changes_none()
    {
        var room = Room(new SqliteScratch());
        await room.OpenAsync("create table t (k text, v text); insert into t values ('a', '1'), ('b', '1')", "create table t (k text, v text); insert into t values ('a', '2'), ('b', '2'), ('b', '3')");
        var pair = (await Pairs.ByNameAsync(room.Source, room.Target)).Single() with { Key = ["k"] };
        using var script = new RepairScript();
        await KeyedDifferences.CompareAsync(room.Source, room.Target, [pair], script);
        script.Add(pair, new RowDifference { Kind = DifferenceKind.Extra, Key = new Dictionary<string, string?> { ["k"] = "b" }, TargetKey = Cell("b") });
        var summary = await script.WriteAsync(room.ScriptPath, room.Source, room.Target, [pair], await room.Target.ReadSchemaAsync(default), new RepairHeader(DateTimeOffset.UnixEpoch), default);
        summary.Deletes.ShouldBe(0);
        summary.Updates.ShouldBe(1);
        summary.NotCovered.ShouldContain(line => line.Contains("does not tell"));
    }

    [Fact]
    public async Task A_path_that_can_not_be_written_is_told_and_leaves_nothing()
    {
        var room = Room(new SqliteScratch());
        await room.OpenAsync("create table t (id integer primary key); insert into t values (1)", "create table t (id integer primary key)");
        using var script = new RepairScript();
        var schema = await room.Target.ReadSchemaAsync(default);
        var inTheWay = room.ScriptPath;
        await File.WriteAllTextAsync(inTheWay, "kept", TestContext.Current.CancellationToken);
        var path = Path.Combine(inTheWay, "repair.sql");
        var error = await Should.ThrowAsync<InvalidRequestException>(() => script.WriteAsync(path, room.Source, room.Target, [], schema, new RepairHeader(DateTimeOffset.UnixEpoch), default));
        error.Message.ShouldContain(path);
        (await File.ReadAllTextAsync(inTheWay, TestContext.Current.CancellationToken)).ShouldBe("kept");
    }

    [Fact]
    public async Task Nothing_but_a_file_is_replaced_by_a_script()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "devices have no path there");
        var room = Room(new SqliteScratch());
        await room.OpenAsync("create table t (id integer primary key); insert into t values (1)", "create table t (id integer primary key)");
        File.CreateSymbolicLink(room.ScriptPath, "/dev/null");
        (await Should.ThrowAsync<InvalidRequestException>(() => room.WriteAsync())).Message.ShouldContain("no regular file");
        new FileInfo(room.ScriptPath).LinkTarget.ShouldBe("/dev/null");
    }

    [Fact]
    public async Task A_link_to_a_file_is_followed()
    {
        var room = Room(new SqliteScratch());
        await room.OpenAsync("create table t (id integer primary key); insert into t values (1)", "create table t (id integer primary key)");
        var real = room.ScriptPath + ".real";
        await File.WriteAllTextAsync(real, "before", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(room.ScriptPath, real);
        (await room.WriteAsync()).Path.ShouldBe(room.ScriptPath);
        new FileInfo(room.ScriptPath).LinkTarget.ShouldBe(real);
        (await File.ReadAllTextAsync(real, TestContext.Current.CancellationToken)).ShouldContain("INSERT INTO");
    }

    [Theory]
    [InlineData("UTF-8")]
    [InlineData("UTF-16le")]
    public async Task A_long_text_that_the_shell_would_change_is_given_by_its_bytes(string encoding)
    {
        var table = $"pragma encoding = '{encoding}'; create table t (id integer primary key, v text);";
        await RepairAsync(table + "insert into t values (1, replace(hex(zeroblob(700000)), '00', 'é' || char(13, 10, 128512)))", table, 1, 0, 0);
    }

    [Fact]
    public void A_long_value_costs_no_text_of_its_size()
    {
        var value = new byte[20_000_000];
        var before = GC.GetAllocatedBytesForCurrentThread();
        new SqliteLiteral(System.Text.Encoding.UTF8).Long(SqliteAffinity.None, CellKind.Blob, value, out _)!.Write(TextWriter.Null, value);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public async Task A_full_disk_is_told_and_leaves_nothing()
    {
        using var disk = SmallDisk.MountOrSkip(1);
        var room = Room(new SqliteScratch());
        const string table = "create table t (id integer primary key, v blob);";
        await room.OpenAsync(table + "insert into t values (1, zeroblob(2000000))", table);
        var pairs = await Pairs.ByNameAsync(room.Source, room.Target);
        using var script = new RepairScript();
        await KeyedDifferences.CompareAsync(room.Source, room.Target, pairs, script);
        var (path, schema) = (Path.Combine(disk.DirectoryPath, "repair.sql"), await room.Target.ReadSchemaAsync(default));
        var error = await Should.ThrowAsync<InvalidRequestException>(() => script.WriteAsync(path, room.Source, room.Target, pairs, schema, new RepairHeader(DateTimeOffset.UnixEpoch), default));
        error.Message.ShouldContain(path);
        Directory.GetFiles(disk.DirectoryPath).ShouldBeEmpty();
    }

    [Fact]
    public async Task More_differences_than_are_asked_for_at_once_are_all_written()
    {
        var room = Room(new SqliteScratch());
        const string table = "create table t (id integer primary key, v text);";
        const string numbers = "with recursive n (i) as (select 1 union all select i + 1 from n where i < 20000)";
        await RepairedAsync(room, $"{table} {numbers} insert into t select i, 'v' || i from n", $"{table} {numbers} insert into t select i * 2, 'v' || (i * 2 + i % 2) from n", 10_000, 10_000, 5_000);
    }

    private static KeyCells Cell(string text)
    {
        var batch = new RowBatch(1);
        batch.Append(CellKind.Text, System.Text.Encoding.UTF8.GetBytes(text));
        return KeyCells.Of(batch, 0, 1);
    }

    private RepairRoom Room(IScratch target)
    {
        var room = new RepairRoom(new SqliteScratch(), target);
        _rooms.Add(room);
        return room;
    }

    private async Task RepairAsync(string sourceSql, string targetSql, long inserts, long deletes, long updates)
    {
        await RepairedAsync(Room(new SqliteScratch()), sourceSql, targetSql, inserts, deletes, updates);
    }

    private static async Task RepairedAsync(RepairRoom room, string sourceSql, string targetSql, long inserts, long deletes, long updates)
    {
        await room.OpenAsync(sourceSql, targetSql);
        var summary = await room.WriteAsync();
        summary.NotCovered.ShouldBeEmpty();
        (summary.Inserts, summary.Deletes, summary.Updates).ShouldBe((inserts, deletes, updates), room.Script);
        await room.RunWellAsync();
        var after = await room.CompareAsync();
        after.ShouldAllBe(table => table.Verdict == Verdict.Passed, string.Create(CultureInfo.InvariantCulture, $"{after[0].Missing} {after[0].Extra} {after[0].Changed} {room.Script}"));
    }
}
