using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Partitions;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Planning;

namespace MigrationTools.Databases.Tests.Comparison.Partitions;

/// <summary>What a merge makes of results that are missing, doubled, torn, edited or another plan's.</summary>
public sealed class PartitionMergeTests : IAsyncDisposable
{
    private const string Sql = "create table t (id integer primary key, v integer); insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < 400) select i, i from n;";

    private readonly SqliteScratch _scratch = new();

    public ValueTask DisposeAsync() => _scratch.DisposeAsync();

    [Fact]
    public async Task Nothing_was_run_is_not_passed()
    {
        await using var room = await OpenAsync();
        var merged = room.Merge(await room.PlanAsync(Four));
        (merged.Verdict, merged.Merged, merged.Planned).ShouldBe((Verdict.NotRun, 0, 4));
        merged.Missing.ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public async Task Partitions_without_a_row_of_a_table_that_had_some_are_not_passed()
    {
        await using var room = await OpenAsync();
        var plan = await room.PlanAsync(Four);
        foreach (var side in new[] { room.Source, room.Target })
        {
            await using var session = await side.OpenSessionAsync(TestContext.Current.CancellationToken);
            await session.ExecuteAsync("delete from t", [], TestContext.Current.CancellationToken);
        }

        await room.CompareAllAsync(plan);
        var table = room.Merge(plan).Systems.Single().Tables.Single();

        (table.Verdict, table.SourceRows).ShouldBe((Verdict.Inconclusive, 0));
        table.Notes.ShouldContain(note => note.Contains("nothing was compared", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_partition_is_named_and_the_rest_is_not_passed()
    {
        await using var room = await OpenAsync();
        var plan = await room.PlanAsync(Four);
        await room.CompareAllAsync(plan);
        File.Delete(FileOf(room, 2));

        var merged = room.Merge(plan);

        merged.Verdict.ShouldBe(Verdict.NotRun);
        merged.Missing.ShouldBe([2]);
        merged.Notes.ShouldContain("partition 2 of 4 has no result: nothing can be said of their rows");
        var table = merged.Systems.Single().Tables.Single();
        table.Verdict.ShouldBe(Verdict.NotRun);
        table.Notes.ShouldContain(note => note.StartsWith("partition 2 has no result: its rows after ", StringComparison.Ordinal));
        table.SourceRows.ShouldBe(400 - plan.Partitions[2].Weight);
    }

    [Fact]
    public async Task A_difference_that_was_found_counts_though_a_partition_is_missing()
    {
        await using var room = await OpenAsync("update t set v = 0 where id = 1");
        var plan = await room.PlanAsync(Four);
        await room.CompareAsync(plan, 0);
        room.Merge(plan).Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public async Task A_partition_that_was_run_twice_is_found_and_counted_once()
    {
        await using var room = await OpenAsync();
        var plan = await room.PlanAsync(Four);
        await room.CompareAllAsync(plan);
        await room.CompareAsync(plan, 1);

        var merged = room.Merge(plan);

        merged.Verdict.ShouldBe(Verdict.Passed);
        merged.Systems.Single().Tables.Single().SourceRows.ShouldBe(400);
        var repeated = merged.Repeated.ShouldHaveSingleItem();
        repeated.Index.ShouldBe(1);
        repeated.Others.Count.ShouldBe(1);
        merged.Notes.ShouldContain(note => note.StartsWith("partition 1 was run 2 times: all came to the same verdict (Passed)", StringComparison.Ordinal) && note.Contains(repeated.Used, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Choosing_among_attempts_makes_no_verdict_better()
    {
        await using var room = await OpenAsync("update t set v = 0 where id = 1");
        var plan = await room.PlanAsync(Four);
        await room.CompareAllAsync(plan);
        await ExecuteAsync(room, "update t set v = 1 where id = 1");
        await room.CompareAsync(plan, 0);

        var merged = room.Merge(plan);

        merged.Verdict.ShouldBe(Verdict.Failed);
        merged.Repeated.ShouldHaveSingleItem().Note.ShouldStartWith("they do not agree");
        merged.Systems.Single().Tables.Single().Changed.ShouldBe(1);
    }

    [Fact]
    public async Task Partitions_that_read_another_database_are_not_passed_together()
    {
        await using var room = await OpenAsync();
        await using var elsewhere = await OpenAsync();
        var plan = await room.PlanAsync(Four);
        foreach (var index in new[] { 0, 1, 3 })
        {
            await room.CompareAsync(plan, index);
        }

        // As a machine does whose variable leads to another database of the same shape.
        var result = (await elsewhere.CompareAsync(plan, 2)).Path;
        File.Move(result, Path.Combine(room.Results, Path.GetFileName(result)));

        var merged = room.Merge(plan);
        merged.Verdict.ShouldBe(Verdict.Inconclusive);
        merged.Systems.Single().Tables.Single().Notes.ShouldContain(note => note.Contains("(partitions 0, 1, 3 / partition 2)", StringComparison.Ordinal));

        File.Delete(Path.Combine(room.Results, Path.GetFileName(result)));
        await room.CompareAsync(plan, 2);
        room.Merge(plan).Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task An_attempt_that_broke_gives_way_to_one_that_came_to_an_end()
    {
        await using var room = await OpenAsync();
        var plan = await room.PlanAsync(Four);
        await room.CompareAllAsync(plan);
        var whole = await room.CompareAsync(plan, 3);
        var broken = (whole.Result with
        {
            Attempt = "99991231T235959Z-ffffffff",
            EndedAt = whole.Result.EndedAt.AddDays(1),
            Verdict = Verdict.Error,
            Parts = [.. whole.Result.Parts.Select(part => part with { Comparison = part.Comparison with { Verdict = Verdict.Error } })],
        }).Sealed();
        PartitionResultFile.Write(broken, room.Results);

        var merged = room.Merge(plan);

        merged.Verdict.ShouldBe(Verdict.Passed);
        merged.Repeated.ShouldHaveSingleItem().Others.ShouldContain("partition-0003.99991231T235959Z-ffffffff.json");
    }

    [Theory]
    [InlineData("torn")]
    [InlineData("edited")]
    [InlineData("renamed")]
    [InlineData("foreign")]
    [InlineData("unfinished")]
    public async Task A_file_that_is_no_result_of_the_plan_is_named_and_not_taken(string how)
    {
        await using var room = await OpenAsync(how == "edited" ? "update t set v = 0 where id = 150" : "");
        var plan = await room.PlanAsync(Four);
        await room.CompareAllAsync(plan);
        var path = FileOf(room, 1);
        var text = await File.ReadAllTextAsync(path);
        var reason = how switch
        {
            "torn" => Spoil("torn", () => File.WriteAllText(path, text[..(text.Length / 2)])),
            "edited" => Spoil("edited", () => File.WriteAllText(path, text.Replace("Failed", "Passed", StringComparison.Ordinal))),
            "renamed" => Spoil("renamed", () => File.Move(path, path.Replace("-0001", "-0002", StringComparison.Ordinal))),
            "unfinished" => Spoil("did not finish writing", () => File.Move(path, path + ".new")),
            _ => "another plan",
        };
        if (how == "foreign")
        {
            File.Delete(path);
            await room.CompareAsync(await room.PlanAsync(new PartitionSizes { Partitions = 3 }), 1);
        }

        var merged = room.Merge(plan);

        merged.Verdict.ShouldBe(Verdict.NotRun);
        merged.Missing.ShouldBe([1]);
        merged.Refused.ShouldHaveSingleItem().Reason.ShouldContain(reason);
        merged.Notes.ShouldContain(note => note.Contains("is not taken: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Differences_are_capped_over_all_partitions_and_counted()
    {
        await using var room = await OpenAsync("update t set v = 0");
        var plan = await room.PlanAsync(Four);
        await room.CompareAllAsync(plan);

        var table = room.Merge(plan, 150).Systems.Single().Tables.Single();

        (table.Changed, table.Differences.Count).ShouldBe((400, 150));
        table.Notes.ShouldContain("150 of 400 differences are listed, of all partitions together; all are counted");
    }

    [Fact]
    public async Task The_keys_of_differing_rows_come_out_of_the_file_as_their_side_gave_them()
    {
        await using var room = await OpenAsync("update t set v = 0 where id = 1");
        var plan = await room.PlanAsync(Four);
        var found = (await room.CompareAsync(plan, 0)).Result;
        File.Delete(FileOf(room, 0));
        var key = new RowBatch(2);
        key.AppendInt64(-7);
        key.Append(CellKind.Text, "Ä'"u8);
        var part = found.Parts[0];
        var difference = part.Comparison.Differences.ShouldHaveSingleItem() with { SourceKey = KeyCells.Of(key, 0, 2) };
        PartitionResultFile.Write((found with { Parts = [part with { Comparison = part.Comparison with { Differences = [difference] } }] }).Sealed(), room.Results);

        var merged = room.Merge(plan).Systems.Single().Tables.Single().Differences.ShouldHaveSingleItem();

        var read = new RowBatch(2);
        merged.SourceKey.ShouldNotBeNull().AppendTo(read);
        (read.Int64At(0, 0), read.KindAt(0, 1)).ShouldBe((-7, CellKind.Text));
        read.BytesAt(0, 1).SequenceEqual("Ä'"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task A_table_that_is_no_longer_what_was_planned_is_not_compared()
    {
        await using var room = await OpenAsync();
        var plan = await room.PlanAsync(Four);
        var other = room.Pairs.Select(pair => pair with { Where = "v > 3" }).ToList();

        var error = await Should.ThrowAsync<PlanException>(() => room.CompareAsync(plan, 1, other));

        error.ErrorId.ShouldBe(ErrorIds.PlanChanged);
        Directory.EnumerateFiles(room.Results).ShouldBeEmpty();
        await Should.ThrowAsync<PlanException>(() => room.CompareAsync(plan, 1, []));
    }

    [Fact]
    public async Task What_counts_as_a_difference_is_the_plans()
    {
        await using var room = await OpenAsync();
        var loose = new ComparisonOptions { Text = new TextRules { IgnoreCase = true } };
        var plan = await room.PlanAsync(Four, loose);

        await Should.ThrowAsync<InvalidRequestException>(() => room.CompareAsync(plan, 0, new ComparisonOptions { FloatTolerance = 0.1 }));
        (await room.CompareAsync(plan, 0, loose)).Result.Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task A_plan_that_was_edited_or_cut_is_refused()
    {
        await using var room = await OpenAsync();
        var plan = await room.PlanAsync(Four);
        var path = Path.Combine(room.Results, "p.json");
        ComparisonPlanFile.Write(plan, path);
        ComparisonPlanFile.Read(path).Id.ShouldBe(plan.Id);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var text = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, text.Replace("\"estimatedRows\": 400", "\"estimatedRows\": 401", StringComparison.Ordinal));
        Should.Throw<PlanException>(() => ComparisonPlanFile.Read(path));
        await File.WriteAllTextAsync(path, text[..100]);
        Should.Throw<InvalidRequestException>(() => ComparisonPlanFile.Read(path)).Message.ShouldContain("no plan");
        await File.WriteAllTextAsync(path, text.Replace("\"format\": 1", "\"format\": 7", StringComparison.Ordinal));
        Should.Throw<InvalidRequestException>(() => ComparisonPlanFile.Read(path)).Message.ShouldContain("format 7");
    }

    private static PartitionSizes Four => new() { Partitions = 4 };

    private static string Spoil(string reason, Action how)
    {
        how();
        return reason;
    }

    private static string FileOf(PartitionRoom room, int index) => Directory.EnumerateFiles(room.Results, $"partition-{index:0000}.*").ShouldHaveSingleItem();

    private static async Task ExecuteAsync(PartitionRoom room, string sql)
    {
        await using var session = await room.Target.OpenSessionAsync(default);
        await session.ExecuteAsync(sql, [], default);
    }

    private Task<PartitionRoom> OpenAsync(string change = "") => PartitionRoom.OpenAsync(_scratch, Sql, _scratch, Sql + change);
}
