using MigrationTools.Engine.Checks;
using MigrationTools.Tests.Pages;

namespace MigrationTools.Hosting.Tests;

/// <summary>The page of a report as a browser lays it out: wide, on a phone, by day and by night.</summary>
public sealed class ReportPictureTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task It_fits_every_width_follows_the_reader_s_colours_and_is_no_empty_picture()
    {
        Chromium.SkipWhereMissing();
        var run = await _bench.RunAsync(_bench.Small());
        run.Verdict.ShouldBe(Verdict.Passed);
        var page = Path.Combine(run.Directory, "report.html");
        var browser = new Chromium(_bench.Directory);

        var lightness = new Dictionary<string, int>();
        foreach (var (width, scheme) in new[] { (1280, "light"), (1280, "dark"), (500, "light") })
        {
            var look = $"{width} {scheme}";
            var (wide, inner, background) = await browser.MeasureAsync(page, width, scheme == "light");
            wide.ShouldBeLessThanOrEqualTo(inner, look);
            lightness[look] = background;

            var picture = _bench.PathOf("page.png");
            await browser.TakePictureAsync(page, width, scheme == "light", picture);
            new FileInfo(picture).Length.ShouldBeGreaterThan(20_000, look);
        }

        lightness["1280 light"].ShouldBeGreaterThan(200);
        lightness["1280 dark"].ShouldBeLessThan(60);
    }
}
