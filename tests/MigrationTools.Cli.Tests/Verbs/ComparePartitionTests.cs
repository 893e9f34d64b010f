using System.Text.Json;
using MigrationTools.Cli.Tests.Driving;

namespace MigrationTools.Cli.Tests.Verbs;

/// <summary>A comparison by plan, partition and merge, as a scheduler calls it.</summary>
public sealed class ComparePartitionTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task All_partitions_together_say_what_one_comparison_says()
    {
        Make("update t set v = -1 where id % 100 = 7; delete from t where id = 300; insert into words values ('new', 1)");
        var plan = await PlanAsync(3);

        var codes = new List<int>();
        foreach (var index in new[] { "0", "1", "2" })
        {
            var run = await _place.RunAsync("compare", "--plan", plan, "--partition", index, "-o", "json");
            codes.Add(run.Code);
            run.Json.GetProperty("tables").GetArrayLength().ShouldBeGreaterThan(0);
            run.Error.ShouldContain($"partition-000{index}.");
        }

        codes.ShouldContain(1);
        var merged = await _place.RunAsync("compare", "merge", "--plan", plan, "-o", "json");
        var whole = await _place.RunAsync("compare", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), "-o", "json");
        (merged.Code, whole.Code).ShouldBe((1, 1));
        Tables(merged).ShouldBe(Tables(whole));
        var partitions = merged.Json.GetProperty("partitions");
        (partitions.GetProperty("planned").GetInt32(), partitions.GetProperty("merged").GetInt32(), partitions.GetProperty("missing").GetArrayLength()).ShouldBe((3, 3, 0));
    }

    [Fact]
    public async Task A_missing_partition_is_named_with_the_command_that_runs_it_and_the_code_is_3()
    {
        Make();
        var plan = await PlanAsync(3);
        (await _place.RunAsync("compare", "--plan", plan, "--partition", "0")).Code.ShouldBe(0);
        (await _place.RunAsync("compare", "--plan", plan, "--partition", "2")).Code.ShouldBe(0);

        var merged = await _place.RunAsync("compare", "merge", "--plan", plan);

        merged.Code.ShouldBe(3);
        merged.Out.ShouldContain("NotRun: 2 of 3 partitions merged.");
        merged.Error.ShouldContain($"compare --plan {plan} --partition 1");
        (await _place.RunAsync("compare", "--plan", plan, "--partition", "1")).Code.ShouldBe(0);
        (await _place.RunAsync("compare", "merge", "--plan", plan)).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_partition_that_was_run_twice_is_told()
    {
        Make();
        var plan = await PlanAsync(2);
        foreach (var index in new[] { "0", "1", "1" })
        {
            (await _place.RunAsync("compare", "--plan", plan, "--partition", index, "--results", _place["r"])).Code.ShouldBe(0);
        }

        var merged = await _place.RunAsync("compare", "merge", "--plan", plan, "--results", _place["r"], "-o", "json");

        merged.Code.ShouldBe(0);
        merged.Json.GetProperty("partitions").GetProperty("repeated")[0].GetProperty("index").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task There_is_no_partition_beyond_the_plan_and_none_by_chance()
    {
        Make();
        var plan = await PlanAsync(2);

        var beyond = await _place.RunAsync("compare", "--plan", plan, "--partition", "2");
        var none = await Shell.RunAsync(_place, $"env -u SLURM_ARRAY_TASK_ID -u JOB_COMPLETION_INDEX -u AWS_BATCH_JOB_ARRAY_INDEX migrationtools compare --plan '{plan}'");
        var two = await Shell.RunAsync(_place, $"SLURM_ARRAY_TASK_ID=1 JOB_COMPLETION_INDEX=0 migrationtools compare --plan '{plan}'");
        var given = await Shell.RunAsync(_place, $"AWS_BATCH_JOB_ARRAY_INDEX=1 migrationtools compare --plan '{plan}'");

        (beyond.Code, none.Code, two.Code, given.Code).ShouldBe((2, 2, 2, 0));
        beyond.Error.ShouldContain("there is no partition 2");
        none.Error.ShouldContain("Give --partition");
        two.Error.ShouldContain("JOB_COMPLETION_INDEX=0 and SLURM_ARRAY_TASK_ID=1 do not agree");
        Directory.EnumerateFiles(_place["plan.results"]).ShouldHaveSingleItem().ShouldContain("partition-0001.");
    }

    [Fact]
    public async Task A_plan_keeps_the_reference_to_a_secret_and_not_the_secret()
    {
        Make();
        Environment.SetEnvironmentVariable("MT_PARTITION_TEST_PLACE", _place.Root);
        var plan = _place["plan.json"];

        var planned = await _place.RunAsync("compare", "plan", "--source", "sqlite:${env:MT_PARTITION_TEST_PLACE}/old.db", "--target", _place.Sqlite("new.db"), "--partitions", "2", "--out", plan);

        planned.Code.ShouldBe(0, planned.Error);
        JsonDocument.Parse(File.ReadAllText(plan)).RootElement.GetProperty("systems")[0].GetProperty("source").GetString().ShouldBe("sqlite:${env:MT_PARTITION_TEST_PLACE}/old.db");
        (await _place.RunAsync("compare", "--plan", plan, "--partition", "0")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_spec_is_read_again_wherever_it_lies_and_refused_once_it_has_changed()
    {
        Make("delete from t where id = 300");
        var spec = _place.WriteSpec();
        var plan = _place["plan.json"];
        (await _place.RunAsync("compare", "plan", spec, "--partitions", "2", "--out", plan)).Code.ShouldBe(0);
        var (first, second) = (await _place.RunAsync("compare", "--plan", plan, "--partition", "0"), await _place.RunAsync("compare", "--plan", plan, "--partition", "1"));
        new[] { first.Code, second.Code }.Max().ShouldBe(1);

        var moved = _place["elsewhere.yaml"];
        File.Move(spec, moved);
        var gone = await _place.RunAsync("compare", "--plan", plan, "--partition", "0");
        gone.Code.ShouldBe(2);
        gone.Error.ShouldContain("there is no such file");
        (await _place.RunAsync("compare", moved, "--plan", plan, "--partition", "0")).Code.ShouldBe(first.Code);

        File.AppendAllText(moved, "# changed\n");
        var changed = await _place.RunAsync("compare", moved, "--plan", plan, "--partition", "0");
        changed.Code.ShouldBe(2);
        changed.Error.ShouldContain("error PlanChanged");
    }

    [Fact]
    public async Task Several_systems_are_planned_together_and_merged_apart()
    {
        Make("delete from t where id = 300");
        File.Copy(_place["old.db"], _place["same.db"]);
        var spec = _place.Write("two.yaml", $$"""
            id: two
            name: Two
            strategy: BigBang
            systems:
              same: { kind: database, source: '{{_place.Sqlite("old.db")}}', target: '{{_place.Sqlite("same.db")}}' }
              moved: { kind: database, source: '{{_place.Sqlite("old.db")}}', target: '{{_place.Sqlite("new.db")}}' }
            """);
        var plan = _place["plan.json"];
        (await _place.RunAsync("compare", "plan", spec, "--partitions", "3", "--out", plan)).Code.ShouldBe(0);
        foreach (var index in new[] { "0", "1", "2" })
        {
            await _place.RunAsync("compare", "--plan", plan, "--partition", index);
        }

        var merged = await _place.RunAsync("compare", "merge", "--plan", plan, "-o", "json");

        merged.Code.ShouldBe(1);
        merged.Json.GetProperty("systems").EnumerateArray().Select(system => (system.GetProperty("name").GetString(), system.GetProperty("verdict").GetString())).ShouldBe([("same", "Passed"), ("moved", "Failed")]);
        merged.Json.GetProperty("tables").GetArrayLength().ShouldBe(6);
    }

    [Fact]
    public async Task A_plan_tells_what_its_estimates_are_and_why_a_table_is_whole()
    {
        Make();
        var planned = await _place.RunAsync("compare", "plan", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), "--rows-per-partition", "500", "--out", _place["plan.json"]);

        planned.Code.ShouldBe(0);
        planned.Out.ShouldContain("Estimates of 3 tables: rows of the source, counted.");
        planned.Out.ShouldContain("Note: loose is one part: it has no key");
    }

    [Theory]
    [InlineData("--where", "id < 90", "--tables", "t")]
    [InlineData("--ignore-case", "--map", "words=Vocabulary", "--key", "w", "--tables", "words", "--exclude-columns", "n")]
    [InlineData("--source-query", "select id, v / 10 as v from t", "--target-query", "select id, v / 10 as v from t", "--key", "id")]
    [InlineData("--settle", "1s", "--float-tolerance", "1e-9", "--time-tolerance", "1s", "--exclude", "loose,words", "--ignore-padding", "--empty-as-null")]
    public async Task What_is_compared_and_what_counts_stands_in_the_plan_and_every_partition_keeps_to_it(params string[] options)
    {
        Make("update t set v = v + 1 where id in (30, 60, 900); alter table words rename to Vocabulary; update Vocabulary set n = -1, w = upper(w)");
        if (!options.Contains("--map"))
        {
            _place.Execute("new.db", "alter table Vocabulary rename to words");
        }

        string[] sides = ["--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db")];
        var whole = await _place.RunAsync(["compare", .. sides, "-o", "json", .. options]);
        var planned = await _place.RunAsync(["compare", "plan", .. sides, "--partitions", "2", "--out", _place["plan.json"], .. options]);
        planned.Code.ShouldBe(0, planned.Error);
        var partitions = JsonDocument.Parse(File.ReadAllText(_place["plan.json"])).RootElement.GetProperty("partitions").GetArrayLength();
        for (var index = 0; index < partitions; index++)
        {
            var part = await _place.RunAsync("compare", "--plan", _place["plan.json"], "--partition", $"{index}");
            part.Code.ShouldBeInRange(0, 1, part.Error);
        }

        var merged = await _place.RunAsync("compare", "merge", "--plan", _place["plan.json"], "-o", "json");

        merged.Code.ShouldBe(whole.Code, merged.Error);
        Tables(merged).ShouldBe(Tables(whole));
        Tables(merged).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("--timeout", "1m")]
    [InlineData("--differences", "all.jsonl")]
    [InlineData("--max-rows-per-second", "100")]
    [InlineData("--timeout", "1m", "shop.yaml")]
    public async Task What_is_no_part_of_a_plan_is_refused_with_where_it_belongs(string option, string value, params string[] before)
    {
        var planned = await _place.RunAsync(["compare", "plan", .. before, "--partitions", "2", option, value]);

        planned.Code.ShouldBe(2);
        planned.Error.ShouldContain($"'{option}' is an option of 'compare' and not of 'compare plan'.");
    }

    private static IReadOnlyList<string> Tables(Outcome outcome) =>
    [
        .. outcome.Json.GetProperty("tables").EnumerateArray().Select(table =>
            string.Join(' ', new[] { "target", "verdict", "sourceRows", "targetRows", "missing", "extra", "changed" }.Select(name => table.GetProperty(name).ToString()))
            + string.Join(' ', table.GetProperty("differences").EnumerateArray().Select(difference => difference.GetRawText().Replace(" ", "", StringComparison.Ordinal)))),
    ];

    private void Make(string change = "select 1")
    {
        _place.Execute("old.db", """
            create table t (id integer primary key, v integer);
            insert into t with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000) select i * 3, i from n;
            create table words (w text not null primary key, n integer);
            insert into words with recursive n(i) as (select 1 union all select i + 1 from n where i < 500) select 'w' || i, i from n;
            create table loose (a text);
            insert into loose values ('x'), ('x')
            """);
        File.Copy(_place["old.db"], _place["new.db"]);
        _place.Execute("new.db", change);
    }

    private async Task<string> PlanAsync(int partitions)
    {
        var plan = _place["plan.json"];
        var planned = await _place.RunAsync("compare", "plan", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), "--partitions", $"{partitions}", "--out", plan);
        planned.Code.ShouldBe(0, planned.Error);
        return plan;
    }
}
