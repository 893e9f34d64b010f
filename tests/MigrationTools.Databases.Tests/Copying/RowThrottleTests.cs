using MigrationTools.Databases.Copying;
using MigrationTools.Tests.Postgres;
using MigrationTools.Tests.Time;

namespace MigrationTools.Databases.Tests.Copying;

public sealed class RowThrottleTests(PostgresCluster cluster)
{
    [Fact]
    public async Task A_throttled_copy_takes_the_time_that_its_rows_have()
    {
        await using var room = new CopyRoom(cluster);
        const string tables = "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (id INTEGER PRIMARY KEY)";
        var source = await room.OpenAsync("sqlite", $"{tables}; {TableCopyTests.Numbers("sqlite", 5000, "INSERT INTO a SELECT i")}; INSERT INTO b SELECT id FROM a");
        var target = await room.OpenAsync("sqlite", tables);
        var time = new SelfWindingTime();

        await room.CopyAsync(source, target, await CopyRoom.PairAsync(source, target), room.Options with { MaxRowsPerSecond = 1000 }, time);

        // Ten thousand rows at a thousand a second; the last batch has no one to wait for it.
        time.Waited.TotalSeconds.ShouldBeInRange(9.4, 10);
    }

    [Fact]
    public async Task Without_a_limit_nobody_waits()
    {
        var time = new SelfWindingTime();
        var throttle = new RowThrottle(null, time);

        await throttle.TakeAsync(1_000_000, CopyRoom.Token);
        await throttle.TakeAsync(1_000_000, CopyRoom.Token);

        time.Waited.ShouldBe(TimeSpan.Zero);
        throttle.LimitChunk(50_000).ShouldBe(50_000);
    }

    [Fact]
    public void A_slow_copy_commits_every_few_seconds() => new RowThrottle(100, new SelfWindingTime()).LimitChunk(50_000).ShouldBe(1000);
}
