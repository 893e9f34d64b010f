using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Tables that are emptied or written anew after a snapshot was taken read as empty in it (PostgreSQL's documentation, 13.6): of them nothing is said.</summary>
public sealed class StandingTableTests(PostgresCluster cluster)
{
    private const string Sql = "create table t (id integer primary key, v integer); insert into t select i, i from generate_series(1, 1000) as i; create table u (id integer primary key); insert into u values (1)";

    [Theory]
    [InlineData("truncate t", null)]
    [InlineData("alter table t alter column v type bigint", null)]
    [InlineData("drop table t; create table t (id integer primary key, v integer)", null)]
    [InlineData("truncate t", ComparisonMethod.Native)]
    [InlineData("truncate t", ComparisonMethod.Pushdown)]
    public async Task A_table_that_was_written_anew_is_an_error_and_not_an_empty_table(string change, ComparisonMethod? method)
    {
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), Sql, new PostgresScratch(cluster), Sql);
        await using var source = await room.Source.OpenSnapshotAsync(default);
        await using var target = await room.Target.OpenSnapshotAsync(default);
        await room.ChangeAsync(room.Source, change);
        await room.ChangeAsync(room.Target, change);

        var results = new Dictionary<string, TableComparison>();
        foreach (var pair in room.Tables)
        {
            results[pair.Target.Name.Name] = await TableComparer.CompareAsync(source, target, pair, new ComparisonOptions { Method = method }, SilentObserver.Instance, default);
        }

        results["t"].Verdict.ShouldBe(Verdict.Error, ComparisonRoom.Tell(results["t"]));
        results["t"].Notes.ShouldContain(note => note.Contains("emptied or written anew", StringComparison.Ordinal), ComparisonRoom.Tell(results["t"]));
        (results["u"].Verdict, results["u"].SourceRows).ShouldBe((Verdict.Passed, 1L), ComparisonRoom.Tell(results["u"]));
    }

    [Fact]
    public async Task A_query_of_such_a_table_and_its_count_are_refused_too()
    {
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), Sql, new PostgresScratch(cluster), Sql);
        await using var snapshot = await room.Source.OpenSnapshotAsync(default);
        await room.ChangeAsync(room.Source, "truncate t");
        var id = new ReadColumn("id", new LogicalType(LogicalKind.Int32));

        await Should.ThrowAsync<DatabaseException>(() => snapshot.CountAsync(new RowQuery { Table = new TableName("public", "t"), Columns = [id] }, default));
        await Should.ThrowAsync<DatabaseException>(() => snapshot.ReadAsync(new RowQuery { Sql = "select t.id from u left join t using (id)", Columns = [id] }, default));
        (await snapshot.CountAsync(new RowQuery { Table = new TableName("public", "u"), Columns = [id] }, default)).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_read_can_not_be_emptied_until_the_snapshot_is_closed()
    {
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), Sql, new PostgresScratch(cluster), Sql);
        await using (var snapshot = await room.Source.OpenSnapshotAsync(default))
        {
            (await snapshot.CountAsync(new RowQuery { Table = new TableName("public", "t"), Columns = [] }, default)).ShouldBe(1000);
            var refused = await Should.ThrowAsync<DatabaseException>(() => room.ChangeAsync(room.Source, "set lock_timeout = '100ms'; truncate t"));
            refused.ServerCode.ShouldBe("55P03");
        }

        await room.ChangeAsync(room.Source, "truncate t");
    }

    /// <summary>Which sessions are active is asked anew each time, though the transaction stays.</summary>
    [Fact]
    public async Task Sessions_that_have_ended_their_work_are_not_active_any_more()
    {
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), "create table t (id integer)", new PostgresScratch(cluster), "create table t (id integer)");
        await using var snapshot = (Databases.Comparison.Segments.ISegmentedSnapshot)await room.Source.OpenSnapshotAsync(default);
        await using var busy = await room.Target.OpenSessionAsync(default);
        await busy.ExecuteAsync("set application_name = 'somebody else'", [], default);
        using var stop = new CancellationTokenSource();
        var sleeping = busy.ExecuteAsync("select pg_sleep(600)", [], stop.Token);
        while (await snapshot.CountActiveSessionsAsync(default) == 0)
        {
            sleeping.IsCompleted.ShouldBeFalse();
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => sleeping);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await snapshot.CountActiveSessionsAsync(limit.Token) > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
