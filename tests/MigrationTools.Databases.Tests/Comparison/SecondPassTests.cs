using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>What is claimed, and told to who takes all differences, when the search for differing rows does not go smoothly.</summary>
public sealed class SecondPassTests(PostgresCluster cluster)
{
    private const string Sql = "create table t (id bigint primary key, v text); insert into t select i, 'v' || i from generate_series(1, 5000) i; analyze t";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_method_that_fails_in_the_search_tells_no_difference_twice()
    {
        await using var room = await OpenAsync("update t set v = 'x' where id <= 1200");
        var keyed = 0;
        var (sink, source) = (new RecordingSink(), new WatchedDatabase(room.Source, (query, _) => query.Keys is not null && ++keyed == 2
            ? throw new DatabaseException(ErrorIds.DatabaseError, "the function was dropped")
            : Task.CompletedTask));
        var result = await CompareAsync(room, source, room.Target, new ComparisonOptions { Method = ComparisonMethod.Native, Sink = sink });
        keyed.ShouldBe(2);
        (result.Verdict, result.Method, result.Changed).ShouldBe((Verdict.Failed, ComparisonMethod.Stream, 1200), ComparisonRoom.Tell(result));
        result.MethodReason.ShouldBe("Native failed: the function was dropped");
        sink.Told.Select(told => long.Parse(told.Difference.Key["id"]!)).Order().ShouldBe(Enumerable.Range(1, 1200).Select(id => (long)id));
    }

    [Fact]
    public async Task A_search_for_which_there_is_no_time_tells_nothing()
    {
        await using var room = await OpenAsync("update t set v = 'x' where id <= 1200");
        using var timeout = new CancellationTokenSource();
        var keyed = 0;
        var (sink, source) = (new RecordingSink(), new WatchedDatabase(room.Source, async (query, token) =>
        {
            if (query.Keys is not null && ++keyed == 2)
            {
                await timeout.CancelAsync();
                token.ThrowIfCancellationRequested();
            }
        }));
        var options = new ComparisonOptions { Method = ComparisonMethod.Native, Sink = sink, Timeout = TimeSpan.FromHours(1) };
        var scope = new ComparisonScope { Options = options, Observer = SilentObserver.Instance, Pace = new ComparisonPace(options, SilentObserver.Instance, TimeProvider.System), Timeout = timeout.Token };
        await using var left = await source.OpenSnapshotAsync(Stop);
        await using var right = await room.Target.OpenSnapshotAsync(Stop);
        var result = await TableComparer.CompareAsync(left, right, room.Tables[0], scope, timeout.Token);
        (result.Verdict, result.Changed, keyed).ShouldBe((Verdict.Inconclusive, 0, 2), ComparisonRoom.Tell(result));
        sink.Told.ShouldBeEmpty();
    }

    [Fact]
    public async Task Differences_that_settle_are_not_among_those_of_which_a_list_shows_some()
    {
        await using var room = await OpenAsync("update t set v = 'x' where id <= 5");
        var (sink, source) = (new RecordingSink(), new WatchedDatabase(room.Source, WhenLookedAtAgain(room, "update t set v = 'v' || id where id <= 4")));
        var result = await CompareAsync(room, source, room.Target, new ComparisonOptions { MaxDifferences = 2, Settle = TimeSpan.FromSeconds(15), Method = ComparisonMethod.Stream, Sink = sink });
        (result.Verdict, result.Changed).ShouldBe((Verdict.Failed, 1), ComparisonRoom.Tell(result));
        result.Notes.ShouldHaveSingleItem().ShouldBe("rows that differed at first were looked at again: 4 came to agree, 1 stayed as they were, 0 still changed when the time was over");
        sink.Told.ShouldHaveSingleItem().Difference.Key["id"].ShouldBe("5");
    }

    [Fact]
    public async Task Differences_that_stay_are_listed_by_key_and_the_list_says_of_how_many()
    {
        await using var room = await OpenAsync("update t set v = 'x' where id <= 9");
        var result = await CompareAsync(room, room.Source, room.Target, new ComparisonOptions { MaxDifferences = 3, Settle = TimeSpan.FromSeconds(1) });
        result.Differences.Select(difference => difference.Key["id"]).ShouldBe(["1", "2", "3"]);
        result.Notes[0].ShouldBe("3 of 9 differences are listed, the first by key; all are counted");
        result.Changed.ShouldBe(9);
    }

    [Theory]
    [InlineData("update t set v = 'v' || id where id = 5; update t set v = 'x' where id = 6", 1, "what was seen first was not what was read again, though a row really differs")]
    [InlineData("update t set v = 'v5' where id = 5", 0, "what differed first is no longer there, and more may be as unsteady")]
    public async Task Settling_does_not_make_up_for_rows_that_were_not_those_read_first(string meanwhile, int changed, string why)
    {
        await using var room = await OpenAsync("update t set v = 'x' where id = 5");
        var reads = 0;
        var target = new WatchedDatabase(room.Target, (_, _) => ++reads == 2 ? room.ChangeAsync(room.Target, meanwhile) : Task.CompletedTask) { IsConsistent = false };
        var result = await CompareAsync(room, room.Source, target, new ComparisonOptions { Method = ComparisonMethod.Stream, Settle = TimeSpan.FromSeconds(1) });
        (result.Verdict, result.Changed).ShouldBe((Verdict.Inconclusive, changed), $"{why}: {ComparisonRoom.Tell(result)}");
        result.Notes.ShouldContain(note => note.StartsWith("rows read a second time were not those read first", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ComparisonMethod.Stream)]
    [InlineData(ComparisonMethod.Native)]
    [InlineData(ComparisonMethod.Pushdown)]
    public async Task Keys_that_are_not_unique_are_searched_in_all_stretches_that_differ_and_only_those(ComparisonMethod method)
    {
        const string copies = "create table t (id bigint not null, v text); create index on t (id); insert into t select i / 2, 'v' || i from generate_series(2, 9999) i; analyze t";
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), copies, new PostgresScratch(cluster), copies + "; update t set v = 'x' where id in (7, 8, 2500, 4990); delete from t where id between 1000 and 1020");
        room.Estimate(4_096_000);
        room.Tables = [room.Tables[0] with { Key = ["id"] }];
        var result = await room.CompareAsync(new ComparisonOptions { Method = method });
        (result.Verdict, result.Method, result.Missing, result.Extra, result.Changed).ShouldBe((Verdict.Failed, method, 50, 8, 0), ComparisonRoom.Tell(result));
    }

    private async Task<ComparisonRoom> OpenAsync(string edit) =>
        await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), Sql, new PostgresScratch(cluster), $"{Sql}; {edit}");

    private static async Task<TableComparison> CompareAsync(ComparisonRoom room, IDatabase source, IDatabase target, ComparisonOptions options) =>
        (await DatabaseComparer.CompareAsync(source, target, room.Tables, options, 1, SilentObserver.Instance, Stop).ToListAsync(Stop)).ShouldHaveSingleItem();

    // Rows are asked for by their keys only to be looked at again.
    private static Func<RowQuery, CancellationToken, Task> WhenLookedAtAgain(ComparisonRoom room, string sql)
    {
        var looks = 0;
        return (query, _) => query.Keys is not null && ++looks == 1 ? room.ChangeAsync(room.Target, sql) : Task.CompletedTask;
    }
}
