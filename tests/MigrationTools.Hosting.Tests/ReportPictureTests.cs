using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Hosting.Tests;

/// <summary>The page of a report as a browser lays it out: wide, on a phone, by day and by night.</summary>
public sealed partial class ReportPictureTests : IDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task It_fits_every_width_follows_the_reader_s_colours_and_is_no_empty_picture()
    {
        var browser = Names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(directory => Path.Combine(directory, name))).FirstOrDefault(File.Exists);
        Assert.SkipWhen(browser is null, "no chromium is installed to look at the page with");
        var run = await _bench.RunAsync(_bench.Small());
        run.Verdict.ShouldBe(Verdict.Passed);
        var page = Path.Combine(run.Directory, "report.html");
        var probed = _bench.PathOf("probed.html");
        // The page forbids itself every script; the copy that is probed must run one.
        var text = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Policy().IsMatch(text).ShouldBeTrue();
        await File.WriteAllTextAsync(probed, Policy().Replace(text, "")
            + "<script>document.title = ['seen', document.documentElement.scrollWidth, innerWidth, getComputedStyle(document.body).backgroundColor].join('|')</script>", TestContext.Current.CancellationToken);

        var lightness = new Dictionary<string, int>();
        foreach (var (width, scheme) in new[] { (1280, "light"), (1280, "dark"), (500, "light") })
        {
            var look = $"{width} {scheme}";
            var (wide, inner, background) = await ProbeAsync(browser!, probed, width, scheme);
            wide.ShouldBeLessThanOrEqualTo(inner, look);
            lightness[look] = background;

            var picture = _bench.PathOf("page.png");
            await RunAsync(browser!, page, width, scheme, $"--screenshot={picture}");
            new FileInfo(picture).Length.ShouldBeGreaterThan(20_000, look);
        }

        lightness["1280 light"].ShouldBeGreaterThan(200);
        lightness["1280 dark"].ShouldBeLessThan(60);
    }

    private async Task<(int Wide, int Inner, int Lightness)> ProbeAsync(string browser, string page, int width, string scheme)
    {
        var match = Seen().Match(await RunAsync(browser, page, width, scheme, "--dump-dom"));
        match.Success.ShouldBeTrue("the page's probe did not run");
        return (Number(match, "wide"), Number(match, "inner"), Number(match, "red"));
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private async Task<string> RunAsync(string browser, string page, int width, string scheme, string action)
    {
        var start = new ProcessStartInfo(browser) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", $"--user-data-dir={_bench.PathOf("browser")}", $"--window-size={width},1200",
            $"--blink-settings=preferredColorScheme={(scheme == "dark" ? 0 : 1)}", action, new Uri(page).AbsoluteUri,
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
