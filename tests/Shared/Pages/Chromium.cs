using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationTools.Tests.Pages;

/// <summary>A browser without a window that lays a page out, as wide and in the colours that are asked for.</summary>
/// <param name="directory">Where it keeps its own files, and the copies of pages that it looks at.</param>
public sealed partial class Chromium(string directory)
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static string? Program { get; } = Names
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(directory => Path.Combine(directory, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Skips the running test by name where there is none.</summary>
    public static void SkipWhereMissing() => Assert.SkipWhen(Program is null, "no chromium is installed to look at the page with");

    /// <summary>How wide the page is, how wide the window, and how much red (0 to 255) its background has.</summary>
    public async Task<(int Wide, int Inner, int Red)> MeasureAsync(string page, int width, bool light)
    {
        // The page forbids itself every script; the copy that is probed must run one.
        var text = await File.ReadAllTextAsync(page);
        Policy().IsMatch(text).ShouldBeTrue("the page has a policy");
        var probed = Path.Combine(directory, "probed.html");
        await File.WriteAllTextAsync(probed, Policy().Replace(text, "")
            + "<script>document.title = ['seen', document.documentElement.scrollWidth, innerWidth, getComputedStyle(document.body).backgroundColor].join('|')</script>");
        var match = Seen().Match(await RunAsync(probed, width, light, "--dump-dom"));
        match.Success.ShouldBeTrue("the page's probe did not run");
        int Number(string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
        return (Number("wide"), Number("inner"), Number("red"));
    }

    /// <summary>Takes a picture (PNG) of the top of the page.</summary>
    public Task TakePictureAsync(string page, int width, bool light, string picture) => RunAsync(page, width, light, $"--screenshot={picture}");

    private async Task<string> RunAsync(string page, int width, bool light, string action)
    {
        var start = new ProcessStartInfo(Program!) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", $"--user-data-dir={Path.Combine(directory, "browser")}", $"--window-size={width},1200",
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
