using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationTools.Engine.Reports;
using MigrationTools.Engine.Reports.Sections;

namespace MigrationTools.Engine.Tests.Reports;

public sealed partial class OtherFormatsTests
{
    [Fact]
    public async Task The_json_is_the_whole_report_and_reads_back()
    {
        var report = await HtmlReportTests.ReportAsync("rolled back");

        var text = await Written.AsAsync("json", report);

        var json = JsonNode.Parse(text)!.AsObject();
        json["status"]!.GetValue<string>().ShouldBe("RolledBack");
        json["migrationVerdict"]!.GetValue<string>().ShouldBe("Failed");
        json["validation"]!["score"]!["run"]!.GetValue<int>().ShouldBe(24);
        json["steps"]!.AsArray().Count.ShouldBe(6);
        json["tables"]![4]!["differences"]![0]!["columns"]![1]!.ToJsonString().ShouldBe("""{"name":"shipped_at","source":null,"target":""}""");
        var again = await Written.AsAsync("json", JsonSerializer.Deserialize<RunReport>(text, MigrationJson.Pretty)!);
        again.ShouldBe(text);
    }

    [Fact]
    public async Task The_json_says_null_where_nothing_was_measured()
    {
        var json = JsonNode.Parse(await Written.AsAsync("json", await HtmlReportTests.ReportAsync("nothing")))!;

        json["validation"]!["score"]!["value"].ShouldBeNull();
        json["durationMs"].ShouldBeNull();
        json["readiness"]!["verdict"]!.GetValue<string>().ShouldBe("NotRun");
    }

    [Theory]
    [MemberData(nameof(Hostile.Texts), MemberType = typeof(Hostile))]
    public async Task A_hostile_text_leaves_json_that_can_be_read(string text) =>
        JsonNode.Parse(await Written.AsAsync("json", await Hostile.ReportAsync(text)))!["steps"]!.AsArray().Count.ShouldBe(1);

    [Fact]
    public async Task The_csv_has_a_line_a_table_and_empty_fields_for_what_was_not_measured()
    {
        var report = await HtmlReportTests.ReportAsync("completed");
        var bare = new ReportTable { System = "db", Source = "a", Target = "b" };

        var lines = (await Written.AsAsync("csv", report with { Tables = [report.Tables[1], bare] })).Split("\r\n");

        lines[0].ShouldStartWith("system,source,target,verdict,countVerdict,method,sourceRows,targetRows,missing,extra,changed,rowsCopied");
        lines[1].ShouldBe("shop_database,addresses,public.addresses,Passed,Passed,Stream,11204,11204,0,0,0,11204,0,0,,1572864,740,15140.541,296,");
        lines[2].ShouldBe("db,a,b,NotRun,NotRun,,,,,,,,,,,,,,,");
        lines[3].ShouldBeEmpty();
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\r\nlines", "two␍␊lines")]
    public async Task A_csv_field_is_one_field_and_never_a_formula(string name, string field)
    {
        var report = await HtmlReportTests.ReportAsync("nothing");

        var line = (await Written.AsAsync("csv", report with { Tables = [new ReportTable { System = "db", Source = "a", Target = name }] })).Split("\r\n")[1];

        line.ShouldStartWith($"db,a,{field},NotRun");
    }

    [Fact]
    public async Task The_markdown_says_how_it_stands_and_lists_the_differences()
    {
        var text = await Written.AsAsync("markdown", await HtmlReportTests.ReportAsync("rolled back"));

        text.ShouldStartWith("# Shop 2.0.5 to 3.0.0\n\n**Rolled back** — the migration: ❌ Failed; its rollback: ✅ Passed\n");
        text.ShouldContain("24 of 24 required checks ran");
        text.ShouldContain("| Changed | id `7041` | shipped\\_at | *NULL* | *empty text* |");
        text.ShouldContain("| Missing | id `19999` | whole row |");
    }

    [Fact]
    public async Task The_markdown_of_a_run_that_did_nothing_claims_nothing()
    {
        var text = await Written.AsAsync("markdown", await HtmlReportTests.ReportAsync("nothing"));

        text.ShouldNotContain("✅");
        text.ShouldContain("Integrity score: not measured");
        text.ShouldContain("0 of 0 required checks ran");
    }

    [Theory]
    [MemberData(nameof(Hostile.Texts), MemberType = typeof(Hostile))]
    public async Task A_hostile_text_stays_one_cell_of_a_markdown_table(string text)
    {
        var lines = (await Written.AsAsync("markdown", await Hostile.ReportAsync(text))).Split('\n');

        for (var line = 1; line < lines.Length; line++)
        {
            if (lines[line].StartsWith("| ") && lines[line - 1].StartsWith("| "))
            {
                Cells(lines[line]).ShouldBe(Cells(lines[line - 1]), lines[line]);
            }
        }

        lines.Select(line => Code().Replace(line, "")).ShouldAllBe(line => !Meaningful().IsMatch(line));
    }

    // A span of code ends at as many backticks as it began with.
    [GeneratedRegex("(?<![\\\\`])(`+)(?!`).*?(?<!`)\\1(?!`)")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<!\\)[<\[\]]|(?<!\\)://|www\.")]
    private static partial Regex Meaningful();

    private static int Cells(string row) => row.Replace("\\|", "").Count(character => character == '|');
}
