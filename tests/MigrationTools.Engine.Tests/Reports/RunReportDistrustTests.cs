using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports.Sections;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Tests.Reports;

/// <summary>What a report does with more than fits on it, and with a journal that says what it should not.</summary>
public sealed class RunReportDistrustTests
{
    [Fact]
    public async Task More_differences_than_fit_are_left_out_and_counted()
    {
        using var bench = new JournalBench();
        var tables = Enumerable.Range(0, 8).Select(table => (JsonNode)new JsonObject
        {
            ["source"] = $"t{table}",
            ["target"] = $"t{table}",
            ["verdict"] = "Failed",
            ["missing"] = 1_000_000,
            ["extra"] = 0,
            ["changed"] = 5,
            ["differences"] = new JsonArray([.. Enumerable.Range(0, 120).Select(row => (JsonNode)new JsonObject { ["kind"] = "Missing", ["key"] = new JsonObject { ["id"] = $"{row}" } })]),
        });
        await ShopRuns.UpToCopyAsync(bench);
        await bench.DoAsync(ShopPlan.Compare, 1, new StepObservation("much differs") { Data = new JsonObject { ["comparison"] = new JsonObject { ["tables"] = new JsonArray([.. tables]) } } });

        var report = bench.Report();

        report.Tables.Sum(table => table.Differences.Count).ShouldBe(500);
        report.Tables.ShouldAllBe(table => table.Differences.Count <= 100);
        report.Tables.ShouldAllBe(table => table.Differences.Count + table.DifferencesNotListed == 1_000_005);
    }

    [Fact]
    public async Task Long_values_and_wide_rows_are_cut_and_say_so()
    {
        using var bench = new JournalBench();
        var columns = Enumerable.Range(0, 1_000).Select(column => (JsonNode)new JsonObject { ["name"] = $"c{column}", ["source"] = new string('x', 299) + "🚚" + new string('y', 5_000), ["target"] = "z" });
        await ShopRuns.UpToCopyAsync(bench);
        await bench.DoAsync(ShopPlan.Compare, 1, new StepObservation("differs")
        {
            Data = new JsonObject
            {
                ["comparison"] = new JsonObject
                {
                    ["tables"] = new JsonArray(new JsonObject
                    {
                        ["source"] = "t",
                        ["changed"] = 1,
                        ["differences"] = new JsonArray(new JsonObject { ["kind"] = "Changed", ["key"] = new JsonObject { ["id"] = 1 }, ["columns"] = new JsonArray([.. columns]) }),
                    }),
                },
            },
        });

        var difference = bench.Report().Tables.Single().Differences.Single();

        difference.Columns.Count.ShouldBe(12);
        difference.ColumnsNotListed.ShouldBe(988);
        difference.Columns[0].Source.ShouldBe(new string('x', 299) + "… (cut: 5,301 characters)", "it is not cut inside the lorry");
    }

    [Theory]
    [InlineData("""{ "tables": 7, "comparison": [], "counts": "none", "quality": {}, "score": 1, "rules": null }""")]
    [InlineData("""{ "tables": [ 1, null, "x", {}, { "rows": 5 } ], "comparison": { "tables": [ {} ] }, "referential": [ [] ] }""")]
    [InlineData("""{ "unknown": { "deep": [ 1 ] } }""")]
    public async Task Data_of_another_form_is_passed_over(string data)
    {
        using var bench = new JournalBench();
        await ShopRuns.UpToCopyAsync(bench);
        await bench.DoAsync(ShopPlan.Copy, 1, new StepObservation("strange") { Data = JsonNode.Parse(data)!.AsObject() });

        var report = bench.Report();

        report.Tables.ShouldBeEmpty();
        report.Steps[ShopPlan.Copy].Summary.ShouldBe("strange");
        (await Written.AsAsync("html", report)).ShouldContain("No step came to the point of reporting a table.");
    }

    [Theory]
    [InlineData("\"Passed\"", Verdict.Passed)]
    [InlineData("\"Splendid\"", Verdict.Inconclusive)]
    [InlineData("\"1\"", Verdict.Inconclusive)]
    [InlineData("1", Verdict.Inconclusive)]
    [InlineData("null", Verdict.NotRun)]
    [InlineData("true", Verdict.Inconclusive)]
    public async Task Only_the_word_passed_reads_as_passed(string verdict, Verdict expected)
    {
        using var bench = new JournalBench();
        await ShopRuns.UpToCopyAsync(bench);
        await bench.DoAsync(ShopPlan.Copy, 1, new StepObservation("compared")
        {
            Data = new JsonObject { ["comparison"] = new JsonObject { ["tables"] = new JsonArray(new JsonObject { ["target"] = "t", ["verdict"] = JsonNode.Parse(verdict) }) } },
        });

        bench.Report().Tables.Single().Verdict.ShouldBe(expected);
    }

    [Fact]
    public async Task A_secret_that_a_message_let_through_does_not_reach_the_report()
    {
        using var bench = new JournalBench();
        await ShopRuns.UpToCopyAsync(bench);
        await bench.FailAsync(ShopPlan.Copy, 1, ErrorIds.EndpointUnavailable, "postgresql://migrator:hunter2@db/shop: no answer");
        await bench.EndAsync(RunStatus.Held, Verdict.Error, "postgresql://migrator:hunter2@db/shop: no answer");

        (await Written.AsAsync("json", bench.Report())).ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("my migration.yaml", "migrationtools run <spec>")]
    [InlineData("$(rm -rf).yaml", "migrationtools run <spec>")]
    [InlineData("-rf", "migrationtools run <spec>")]
    [InlineData(@"C:\shop\übung.yaml", @"migrationtools run C:\shop\übung.yaml")]
    public async Task A_command_to_paste_holds_no_name_that_a_shell_could_take_for_more(string file, string command)
    {
        using var bench = new JournalBench(ShopPlan.Make(), specFile: file);
        await bench.BeginAsync();
        await bench.EndAsync(RunStatus.NotReady, Verdict.NotRun, "not ready");

        bench.Report().NextSteps[^1].Command.ShouldBe(command);
    }
}
