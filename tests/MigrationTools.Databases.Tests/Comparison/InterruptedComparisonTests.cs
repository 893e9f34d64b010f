using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Comparisons that see a part only: out of time, a sample, stopped and gone on with, a server that goes away.</summary>
public sealed class InterruptedComparisonTests(PostgresCluster cluster) : IDisposable
{
    private const string Sql = "create table t (id bigint primary key, v text); insert into t select i, 'v' || i from generate_series(1, 30000) i; analyze t";

    private readonly string _directory = Directory.CreateTempSubdirectory("mt-state").FullName;

    private string StateFile => Path.Combine(_directory, "state.jsonl");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    // Streamed, so that it is the throttle that keeps the rows from being read in time, and not the machine.
    [Fact]
    public async Task When_time_is_over_nothing_is_claimed()
    {
        await using var room = await OpenAsync(Sql + "; create table u (id bigint primary key)", "");
        var results = await room.CompareAllAsync(new ComparisonOptions { Method = ComparisonMethod.Stream, MaxRowsPerSecond = 100, Timeout = TimeSpan.FromSeconds(0.5) });
        results.Select(result => result.Verdict).Order().ShouldBe(new[] { Verdict.Inconclusive, Verdict.NotRun }.Order(), string.Join("; ", results.SelectMany(result => result.Notes)));
        results.Single(result => result.Verdict == Verdict.Inconclusive).Notes.ShouldHaveSingleItem().ShouldContain("nothing is said of the table");
        results.ShouldAllBe(result => result.SourceRows == null);
    }

    [Theory]
    [InlineData(ComparisonMethod.Stream)]
    [InlineData(ComparisonMethod.Native)]
    [InlineData(ComparisonMethod.Pushdown)]
    public async Task A_sample_without_a_difference_is_inconclusive_and_one_with_a_difference_fails(ComparisonMethod method)
    {
        await using var room = await OpenAsync(Sql, "");
        room.Estimate(4_096_000);
        var equal = await room.CompareAsync(new ComparisonOptions { Method = method, Sample = 0.99 });
        equal.Verdict.ShouldBe(Verdict.Inconclusive);
        equal.Notes.ShouldHaveSingleItem().ShouldStartWith("a sample: 990 of 1000 stretches");
        equal.SourceRows.ShouldNotBeNull().ShouldBeInRange(29_000, 29_999);

        await room.ChangeAsync(room.Target, "update t set v = 'x' where id % 100 = 7");
        var different = await room.CompareAsync(new ComparisonOptions { Method = method, Sample = 0.99 });
        different.Verdict.ShouldBe(Verdict.Failed);
        different.Changed.ShouldBeInRange(290, 300);
    }

    [Theory]
    [InlineData("create table t (v text); insert into t values ('a')", "it has no key")]
    [InlineData("create table t (id text primary key); insert into t values ('a')", "column id, with which its key begins, is not of whole numbers on both sides")]
    [InlineData("create table t (id bigint primary key); insert into t values (1), (2)", "it is too small to be divided")]
    public async Task A_table_of_which_no_sample_can_be_drawn_is_compared_whole_and_says_so(string sql, string reason)
    {
        await using var room = await OpenAsync(sql, "");
        var result = await room.CompareAsync(new ComparisonOptions { Sample = 0.01 });
        result.Verdict.ShouldBe(Verdict.Passed);
        result.Notes.ShouldHaveSingleItem().ShouldBe($"no sample could be drawn of it, and it was compared whole: {reason}");
    }

    [Theory]
    [InlineData(ComparisonMethod.Stream)]
    [InlineData(ComparisonMethod.Native)]
    public async Task A_stopped_sample_goes_on_with_the_stretches_that_it_had_drawn(ComparisonMethod method)
    {
        await using var room = await OpenAsync(Sql, "");
        var options = Options(method) with { Sample = 0.5 };
        await StopMidwayAsync(room, options);
        var drawn = (await File.ReadAllLinesAsync(StateFile, TestContext.Current.CancellationToken)).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.TryGetProperty("drawn", out _)).ShouldHaveSingleItem().GetProperty("drawn").EnumerateArray().Select(item => item.GetInt32()).ToList();
        drawn.Count.ShouldBe(500);

        await room.ChangeAsync(room.Target, $"update t set v = 'x' where (id - 1) / 30 not in ({string.Join(", ", drawn)})");
        var result = await room.CompareAsync(options);
        (result.Verdict, result.Changed, result.SourceRows).ShouldBe((Verdict.Inconclusive, 0, 15_000), ComparisonRoom.Tell(result));
        result.Notes.ShouldContain(note => note.StartsWith("a sample: 500 of 1000 stretches", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ComparisonMethod.Stream)]
    [InlineData(ComparisonMethod.Native)]
    [InlineData(ComparisonMethod.Pushdown)]
    public async Task A_stopped_comparison_goes_on_where_it_was(ComparisonMethod method)
    {
        await using var room = await OpenAsync(Sql, "");
        await StopMidwayAsync(room, method);
        var result = await room.CompareAsync(Options(method));
        (result.Verdict, result.SourceRows, result.TargetRows, result.Method).ShouldBe((Verdict.Passed, 30_000, 30_000, method), ComparisonRoom.Tell(result));
        result.Notes.ShouldHaveSingleItem().ShouldContain("were found equal by an earlier, interrupted comparison");
        await room.ChangeAsync(room.Target, "update t set v = 'x' where id = 5");
        var third = await room.CompareAsync(Options(method));
        (third.Verdict, third.Changed).ShouldBe((Verdict.Failed, 1), "the second one had come to its end");
    }

