using System.Globalization;
using System.Xml.Linq;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports;
using MigrationTools.Engine.Reports.Sections;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Tests.Reports;

public sealed class JUnitReportTests
{
    [Theory]
    [InlineData(Verdict.Passed, "")]
    [InlineData(Verdict.Waived, "")]
    [InlineData(Verdict.Failed, "failure")]
    [InlineData(Verdict.Error, "error")]
    [InlineData(Verdict.Inconclusive, "error")]
    [InlineData(Verdict.NotRun, "error")]
    [InlineData(Verdict.Skipped, "skipped")]
    public async Task A_verdict_becomes_what_a_pipeline_understands(Verdict verdict, string element)
    {
        var xml = await XmlOfCheckAsync(ShopData.Check("rule:totals", verdict, "seen") with { Waiver = verdict == Verdict.Waived ? new Waiver("mira", "mended by hand", DateTimeOffset.UnixEpoch) : null });

        var test = Case(xml, "readiness", "rule:totals");
        test.Elements().Select(child => child.Name.LocalName).Where(name => name != "system-out").ShouldBe(element.Length == 0 ? [] : [element]);
    }

    [Fact]
    public async Task A_waived_check_passes_and_names_who_and_why()
    {
        var xml = await XmlOfCheckAsync(ShopData.Check("rule:totals", Verdict.Waived, "Failed: 3 orders") with { Waiver = new Waiver("mira", "mended by hand", DateTimeOffset.UnixEpoch) });

        var output = Case(xml, "readiness", "rule:totals").Element("system-out")!.Value;
        output.ShouldContain("Waived by mira");
        output.ShouldContain("mended by hand");
        output.ShouldContain("Failed: 3 orders");
    }

    [Theory]
    [InlineData(Verdict.Failed)]
    [InlineData(Verdict.NotRun)]
    public async Task A_check_that_is_not_required_neither_fails_nor_passes(Verdict verdict)
    {
        var xml = await XmlOfCheckAsync(ShopData.Check("quality:total", verdict, "seen", required: false));

        Case(xml, "readiness", "quality:total").Element("skipped")!.Attribute("message")!.Value.ShouldStartWith($"not required; {verdict}");
    }

    [Theory]
    [InlineData("completed", "")]
    [InlineData("resumed", "")]
    [InlineData("rolled back", "failure")]
    [InlineData("not ready", "failure")]
    [InlineData("held", "error")]
    [InlineData("interrupted", "error")]
    [InlineData("nothing", "error")]
    public async Task The_migration_itself_is_a_case_that_passes_only_when_it_is_complete(string run, string element)
    {
        var xml = XDocument.Parse(await Written.AsAsync("junit", await HtmlReportTests.ReportAsync(run)));

        Case(xml, "run", "the migration is complete").Elements().Select(child => child.Name.LocalName).Where(name => name != "system-out")
            .ShouldBe(element.Length == 0 ? [] : [element]);
    }

    [Fact]
    public async Task A_migration_that_passed_and_was_taken_back_is_neither_in_place_nor_a_failure()
    {
        using var bench = await ShopRuns.CompletedAsync();
        await bench.TakeAfterEndAsync();
        await bench.RollBackAsync("the business wants it");
        await bench.EndAsync(RunStatus.RolledBack, Verdict.Passed, "6 steps are undone");

        var xml = XDocument.Parse(await Written.AsAsync("junit", bench.Report()));

        Case(xml, "run", "the migration is complete").Element("skipped").ShouldNotBeNull();
    }

    [Fact]
    public async Task Steps_that_did_not_begin_are_errors()
    {
        var xml = XDocument.Parse(await Written.AsAsync("junit", await HtmlReportTests.ReportAsync("interrupted")));

        var steps = Suite(xml, "steps").Elements("testcase").ToList();
        steps.Count.ShouldBe(6);
        steps.Count(step => step.Element("error") is null).ShouldBe(3);
        steps[4].Element("error")!.Attribute("type")!.Value.ShouldBe("NotRun");
        Suite(xml, "gates").Element("testcase")!.Element("error")!.Attribute("type")!.Value.ShouldBe("NotRun");
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("rolled back")]
    [InlineData("nothing")]
    public async Task The_counts_are_those_of_the_cases(string run)
    {
        var xml = XDocument.Parse(await Written.AsAsync("junit", await HtmlReportTests.ReportAsync(run)));

        foreach (var suite in xml.Root!.Elements("testsuite").Append(xml.Root))
        {
            var cases = suite.Descendants("testcase").ToList();
            Number(suite, "tests").ShouldBe(cases.Count);
            Number(suite, "failures").ShouldBe(cases.Count(test => test.Element("failure") is not null));
            Number(suite, "errors").ShouldBe(cases.Count(test => test.Element("error") is not null));
            Number(suite, "skipped").ShouldBe(cases.Count(test => test.Element("skipped") is not null));
            cases.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task Every_check_step_and_compensation_is_a_case()
    {
        var report = await HtmlReportTests.ReportAsync("rolled back");

        var xml = XDocument.Parse(await Written.AsAsync("junit", report));

        xml.Descendants("testcase").Count().ShouldBe(
            1 + report.Readiness.Checks.Count + report.Steps.Count + report.Gates.Count + report.Validation.Groups.Sum(group => group.Checks.Count) + report.Rollback!.Compensations.Count);
    }

    [Theory]
    [MemberData(nameof(Hostile.Texts), MemberType = typeof(Hostile))]
    public async Task A_hostile_text_leaves_xml_that_can_be_read(string text)
    {
        var xml = XDocument.Parse(await Written.AsAsync("junit", await Hostile.ReportAsync(text)));

        xml.Descendants().Select(element => element.Name.LocalName).Distinct()
            .ShouldBeSubsetOf(["testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out"]);
    }

    private static async Task<XDocument> XmlOfCheckAsync(CheckResult check)
    {
        var report = await HtmlReportTests.ReportAsync("completed");
        return XDocument.Parse(await Written.AsAsync("junit", report with { Readiness = new ReportReadiness(check.Verdict, ReportTally.Of([check]), [check]) }));
    }

    private static XElement Suite(XDocument xml, string name) => xml.Root!.Elements("testsuite").Single(suite => suite.Attribute("name")!.Value == name);

    private static XElement Case(XDocument xml, string suite, string part) =>
        Suite(xml, suite).Elements("testcase").Single(test => test.Attribute("name")!.Value.Contains(part, StringComparison.Ordinal));

    private static int Number(XElement element, string name) => int.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
