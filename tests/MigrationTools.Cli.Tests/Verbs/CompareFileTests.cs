using MigrationTools.Cli.Tests.Driving;
using MigrationTools.Databases.Tests.Fixtures;

namespace MigrationTools.Cli.Tests.Verbs;

/// <summary>The files that a comparison writes: what a slip of the hand would destroy is refused before anything is read, and what was compared is told whatever becomes of them.</summary>
public sealed class CompareFileTests : IDisposable
{
    private readonly Workplace _place = new();

    public CompareFileTests()
    {
        _place.MakeShop("old.db");
        _place.MakeShop("new.db");
        _place.MakeShop("other.db");
        _place.Write("notes.txt", "my precious notes\n");
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("--state", "notes.txt", "is none: it does not begin as a comparison's does")]
    [InlineData("--state", "old.db", "is the source database")]
    [InlineData("--state", "new.db", "is the target database")]
    [InlineData("--state", "new.db-wal", "is a file of the target database")]
    [InlineData("--state", "other.db", "is a SQLite database and would be lost")]
    [InlineData("--repair-script", "new.db", "is the target database")]
    [InlineData("--repair-script", "old.db-journal", "is a file of the source database")]
    [InlineData("--repair-script", "other.db", "is a SQLite database and would be lost")]
    [InlineData("--repair-script", "runs.d", "is a directory")]
    [InlineData("--state", "runs.d", "is a directory")]
    public async Task What_would_be_destroyed_is_refused_and_stays(string option, string file, string message)
    {
        Directory.CreateDirectory(_place["runs.d"]);
        var before = Contents();

        var result = await CompareAsync(option, _place[file]);

        (result.Code, result.Out).ShouldBe((2, ""), result.Error);
        result.Error.ShouldContain(message);
        Contents().ShouldBe(before);
    }

    [Fact]
    public async Task A_pipe_is_refused_and_stays()
    {
        (await Shell.RunAsync(_place, "mkfifo pipe.csv")).Code.ShouldBe(0);

        foreach (var option in new[] { "--differences", "--repair-script", "--state" })
        {
            var result = await CompareAsync(option, _place["pipe.csv"]);
            (result.Code, result.Out).ShouldBe((2, ""));
            result.Error.ShouldContain("is no regular file but a device, a pipe or a socket");
        }

        (await Shell.RunAsync(_place, "test -p pipe.csv")).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("d.csv", "d.csv", null)]
    [InlineData("d.csv", null, "d.csv")]
    [InlineData(null, "d.csv", "d.csv")]
    [InlineData("d.csv", "d.csv.partial", null)]
    public async Task Two_files_of_one_name_are_refused(string? differences, string? script, string? state)
    {
        string[] options = [.. Option("--differences", differences), .. Option("--repair-script", script), .. Option("--state", state)];

        var result = await CompareAsync(options);

        (result.Code, result.Out).ShouldBe((2, ""), result.Error);
        result.Error.ShouldContain("are one and the same file");
        File.Exists(_place["d.csv"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--state")]
    [InlineData("--differences")]
    [InlineData("--repair-script")]
    public async Task A_name_that_is_empty_is_refused(string option)
    {
        var result = await CompareAsync(option, "");

        result.Code.ShouldBe(2);
        result.Error.ShouldContain($"{option} takes the name of a file, not ''.");
    }

    [Theory]
    [InlineData("--state", "nowhere/x", "there is no directory")]
    [InlineData("--differences", "notes.txt/x.csv", "notes.txt")]
    [InlineData("--repair-script", "notes.txt/x.sql", "notes.txt")]
    public async Task A_place_where_nothing_can_be_written_is_told_before_anything_is_read(string option, string file, string message)
    {
        var result = await CompareAsync(option, _place[file]);

        (result.Code, result.Out).ShouldBe((2, ""), result.Error);
        result.Error.ShouldContain(message);
        result.Error.ShouldNotContain(".partial");
        result.Error.ShouldNotContain(".new");
    }

    [Fact]
    public async Task A_repair_script_goes_through_a_link_to_its_file()
    {
        File.CreateSymbolicLink(_place["link.sql"], _place["real.sql"]);

        (await CompareAsync("--repair-script", _place["link.sql"])).Code.ShouldBe(0);

        new FileInfo(_place["link.sql"]).LinkTarget.ShouldBe(_place["real.sql"]);
        File.Exists(_place["real.sql"]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_plan_takes_the_place_of_a_plan_and_of_nothing_else()
    {
        string[] plan = ["compare", "plan", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), "--partitions", "2", "--out"];

        var refused = await _place.RunAsync([.. plan, _place["notes.txt"]]);
        var database = await _place.RunAsync([.. plan, _place["other.db"]]);

        (refused.Code, database.Code).ShouldBe((2, 2));
        refused.Error.ShouldContain("it is no plan of a comparison. It was left as it is.");
        File.ReadAllText(_place["notes.txt"]).ShouldBe("my precious notes\n");
        (await _place.RunAsync([.. plan, _place["plan.json"]])).Code.ShouldBe(0);
        (await _place.RunAsync([.. plan, _place["plan.json"]])).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_comparison_that_ended_is_never_taken_for_the_next_one()
    {
        (await CompareAsync("--state", _place["state"])).Code.ShouldBe(0);
        _place.Execute("new.db", "update customers set name = 'X' where id = 7");

        var next = await CompareAsync("--state", _place["state"], "--verbose");

        next.Code.ShouldBe(1);
        next.Error.ShouldContain("all is compared anew");
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("jsonl")]
    public async Task A_full_disk_takes_no_result_away(string output)
    {
        using var disk = SmallDisk.MountOrSkip(1);
        _place.Execute("old.db", "update customers set note = printf('%.3000000c', 'x') where id = 7");
        var (differences, script) = (Path.Combine(disk.DirectoryPath, "d.jsonl"), Path.Combine(disk.DirectoryPath, "r.sql"));

        var result = await _place.RunAsync(
            "compare", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), "-o", output, "--repair-script", script, "--differences", differences);

        result.Code.ShouldBe(3, result.Error);
        result.Error.ShouldContain($"'{script}' could not be written: the disk is full.");
        result.Error.ShouldNotContain("Unexpected");
        result.Out.ShouldContain("Failed");
        result.Out.ShouldContain("customers");
        if (output == "json")
        {
            result.Json.GetProperty("tables").GetArrayLength().ShouldBe(3);
        }

        Directory.GetFiles(disk.DirectoryPath).Where(file => file != differences).ShouldBeEmpty();
    }

    private static string[] Option(string name, string? file) => file is null ? [] : [name, file];

    private IReadOnlyList<string> Contents() =>
        [.. Directory.GetFiles(_place.Root).Order(StringComparer.Ordinal).Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}")];

    private Task<Outcome> CompareAsync(params string[] options) =>
        _place.RunAsync(["compare", "--source", _place.Sqlite("old.db"), "--target", _place.Sqlite("new.db"), .. options]);
}
