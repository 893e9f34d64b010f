using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports;
using MigrationTools.Engine.Reports.Sections;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Tests.Reports;

public sealed partial class HtmlReportTests
{
    private static readonly string[] KnownTags =
    [
        "html", "head", "meta", "title", "style", "script", "body", "a", "div", "header", "nav", "main", "section", "footer", "h1", "h2", "h3", "p", "span", "strong", "em", "bdi", "mark", "time",
        "code", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "figure", "figcaption", "label", "input",
        "svg", "defs", "symbol", "pattern", "use", "circle", "path", "rect", "line", "text",
    ];

    public static TheoryData<string> Runs => ["completed", "rolled back", "held", "interrupted", "resumed", "not ready", "nothing"];

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task The_page_is_well_formed_and_names_nothing_outside_itself(string run)
    {
        var page = await ReadAsync(await ReportAsync(run));

        page.Elements.Select(element => element.Name).Distinct().ShouldBeSubsetOf(KnownTags);
        page.Values("href").ShouldAllBe(target => target.StartsWith('#'));
        var ids = page.Values("id").ToList();
        ids.ShouldBeUnique();
        page.Values("href").Select(target => target[1..]).Distinct().ShouldBeSubsetOf(ids);
        page.Values("src").ShouldBeEmpty();
        page.Values("style").ShouldBeEmpty("the policy allows no style attribute");
        page.Assets["style"].ShouldNotContain("@import");
        Address().Matches(page.Assets["style"]).Select(match => match.Value).ShouldAllBe(address => address.StartsWith("url(#"));
        page.Assets["script"].ShouldNotContain("http");
    }

    [Fact]
    public async Task The_policy_allows_the_pages_own_style_and_script_and_nothing_else()
    {
        var page = await ReadAsync(await ReportAsync("completed"));

        var policy = page.Elements.Single(element => element.Attributes.GetValueOrDefault("http-equiv") == "Content-Security-Policy").Attributes["content"];
        policy.ShouldBe($"default-src 'none'; style-src '{HashOf(page.Assets["style"])}'; script-src '{HashOf(page.Assets["script"])}'; base-uri 'none'; form-action 'none'");
        (page.Assets["style"] + page.Assets["script"]).ShouldNotContain("\r");
    }

    [Theory]
    [MemberData(nameof(Hostile.Texts), MemberType = typeof(Hostile))]
    public async Task A_hostile_text_stays_text_wherever_it_stands(string text)
    {
        var html = await Written.AsAsync("html", await Hostile.ReportAsync(text));
        var page = HtmlText.Read(html);

        page.Elements.Select(element => element.Name).Distinct().ShouldBeSubsetOf(KnownTags);
        page.Elements.Count(element => element.Name == "script").ShouldBe(1);
        page.Elements.SelectMany(element => element.Attributes.Keys).ShouldAllBe(name => !name.StartsWith("on"));
        page.Values("href").ShouldAllBe(target => target.StartsWith('#'));
        html.ShouldAllBe(character => character >= ' ' || character == '\n' || character == '\t');
        Invisible().IsMatch(html).ShouldBeFalse("no character without a shape is written");
    }

    [Fact]
    public async Task A_text_can_be_read_as_it_was()
    {
        var page = await ReadAsync(await Hostile.ReportAsync("<b> & \"ü\" 🚚"));

        page.Text.ShouldContain("<b> & \"ü\" 🚚");
    }

    [Fact]
    public async Task Characters_without_a_shape_are_shown()
    {
        var page = await ReadAsync(await Hostile.ReportAsync("a\u202Eb\0c"));

        page.Text.ShouldContain("a⟨U+202E⟩b␀c");
    }

    [Fact]
    public async Task The_banner_says_how_it_stands_why_and_what_to_do()
    {
        var page = await ReadAsync(await ReportAsync("held"));

        page.Text.ShouldContain("Held");
        page.Text.ShouldContain("the server closed the connection");
        page.Text.ShouldContain("migrationtools resume shop-v2-to-v3-20260314-213000-4f1c");
        page.Text.ShouldContain("migrationtools rollback shop-v2-to-v3-20260314-213000-4f1c");
    }

    [Fact]
    public async Task A_rollback_that_passed_does_not_look_like_a_migration_that_passed()
    {
        var page = await ReadAsync(await ReportAsync("rolled back"));

        page.Values("class").ShouldContain("banner t-RolledBack");
        page.Values("class").ShouldNotContain("banner t-Passed");
        Blanks().Replace(page.Text, " ").ShouldContain("Rolled back the migration Failed its rollback Passed");
    }

    [Fact]
    public async Task What_did_not_run_is_not_shown_as_passed_zero_or_full()
    {
        var page = await ReadAsync(await ReportAsync("nothing"));

        page.Text.ShouldContain("not measured");
        page.Text.ShouldNotContain("100 %;");
        page.Text.ShouldNotContain("Passed");
        page.Values("class").ShouldContain("ring unmeasured");
        page.Values("class").Count(name => name == "badge v-NotRun").ShouldBeGreaterThan(6);
    }

    [Fact]
    public async Task Every_drawing_that_says_something_has_a_title_and_all_others_are_hidden()
    {
        var html = await Written.AsAsync("html", await ReportAsync("rolled back"));

        foreach (Match drawing in Drawing().Matches(html))
        {
            (drawing.Value.Contains("aria-hidden=\"true\"") || drawing.Value.Contains("role=\"img\"><title>")).ShouldBeTrue(drawing.Value);
        }
    }

