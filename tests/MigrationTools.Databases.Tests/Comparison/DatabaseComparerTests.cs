using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Several tables at once, when one of them ends all.</summary>
public sealed class DatabaseComparerTests(PostgresCluster cluster)
{
    private const string Sql = "create table a (id bigint primary key); insert into a values (1); create table b (id bigint primary key); insert into b values (1)";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_escapes_a_table_stops_the_others_and_is_what_is_told()
    {
        await using var room = await OpenAsync();
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = new WatchedDatabase(room.Source, async (query, token) =>
        {
            if (query.Table?.Name == "a")
            {
                await waiting.Task;
                return;
            }

            waiting.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        var error = await Should.ThrowAsync<NotSupportedException>(() => CompareAsync(room, source, new Refusing(table => throw new NotSupportedException(table))));
        error.Message.ShouldEndWith("a");
    }

    [Fact]
    public async Task Of_several_that_escape_the_first_is_told_as_it_was()
    {
        await using var room = await OpenAsync();
        using var both = new Barrier(2);
        var error = await Should.ThrowAsync<NotSupportedException>(() => CompareAsync(room, new WatchedDatabase(room.Source, (_, _) => Task.CompletedTask), new Refusing(table =>
        {
            both.SignalAndWait(Stop);
            throw new NotSupportedException(table);
        })));
        error.Message.ShouldNotBeEmpty();
    }

    private static Task<List<TableComparison>> CompareAsync(ComparisonRoom room, WatchedDatabase source, IDifferenceSink sink) =>
        DatabaseComparer.CompareAsync(source, room.Target, room.Tables, new ComparisonOptions { Sink = sink, Method = ComparisonMethod.Stream }, 2, SilentObserver.Instance, Stop).ToListAsync(Stop).AsTask();

    private async Task<ComparisonRoom> OpenAsync() =>
        await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), Sql, new PostgresScratch(cluster), Sql + "; insert into a values (2); insert into b values (2)");

    private sealed class Refusing(Action<string> refuse) : IDifferenceSink
    {
        public void Add(TablePair pair, RowDifference difference) => refuse(pair.TargetName);
    }
}
