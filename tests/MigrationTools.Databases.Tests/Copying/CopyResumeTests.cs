using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Tests.Providers;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Copying;

public sealed class CopyResumeTests(PostgresCluster cluster)
{
    private const string Tables = "CREATE TABLE keyed (id integer PRIMARY KEY, name text); CREATE TABLE keyless (n integer, name text)";

    private const string Content = "SELECT 'keyed', count(*), count(DISTINCT id), sum(id) FROM keyed UNION ALL SELECT 'keyless', count(*), count(DISTINCT n), sum(n) FROM keyless ORDER BY 1";

    private static readonly string[] Whole = ["keyed|2600|2600|3381300", "keyless|1100|1100|605550"];

    [Theory]
    [MemberData(nameof(Directions.Engines), MemberType = typeof(Directions))]
    public async Task A_copy_broken_off_at_any_call_to_the_target_goes_on_without_loss_or_duplicates(string engine)
    {
        await using var room = new CopyRoom(cluster);
        var source = await SourceAsync(room);
        var target = await room.OpenAsync(engine, Tables);
        foreach (var moment in new[] { Moment.Before, Moment.After })
        {
            for (var call = 1; ; call++)
            {
                await target.ExecuteAsync("DELETE FROM keyed; DELETE FROM keyless");
                var interference = new Interference(call, moment, () => throw new DatabaseException(ErrorIds.EndpointUnavailable, "The connection is gone."));
                var pairs = await CopyRoom.PairAsync(source, target);
                var options = room.Options with { CopyId = $"{moment} {call}", Parallelism = 1 };
                if (!await BreaksOffAsync(room, source, new DisturbedDatabase(target, interference), pairs, options))
                {
                    interference.Happened.ShouldBeFalse();
                    call.ShouldBeGreaterThan(20);
                    break;
                }

                var committed = (await CopyProgress.ReadAsync(target, options.CopyId, CopyRoom.Token)).Tables.Sum(table => table.Rows);
                var results = await room.CopyAsync(source, target, pairs, options);

                (await CopyRoom.RowsAsync(target, Content)).ShouldBe(Whole, $"{moment} call {call}");
                results.Sum(result => result.Rows).ShouldBe(3700);
                results.Sum(result => result.ResumedRows).ShouldBe(committed);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Directions.Engines), MemberType = typeof(Directions))]
    public async Task A_cancelled_copy_ends_as_cancelled_and_goes_on_from_its_chunks(string engine)
    {
        await using var room = new CopyRoom(cluster);
        var source = await SourceAsync(room);
        var target = await room.OpenAsync(engine, Tables);
        foreach (var call in new[] { 1, 8, 14, 19, 23 })
        {
            await target.ExecuteAsync("DELETE FROM keyed; DELETE FROM keyless");
            using var stop = new CancellationTokenSource();
            var pairs = await CopyRoom.PairAsync(source, target);
            var options = room.Options with { CopyId = $"call {call}" };

            await Should.ThrowAsync<OperationCanceledException>(
                () => room.CopyAsync(source, new DisturbedDatabase(target, new Interference(call, Moment.Before, stop.CancelAsync)), pairs, options, token: stop.Token));

            await room.CopyAsync(source, target, pairs, options);
            (await CopyRoom.RowsAsync(target, Content)).ShouldBe(Whole);
        }
    }

    [Fact]
    public async Task A_reader_that_stops_listening_stops_the_copy()
    {
        await using var room = new CopyRoom(cluster);
        var (source, target) = (await SourceAsync(room), await room.OpenAsync("sqlite", Tables));
        var pairs = await CopyRoom.PairAsync(source, target);

        await foreach (var first in new DatabaseCopier().CopyAsync(source, target, pairs, room.Options, SilentObserver.Instance, CopyRoom.Token))
        {
            first.Rows.ShouldBePositive();
            break;
        }

        // Nobody holds the file any more.
        await target.ExecuteAsync("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT");
        await room.CopyAsync(source, target, pairs);
        (await CopyRoom.RowsAsync(target, Content)).ShouldBe(Whole);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(17)]
    [InlineData(21)]
    public async Task A_server_killed_in_the_middle_is_said_to_be_gone_and_the_copy_goes_on_when_it_is_back(int call)
    {
        cluster.SkipWhereMissing();
        await using var own = new PostgresCluster();
        await using var room = new CopyRoom(own);
        var (source, target) = (await SourceAsync(room), await room.OpenAsync("postgresql", Tables));
        var pairs = await CopyRoom.PairAsync(source, target);

        var error = await Should.ThrowAsync<DatabaseException>(
            () => room.CopyAsync(source, new DisturbedDatabase(target, new Interference(call, Moment.Before, own.KillAsync)), pairs));
        await own.StartAsync();
        await room.CopyAsync(source, target, pairs);

        error.ErrorId.ShouldBe(ErrorIds.EndpointUnavailable);
        (await CopyRoom.RowsAsync(target, Content)).ShouldBe(Whole);
    }