    [Fact]
    public async Task Every_table_has_heads_for_its_columns()
    {
        var page = await ReadAsync(await ReportAsync("rolled back"));

        page.Elements.Count(element => element.Name == "table").ShouldBeGreaterThan(3);
        page.Elements.Where(element => element.Name == "th").ShouldAllBe(element => element.Attributes.ContainsKey("scope"));
    }

    [Fact]
    public async Task Null_the_empty_text_and_the_word_null_look_different()
    {
        var report = await ReportAsync("rolled back");
        var difference = new ReportDifference
        {
            Kind = "Changed",
            Key = new Dictionary<string, string?> { ["id"] = "1" },
            Columns = [new("a", null, "NULL"), new("b", "", " ")],
        };
        var html = await Written.AsAsync("html", report with { Tables = [report.Tables[0] with { Missing = 0, Extra = 0, Changed = 1, Differences = [difference] }] });

        html.ShouldContain("<td><em class=\"null\">NULL</em></td><td><code class=\"value\"><bdi>NULL</bdi></code></td>");
        html.ShouldContain("<td><em class=\"null\">empty text</em></td><td><code class=\"value\"><bdi> </bdi></code></td>");
    }

    [Fact]
    public async Task The_part_in_which_two_values_differ_is_marked()
    {
        var html = await Written.AsAsync("html", await ReportAsync("rolled back"));

        html.ShouldContain("M<mark>ü</mark>ller");
        HtmlText.Read(html).Text.ShouldContain("U+0075 U+0308");
    }

    [Fact]
    public async Task Many_tables_and_differences_leave_a_page_of_bounded_size_that_says_what_it_left_out()
    {
        var report = await ReportAsync("rolled back");
        var wide = new ReportDifference
        {
            Kind = "Changed",
            Key = new Dictionary<string, string?> { ["id"] = new string('k', 300) },
            Columns = [.. Enumerable.Range(0, 12).Select(column => new ReportColumnDifference($"column_{column}", new string('a', 300), new string('b', 300)))],
        };
        var tables = Enumerable.Range(0, 5_000).Select(index => report.Tables[0] with { Target = $"table_{index:0000}", Differences = index < 5 ? [.. Enumerable.Repeat(wide, 100)] : [], Changed = 1_000_000, DifferencesNotListed = 999_900 });
        var checks = Enumerable.Range(0, 20_000).Select(index => ShopData.Check($"checksum:t{index}", Verdict.Failed, "1,000,000 changed", "checksums")).ToList();
        var group = new ReportCheckGroup("checksums", Verdict.Failed, ReportTally.Of(checks), checks);

        var html = await Written.AsAsync("html", report with { Tables = [.. tables], Validation = report.Validation with { Groups = [group] } });

        html.Length.ShouldBeLessThan(8_000_000);
        html.ShouldContain("4,700 more tables are in report.csv and report.json.");
        html.ShouldContain("19,700 more checks are in report.json.");
        html.ShouldContain("999,900 more differing rows were counted and are not listed.");
    }

    [Fact]
    public async Task Versions_and_endpoints_come_from_the_spec_and_without_its_secrets()
    {
        using var bench = await ShopRuns.CompletedAsync();
        var spec = new MigrationSpec
        {
            Id = "shop-v2-to-v3",
            Name = "Shop 2.0.5 to 3.0.0",
            SourceVersion = "2.0.5",
            TargetVersion = "3.0.0",
            Directory = "/",
            Hash = "5c0ffee5",
            Systems =
            [
                new DatabaseSystemSpec
                {
                    Name = "shop_database",
                    Source = Engine.Endpoints.Endpoint.Parse("sqlite:shop-v2.db", "/"),
                    Target = Engine.Endpoints.Endpoint.Parse("postgresql://migrator:hunter2@db/shop", "/"),
                },
            ],
        };

        var html = await Written.AsAsync("html", bench.Report(spec));

        HtmlText.Read(html).Text.ShouldContain("2.0.5 → 3.0.0");
        html.ShouldContain("postgresql://migrator:***@db/shop");
        html.ShouldNotContain("hunter2");
    }

    internal static async Task<RunReport> ReportAsync(string run)
    {
        using var bench = run switch
        {
            "completed" => await ShopRuns.CompletedAsync(),
            "rolled back" => await ShopRuns.FailedAndRolledBackAsync(),
            "held" => await ShopRuns.HeldAsync(),
            "interrupted" => await ShopRuns.InterruptedAsync(),
            "resumed" => await ShopRuns.ResumedAndWaivedAsync(),
            "not ready" => await ShopRuns.NotReadyAsync(),
            _ => new JournalBench(),
        };
        return bench.Report();
    }

    private static async Task<HtmlText> ReadAsync(RunReport report) => HtmlText.Read(await Written.AsAsync("html", report));

    private static string HashOf(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(@"url\([^)]*\)")]
    private static partial Regex Address();

    [GeneratedRegex(@"<svg[^>]*>(<title>)?")]
    private static partial Regex Drawing();

    [GeneratedRegex(@"[\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF\u0080-\u009F]")]
    private static partial Regex Invisible();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
