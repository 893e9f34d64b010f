using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Differences;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Comparison.Differences;

/// <summary>The page of differences as a browser lays it out.</summary>
public sealed partial class DifferencePictureTests : IDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly string _directory = Directory.CreateTempSubdirectory("mt-picture-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(1280, true)]
    [InlineData(1280, false)]
    [InlineData(500, true)]
    public async Task It_fits_its_width_and_follows_the_reader_s_colours(int width, bool light)
    {
        var browser = Names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(directory => Path.Combine(directory, name))).FirstOrDefault(File.Exists);
        Assert.SkipWhen(browser is null, "no chromium is installed to look at the page with");
        var page = Path.Combine(_directory, "differences.html");
        await WriteAsync(page);

        // The page forbids itself every script; the copy that is probed must run one.
        var probed = Path.Combine(_directory, "probed.html");
        var text = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Policy().IsMatch(text).ShouldBeTrue();
        await File.WriteAllTextAsync(probed, Policy().Replace(text, "")
            + "<script>document.title = ['seen', document.documentElement.scrollWidth, innerWidth, getComputedStyle(document.body).backgroundColor].join('|')</script>", TestContext.Current.CancellationToken);
        var match = Seen().Match(await RunAsync(browser!, probed, width, light, "--dump-dom"));
        match.Success.ShouldBeTrue("the page's probe did not run");
        Number(match, "wide").ShouldBeLessThanOrEqualTo(Number(match, "inner"));
        (Number(match, "red") > 127).ShouldBe(light);

        var picture = Path.Combine(Environment.GetEnvironmentVariable("MIGRATIONTOOLS_TEST_PICTURES") ?? _directory, $"differences-{width}-{(light ? "light" : "dark")}.png");
        await RunAsync(browser!, page, width, light, $"--screenshot={picture}");
        new FileInfo(picture).Length.ShouldBeGreaterThan(20_000);
    }

    private static async Task WriteAsync(string path)
    {
        await using var file = DifferenceFiles.Create(path);
        var names = new[] { "public.customers", "public.orders", "public.a_table_with_a_rather_long_name_that_must_not_break_the_page" };
        foreach (var (name, table) in names.Select((name, index) => (name, index)))
        {
            var pair = new TablePair
            {
                Source = new TableSchema { Name = new TableName(null, name.Split('.')[1]), Columns = [] },
                Target = new TableSchema { Name = new TableName("public", name.Split('.')[1]), Columns = [] },
                Columns = [],
            };
            for (var id = 0; id < (table == 2 ? 1005 : 8); id++)
            {
                file.Add(pair, new RowDifference
                {
                    Kind = (DifferenceKind)(id % 3),
                    Key = new Dictionary<string, string?> { ["id"] = $"{id + 1000}", ["region"] = id % 4 == 0 ? null : "north <b>" },
                    Count = id == 3 ? 4 : 1,
                    Columns = id % 3 != 2 ? [] :
                    [
                        new ColumnDifference("name", "Zoë Ångström", "Zoe\u0308 Ångström"),
                        new ColumnDifference("note", "The quick brown fox jumps over the lazy dog, and then again over the lazy cat; nobody counted.", "The quick brown fox jumps over the lazy dog, and then once more over the lazy cat; nobody counted."),
                        new ColumnDifference("total", "1.50", null),
                        new ColumnDifference("script", "<script>alert('x')</script>", ""),
                    ],
                });
            }
        }

        await file.CompleteAsync(default);
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private async Task<string> RunAsync(string browser, string page, int width, bool light, string action)
    {
        var start = new ProcessStartInfo(browser) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", $"--user-data-dir={Path.Combine(_directory, "browser")}", $"--window-size={width},1200",
            $"--blink-settings=preferredColorScheme={(light ? 1 : 0)}", action, new Uri(page).AbsoluteUri,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var (output, _) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return await output;
    }

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>")]
    private static partial Regex Policy();

    [GeneratedRegex(@"seen\|(?<wide>\d+)\|(?<inner>\d+)\|rgb\((?<red>\d+),")]
    private static partial Regex Seen();
}