    [Fact]
    public async Task A_source_killed_in_the_middle_leaves_whole_chunks()
    {
        cluster.SkipWhereMissing();
        await using var own = new PostgresCluster();
        await using var room = new CopyRoom(own);
        var source = await room.OpenAsync("postgresql", $"CREATE TABLE t (id int PRIMARY KEY, pad text); {TableCopyTests.Numbers("postgresql", 60_000, "INSERT INTO t SELECT i, repeat('x', 500)")}");
        var target = await room.OpenAsync("sqlite", "CREATE TABLE t (id INTEGER PRIMARY KEY, pad TEXT)");
        var pairs = await CopyRoom.PairAsync(source, target);

        await Should.ThrowAsync<DatabaseException>(() => room.CopyAsync(source, new DisturbedDatabase(target, new Interference(20, Moment.Before, own.KillAsync)), pairs));
        await own.StartAsync();
        var kept = await CopyRoom.ScalarAsync(target, "SELECT count(*) FROM t");
        var result = (await room.CopyAsync(source, target, pairs)).ShouldHaveSingleItem();

        int.Parse(kept).ShouldBeInRange(1, 59_999);
        result.ResumedRows.ToString().ShouldBe(kept);
        (await CopyRoom.ScalarAsync(target, "SELECT count(*), sum(id) FROM t")).ShouldBe("60000|1800030000");
    }

    [Fact]
    public async Task A_full_disk_is_said_to_be_full_and_the_copy_goes_on_when_there_is_room()
    {
        await using var room = new CopyRoom(cluster);
        var source = await room.OpenAsync("sqlite", $"CREATE TABLE t (id INTEGER PRIMARY KEY, pad BLOB); {TableCopyTests.Numbers("sqlite", 5000, "INSERT INTO t SELECT i, zeroblob(300)")}");
        var target = await room.OpenAsync("sqlite", "CREATE TABLE t (id INTEGER PRIMARY KEY, pad BLOB)");
        var pairs = await CopyRoom.PairAsync(source, target);
        var small = new DisturbedDatabase(target, new Interference(0, Moment.Before, () => Task.CompletedTask), "PRAGMA max_page_count = 200");

        (await Should.ThrowAsync<DatabaseException>(() => room.CopyAsync(source, small, pairs))).ErrorId.ShouldBe(ErrorIds.DiskFull);
        var kept = await CopyRoom.ScalarAsync(target, "SELECT count(*) FROM t");
        var result = (await room.CopyAsync(source, target, pairs)).ShouldHaveSingleItem();

        result.ResumedRows.ToString().ShouldBe(kept);
        result.ResumedRows.ShouldBePositive();
        (await CopyRoom.ScalarAsync(target, "SELECT count(*), sum(id), sum(length(pad)) FROM t")).ShouldBe("5000|12502500|1500000");
    }

    [Fact]
    public async Task A_finished_table_is_not_copied_again()
    {
        await using var room = new CopyRoom(cluster);
        var (source, target) = (await SourceAsync(room), await room.OpenAsync("sqlite", Tables));
        await room.CopyAllAsync(source, target);

        var results = await room.CopyAllAsync(source, target);

        results.ShouldAllBe(result => result.Rows == result.ResumedRows);
        (await CopyRoom.RowsAsync(target, Content)).ShouldBe(Whole);
    }

    [Fact]
    public async Task A_copy_does_not_go_on_with_another_mapping()
    {
        await using var room = new CopyRoom(cluster);
        var (source, target) = (await SourceAsync(room), await room.OpenAsync("sqlite", Tables));
        var pairs = await CopyRoom.PairAsync(source, target);
        await room.CopyAsync(source, target, pairs);

        var error = await Should.ThrowAsync<InvalidRequestException>(() => room.CopyAsync(source, target, [pairs[0] with { Where = "id > 5" }, pairs[1]]));

        error.Message.ShouldContain("was begun with another mapping");
    }

    [Theory]
    [MemberData(nameof(Directions.Engines), MemberType = typeof(Directions))]
    public async Task Of_two_copies_under_one_id_one_fails_and_nothing_is_written_twice(string engine)
    {
        await using var room = new CopyRoom(cluster);
        var (source, target) = (await SourceAsync(room), await room.OpenAsync(engine, Tables));
        var pairs = await CopyRoom.PairAsync(source, target);

        // Another process copies everything while this one stands before its first chunk.
        var interference = new Interference(8, Moment.Before, () => room.CopyAsync(source, target, pairs));
        await Should.ThrowAsync<MigrationToolsException>(() => room.CopyAsync(source, new DisturbedDatabase(target, interference), pairs, room.Options with { Parallelism = 1 }));

        interference.Happened.ShouldBeTrue();
        (await CopyRoom.RowsAsync(target, Content)).ShouldBe(Whole);
    }

    private static async Task<IDatabase> SourceAsync(CopyRoom room) => await room.OpenAsync(
        "sqlite",
        $"{Tables}; {TableCopyTests.Numbers("sqlite", 2600, "INSERT INTO keyed SELECT i, 'name ' || i")}; {TableCopyTests.Numbers("sqlite", 1100, "INSERT INTO keyless SELECT i, NULL")}");

    private static async Task<bool> BreaksOffAsync(CopyRoom room, IDatabase source, IDatabase target, IReadOnlyList<Mapping.TablePair> pairs, CopyOptions options)
    {
        try
        {
            await room.CopyAsync(source, target, pairs, options);
            return false;
        }
        catch (DatabaseException)
        {
            return true;
        }
    }
}
