using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Tables that are written to while they are compared: 500 updates a second of the source, which the target follows a little later.</summary>
public sealed class SettledComparisonTests(PostgresCluster cluster)
{
    private const string Sql = "create table t (id bigint primary key, v bigint); insert into t select i, 0 from generate_series(1, 2000) i; analyze t";

    [Fact]
    public async Task Lag_is_no_difference()
    {
        var result = await CompareAsync("");
        result.Verdict.ShouldBeOneOf(Verdict.Passed, Verdict.Inconclusive);
        (result.Missing, result.Extra, result.Changed).ShouldBe((0, 0, 0), ComparisonRoom.Tell(result));
        result.Notes.ShouldHaveSingleItem().ShouldContain("0 stayed as they were");
    }

    [Fact]
    public async Task What_really_differs_is_told_and_only_that()
    {
        var result = await CompareAsync("update t set v = 7 where id = 1900; delete from t where id = 1901; insert into t values (5000, 1)");
        result.Verdict.ShouldBe(Verdict.Failed);
        result.Differences.Select(difference => (difference.Kind, difference.Key["id"])).ShouldBe(
            [(DifferenceKind.Changed, "1900"), (DifferenceKind.Missing, "1901"), (DifferenceKind.Extra, "5000")], ignoreOrder: true, ComparisonRoom.Tell(result));
        (result.Missing, result.Extra, result.Changed).ShouldBe((1, 1, 1));
    }

    private async Task<TableComparison> CompareAsync(string edit)
    {
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), Sql, new PostgresScratch(cluster), $"{Sql}; {edit}");
        using var stop = new CancellationTokenSource();
        var ahead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = WriteAsync(room, ahead, stop.Token);
        await Task.WhenAny(ahead.Task, writing);
        var result = await room.CompareAsync(new ComparisonOptions { Settle = TimeSpan.FromSeconds(6) });
        await stop.CancelAsync();
        await writing;
        return result;
    }

    // The target is always some rounds behind, so that a comparison without patience would find differences.
    private static async Task WriteAsync(ComparisonRoom room, TaskCompletionSource ahead, CancellationToken stop)
    {
        const int lag = 10;
        await using var source = await room.Source.OpenSessionAsync(default);
        await using var target = await room.Target.OpenSessionAsync(default);
        var behind = new Queue<string>();
        var random = new Random(1);
        while (!stop.IsCancellationRequested)
        {
            var sql = $"update t set v = v + 1 where id in ({string.Join(", ", Enumerable.Range(0, 10).Select(_ => random.Next(1, 1800)))})";
            await source.ExecuteAsync(sql, [], default);
            behind.Enqueue(sql);
            if (behind.Count > lag)
            {
                ahead.TrySetResult();
                await target.ExecuteAsync(behind.Dequeue(), [], default);
            }

            await Task.Delay(20, CancellationToken.None);
        }
    }
}