    [Theory]
    [InlineData(ComparisonMethod.Stream)]
    [InlineData(ComparisonMethod.Native)]
    public async Task What_changed_where_it_was_not_yet_is_found_and_what_differed_is_looked_at_again(ComparisonMethod method)
    {
        await using var room = await OpenAsync(Sql, "update t set v = 'x' where id = 5");
        await StopMidwayAsync(room, method);
        await room.ChangeAsync(room.Target, "update t set v = 'late' where id = 29990");
        await File.AppendAllTextAsync(StateFile, "{\"table\":\"publ", TestContext.Current.CancellationToken);
        var result = await room.CompareAsync(Options(method));
        result.Differences.Select(difference => difference.Key["id"]).ShouldBe(["5", "29990"], ComparisonRoom.Tell(result));
        (result.Verdict, result.Changed, result.SourceRows).ShouldBe((Verdict.Failed, 2, 30_000));
        result.Notes.ShouldContain(note => note.Contains("are not read again", StringComparison.Ordinal));

        await room.ChangeAsync(room.Target, "update t set v = 'v' || id where id in (5, 29990)");
        (await room.CompareAsync(Options(method))).Verdict.ShouldBe(Verdict.Passed, "what differed was never noted as equal");
    }

    [Fact]
    public async Task A_state_file_of_another_comparison_is_refused()
    {
        await using var room = await OpenAsync(Sql, "");
        await StopMidwayAsync(room, ComparisonMethod.Stream);
        var error = await Should.ThrowAsync<InvalidRequestException>(() => room.CompareAsync(Options(ComparisonMethod.Stream) with { Text = new TextRules { IgnoreCase = true } }));
        error.Message.ShouldContain("is of another comparison");
    }

    [Fact]
    public async Task A_state_file_of_another_share_or_part_is_refused()
    {
        await using var room = await OpenAsync(Sql, "");
        await StopMidwayAsync(room, ComparisonMethod.Stream);
        (await Should.ThrowAsync<InvalidRequestException>(() => room.CompareAsync(Options(ComparisonMethod.Stream) with { Sample = 0.5 }))).Message.ShouldContain("is of another comparison");
        var end = new RowBatch(1);
        end.AppendInt64(100);
        room.Tables = [room.Tables[0] with { Part = new KeyRange(["id"]) { UpTo = end } }];
        (await Should.ThrowAsync<InvalidRequestException>(() => room.CompareAsync(Options(ComparisonMethod.Stream)))).Message.ShouldContain("is of another comparison");
    }

    // Only what is equal at the first look is noted, and that is so however long differences are looked at.
    [Fact]
    public async Task A_state_file_serves_a_comparison_that_settles_and_one_that_does_not()
    {
        await using var room = await OpenAsync(Sql, "update t set v = 'x' where id = 5");
        await StopMidwayAsync(room, ComparisonMethod.Stream);
        var result = await room.CompareAsync(Options(ComparisonMethod.Stream) with { Settle = TimeSpan.FromSeconds(1) });
        (result.Verdict, result.Changed, result.SourceRows).ShouldBe((Verdict.Failed, 1, 30_000), ComparisonRoom.Tell(result));
        result.Notes.ShouldContain(note => note.Contains("were found equal by an earlier, interrupted comparison", StringComparison.Ordinal));
        result.Notes.ShouldContain(note => note.Contains("0 came to agree, 1 stayed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ComparisonMethod.Stream)]
    [InlineData(ComparisonMethod.Native)]
    public async Task A_server_restarted_in_the_middle_is_an_error_and_the_comparison_can_go_on(ComparisonMethod method)
    {
        await using var own = new PostgresCluster();
        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(own), Sql, new PostgresScratch(own), Sql);
        room.Estimate(4_096_000);
        var midway = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var comparing = room.CompareAsync(Options(method) with { MaxRowsPerSecond = 10_000 }, new Watch(() => midway.TrySetResult()), TestContext.Current.CancellationToken);
        await Task.WhenAny(midway.Task, comparing);
        await own.RestartAsync();

        var result = await comparing;
        (result.Verdict, result.SourceRows).ShouldBe((Verdict.Error, null), ComparisonRoom.Tell(result));
        result.Notes.ShouldHaveSingleItem().ShouldNotBeEmpty();
        var again = await room.CompareAsync(Options(method));
        (again.Verdict, again.SourceRows).ShouldBe((Verdict.Passed, 30_000), ComparisonRoom.Tell(again));
    }

    private ComparisonOptions Options(ComparisonMethod method) => new() { Method = method, StateFile = StateFile };

    private async Task<ComparisonRoom> OpenAsync(string sql, string edit)
    {
        var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), sql, new PostgresScratch(cluster), $"{sql}; {edit}");
        return room;
    }

    private Task StopMidwayAsync(ComparisonRoom room, ComparisonMethod method) => StopMidwayAsync(room, Options(method));

    // The first chunk of 64 stretches is noted by the time that the second one is read.
    private async Task StopMidwayAsync(ComparisonRoom room, ComparisonOptions options)
    {
        room.Estimate(4_096_000);
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => room.CompareAsync(options, new Watch(stop.Cancel), stop.Token));
        (await File.ReadAllTextAsync(StateFile)).ShouldContain("\"equal\"");
    }

    private sealed class Watch(Action midway) : IOperationObserver
    {
        public ILogger Logger => NullLogger.Instance;

        public void Report(Progress progress)
        {
            if (progress is { Unit: "rows", Done: > 6_000, Completed: false })
            {
                midway();
            }
        }

        public ValueTask<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) => ValueTask.FromResult(false);
    }
}
