using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Methods;
using MigrationTools.Databases.Comparison.Segments;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Parts of one table, summed up by several workers that share a snapshot, add up to what one worker finds.</summary>
public sealed class ParallelPartsTests(PostgresCluster cluster)
{
    private const string Sql = "create table t (id bigint primary key, name text, n numeric); insert into t select i, nullif('name ' || i, 'name 77'), i / 7.0 from generate_series(-40000, 160000) as i; analyze t";

    [Theory]
    [InlineData(ComparisonMethod.Stream)]
    [InlineData(ComparisonMethod.Native)]
    [InlineData(ComparisonMethod.Pushdown)]
    public async Task Parts_add_up_to_the_whole(ComparisonMethod method)
    {
        await using var room = await ComparisonRoom.OpenAsync(
            new PostgresScratch(cluster), Sql, new PostgresScratch(cluster), $"{Sql}; update t set name = 'another' where id in (-40000, 5, 160000); delete from t where id = 100000");
        await using var source = await room.Source.OpenSnapshotAsync(default);
        await using var target = await room.Target.OpenSnapshotAsync(default);
        var pair = room.Tables.ShouldHaveSingleItem();
        var options = new ComparisonOptions { Method = method };
        var work = new TableWork
        {
            Source = source,
            Target = target,
            Pair = pair,
            Layout = ComparisonLayout.Of(pair),
            Options = options,
            Tally = new RowTally(SilentObserver.Instance, "compare"),
            Pace = new ComparisonPace(options, SilentObserver.Instance, TimeProvider.System),
            Workers = 3,
        };
        await work.EstimateAsync(default);
        var choice = await new MethodChooser(work).ChooseAsync(default);
        choice.Method.ShouldBe(method, choice.Reason);

        var whole = new SegmentScan(work, choice with { StretchesAreCheap = false }, null);
        await whole.RunAsync(default);
        var parts = new SegmentScan(work, choice with { StretchesAreCheap = true }, null);
        await parts.RunAsync(default);

        whole.FindDiffering().Count.ShouldBe(4);
        parts.FindDiffering().ShouldBe(whole.FindDiffering());
        (parts.Source.Rows, parts.Target.Rows).ShouldBe((200_001, 200_000));
        parts.Source.FindDiffering(whole.Source).ShouldBeEmpty();
        parts.Target.FindDiffering(whole.Target).ShouldBeEmpty();
    }
}
