using MigrationTools.Engine.Reports;
using MigrationTools.Engine.Tests.Runs;

namespace MigrationTools.Engine.Tests.Reports;

public sealed class ReportFilesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Every_format_is_written_into_a_file_of_its_own()
    {
        var paths = await ReportFiles.WriteAllAsync(await HtmlReportTests.ReportAsync("completed"), _directory.File("new/place"), [], Token);

        paths.Select(Path.GetFileName).ShouldBe(["report.html", "report.md", "report.json", "report.junit.xml", "report.csv"]);
        Directory.GetFiles(_directory.File("new/place")).Length.ShouldBe(5, "nothing temporary is left");
        paths.ShouldAllBe(path => new FileInfo(path).Length > 0);
    }

    [Fact]
    public async Task Only_the_owner_may_read_a_report()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes; the directory's access list decides there.");
        var paths = await ReportFiles.WriteAllAsync(await HtmlReportTests.ReportAsync("completed"), _directory.File("private"), ["html"], Token);

        (OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(paths[0])).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_report_that_is_there_is_replaced_as_a_whole()
    {
        await File.WriteAllTextAsync(_directory.File("report.csv"), new string('x', 100_000), Token);

        await ReportFiles.WriteAllAsync(await HtmlReportTests.ReportAsync("nothing"), _directory.Path, ["CSV"], Token);

        (await File.ReadAllTextAsync(_directory.File("report.csv"), Token)).ShouldStartWith("system,source");
        new FileInfo(_directory.File("report.csv")).Length.ShouldBeLessThan(1000);
    }

    [Theory]
    [InlineData("md", "report.md")]
    [InlineData("Markdown", "report.md")]
    [InlineData("junit", "report.junit.xml")]
    [InlineData("junit.xml", "report.junit.xml")]
    public async Task A_format_is_found_by_its_name_and_by_its_extension(string format, string file)
    {
        var paths = await ReportFiles.WriteAllAsync(await HtmlReportTests.ReportAsync("nothing"), _directory.Path, [format, format], Token);

        paths.Select(Path.GetFileName).ShouldBe([file]);
    }

    [Fact]
    public async Task An_unknown_format_is_refused_before_anything_is_written()
    {
        var report = await HtmlReportTests.ReportAsync("nothing");

        var error = await Should.ThrowAsync<InvalidRequestException>(() => ReportFiles.WriteAllAsync(report, _directory.File("out"), ["html", "pdf"], Token));

        error.Message.ShouldContain("'pdf'");
        error.Message.ShouldContain("html, markdown, json, junit, csv");
        Directory.Exists(_directory.File("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_place_that_is_no_directory_is_the_callers_to_mend()
    {
        await File.WriteAllTextAsync(_directory.File("file"), "", Token);
        var report = await HtmlReportTests.ReportAsync("nothing");

        var error = await Should.ThrowAsync<InvalidRequestException>(() => ReportFiles.WriteAllAsync(report, _directory.File("file"), ["json"], Token));

        error.ErrorId.ShouldBe(ErrorIds.InvalidRequest);
        error.Message.ShouldContain(_directory.File("file"));
    }

    [Fact]
    public async Task A_cancelled_write_leaves_the_old_report()
    {
        await File.WriteAllTextAsync(_directory.File("report.json"), "old", Token);
        var report = await HtmlReportTests.ReportAsync("completed");

        await Should.ThrowAsync<OperationCanceledException>(() => ReportFiles.WriteAllAsync(report, _directory.Path, ["json"], new CancellationToken(canceled: true)));

        Directory.GetFiles(_directory.Path).ShouldBe([_directory.File("report.json")]);
        (await File.ReadAllTextAsync(_directory.File("report.json"), Token)).ShouldBe("old");
    }
}
