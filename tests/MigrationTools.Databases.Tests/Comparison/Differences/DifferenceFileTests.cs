using System.Text.Json;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Differences;
using MigrationTools.Databases.Comparison.Files;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Tests.Fixtures;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Comparison.Differences;

/// <summary>Differences in files: whole or recognisably not, exact, harmless to whoever opens them.</summary>
public sealed class DifferenceFileTests : IDisposable
{
    private static readonly string[] Nasty = ["", " ", "NULL", "<null>", "a,b", "\"q\"", "line\r\nend", "=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@x", "\t=1", "<script>alert(1)</script>", "&amp;", "' onload='x", "\u202Eedoc", "😀", "e\u0301", "\0", "\uD800"];

    private readonly string _directory = Directory.CreateTempSubdirectory("mt-differences-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_line_of_json_reads_back_as_what_was_written()
    {
        var lines = (await WriteAsync("d.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(Nasty.Length + 2);
        for (var index = 0; index < Nasty.Length; index++)
        {
            using var json = JsonDocument.Parse(lines[index]);
            var root = json.RootElement;
            root.EnumerateObject().Select(property => property.Name).ShouldBe(["table", "sourceTable", "kind", "key", "columns"]);
            root.GetProperty("table").GetString().ShouldBe("public.t<i>");
            root.GetProperty("kind").GetString().ShouldBe("Changed");
            root.GetProperty("key").GetProperty("id").GetInt64().ShouldBe(index);
            root.GetProperty("key").GetProperty("code").GetString().ShouldBe("007");
            var column = root.GetProperty("columns")[0];
            column.GetProperty("name").GetString().ShouldBe("v");
            column.GetProperty("source").GetString().ShouldBe(Nasty[index].Replace('\uD800', '\uFFFD'));
            column.GetProperty("target").ValueKind.ShouldBe(JsonValueKind.Null);
        }

        using var missing = JsonDocument.Parse(lines[^2]);
        missing.RootElement.GetProperty("count").GetInt64().ShouldBe(3);
        missing.RootElement.GetProperty("columns").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_line_of_csv_reads_back_and_no_spreadsheet_runs_it()
    {
        var rows = Csv(await WriteAsync("d.csv"));
        rows[0].Select(field => field.Text).ShouldBe(["table", "sourceTable", "kind", "count", "key", "column", "source", "target", "null"]);
        rows.Count.ShouldBe(Nasty.Length + 3);
        rows.ShouldAllBe(row => row.Count == 9);
        for (var index = 0; index < Nasty.Length; index++)
        {
            var (source, target) = (rows[index + 1][6], rows[index + 1][7]);
            var guarded = Nasty[index] is ['=' or '+' or '-' or '@' or '\t', ..];
            source.Text.ShouldBe((guarded ? "'" : "") + Nasty[index].Replace('\uD800', '\uFFFD'));
            (target.Text, target.Quoted, rows[index + 1][8].Text).ShouldBe(("", false, "target"));
        }

        rows[1][6].Quoted.ShouldBeTrue("empty text is not NULL");
        rows[^1][4].Text.ShouldBe("""{"id":-9}""");
    }

    [Fact]
    public async Task A_number_is_no_formula()
    {
        var path = Path.Combine(_directory, "n.csv");
        await using (var file = DifferenceFiles.Create(path))
        {
            file.Add(Pair("t"), Changed(1, "-1.5", "+2e-10"));
            await file.CompleteAsync(default);
        }

        Csv(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))[1].Skip(6).Take(2).Select(field => field.Text).ShouldBe(["-1.5", "+2e-10"]);
    }

    [Fact]
    public async Task A_page_holds_no_value_as_markup()
    {
        var page = await WriteAsync("d.html");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("<i>");
        page.ShouldNotContain("onload='");
        page.ShouldNotContain("\u202E");
        page.ShouldContain("&lt;script&gt;");
        System.Net.WebUtility.HtmlDecode(page).ShouldContain("⟨U+202E⟩");
        page.ShouldContain("<a href=\"#t1\">");
        page.ShouldContain("id=\"t1\"");
        page.ShouldContain("default-src 'none'");
        page.ShouldEndWith("</html>\n");
    }

    [Fact]
    public async Task A_page_shows_a_thousand_rows_of_a_table_and_counts_all()
    {
        var path = Path.Combine(_directory, "many.html");
        await using (var file = DifferenceFiles.Create(path))
        {
            Parallel.For(0, 4000, id => file.Add(Pair(id % 2 == 0 ? "even" : "odd"), Changed(id, "a", "b")));
            await file.CompleteAsync(default);
        }

        var page = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        page.ShouldContain("4,000 rows in 2 tables");
        page.Split("class=\"kind k-Changed\"").Length.ShouldBe(2001);
        page.Split("1,000 more differences were counted").Length.ShouldBe(3);
    }

    [Theory]
    [InlineData("d.jsonl")]
    [InlineData("d.csv")]
    [InlineData("d.html")]
    public async Task A_file_that_was_not_ended_does_not_get_its_name(string name)
    {
        var path = Path.Combine(_directory, name);
        await File.WriteAllTextAsync(path, "the one before", TestContext.Current.CancellationToken);
        await using (var file = DifferenceFiles.Create(path))
        {
            file.Add(Pair("t"), Changed(1, "a", "b"));
        }

        (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldBe("the one before");
        File.Exists(path + ".partial").ShouldBeTrue();
        Directory.GetFiles(_directory).Length.ShouldBe(2);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path + ".partial").ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task A_file_without_differences_is_whole_too()
    {
        foreach (var (name, content) in new[] { ("e.jsonl", ""), ("e.csv", "table,"), ("e.html", "No differences") })
        {
            var path = Path.Combine(_directory, name);
            await using (var file = DifferenceFiles.Create(path))
            {
                await file.CompleteAsync(default);
            }

            (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldContain(content);
            File.Exists(path + ".partial").ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("d.xlsx", ".xlsx")]
    [InlineData("d", "no ending")]
    public void Another_ending_is_refused_with_those_that_there_are(string name, string said)
    {
        var error = Should.Throw<InvalidRequestException>(() => DifferenceFiles.Create(Path.Combine(_directory, name)));
        error.Message.ShouldContain(said);
        error.Message.ShouldContain(".jsonl, .ndjson, .csv, .html");
    }

    [Fact]
    public void A_path_that_can_not_be_written_is_told()
    {
        var file = Path.Combine(_directory, "file");
        File.WriteAllText(file, "");
        var message = Should.Throw<InvalidRequestException>(() => DifferenceFiles.Create(Path.Combine(file, "d.csv"))).Message;
        message.ShouldContain("can't be written");
        message.ShouldNotContain(".partial");
    }

    [Theory]
    [InlineData("d.jsonl")]
    [InlineData("d.csv")]
    [InlineData("d.html")]
    public async Task A_full_disk_is_told_and_the_file_is_never_taken_for_whole(string name)
    {
        using var disk = SmallDisk.MountOrSkip(1);
        var path = Path.Combine(disk.DirectoryPath, name);
        await using (var file = DifferenceFiles.Create(path))
        {
            var long_ = new string('x', 100_000);
            for (var id = 0; id < 100; id++)
            {
                file.Add(Pair("t"), Changed(id, long_, "b"));
            }

            var error = await Should.ThrowAsync<OutputFileException>(() => file.CompleteAsync(default));
            error.Message.ShouldBe($"The differences file '{path}' could not be written: the disk is full. What was compared stands. Make room or name another file, and compare again to have it.");
            await Should.ThrowAsync<OutputFileException>(() => file.CompleteAsync(default));
        }

        Directory.GetFiles(disk.DirectoryPath).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_stays_and_the_file_that_it_leads_to_is_written()
    {
        var (link, real) = (Path.Combine(_directory, "link.csv"), Path.Combine(_directory, "real.csv"));
        File.CreateSymbolicLink(link, real);
        await using (var file = DifferenceFiles.Create(link))
        {
            file.Add(Pair("t"), Changed(1, "a", "b"));
            await file.CompleteAsync(default);
        }

        new FileInfo(link).LinkTarget.ShouldBe(real);
        (await File.ReadAllTextAsync(real, TestContext.Current.CancellationToken)).ShouldContain("public.t");
        Directory.GetFiles(_directory).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_database_is_never_replaced_and_neither_is_what_is_no_file()
    {
        var (database, directory) = (Path.Combine(_directory, "d.jsonl"), Path.Combine(_directory, "d.csv"));
        await File.WriteAllTextAsync(database, "SQLite format 3\0 and more", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(directory);

        Should.Throw<InvalidRequestException>(() => DifferenceFiles.Create(database)).Message.ShouldBe($"The differences file '{database}' is a SQLite database and would be lost. Name another file.");
        Should.Throw<InvalidRequestException>(() => DifferenceFiles.Create(directory)).Message.ShouldBe($"The differences file '{directory}' is a directory. Name a file in it.");
        (await File.ReadAllTextAsync(database, TestContext.Current.CancellationToken)).ShouldStartWith("SQLite");
    }

    private async Task<string> WriteAsync(string name)
    {
        var path = Path.Combine(_directory, name);
        await using (var file = DifferenceFiles.Create(path))
        {
            for (var index = 0; index < Nasty.Length; index++)
            {
                file.Add(Pair("t<i>"), new RowDifference
                {
                    Kind = DifferenceKind.Changed,
                    Key = new Dictionary<string, string?> { ["id"] = $"{index}", ["code"] = "007" },
                    NumberColumns = ["id"],
                    Columns = [new ColumnDifference("v", Nasty[index], null)],
                });
            }

            file.Add(Pair("t<i>"), new RowDifference { Kind = DifferenceKind.Missing, Key = new Dictionary<string, string?> { ["v"] = "<b>", ["w"] = null }, Count = 3 });
            file.Add(Pair("t<i>"), new RowDifference { Kind = DifferenceKind.Extra, Key = new Dictionary<string, string?> { ["id"] = "-9" }, NumberColumns = ["id"] });
            await file.CompleteAsync(default);
        }

        return await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
    }

    private static RowDifference Changed(int id, string? source, string? target) => new()
    {
        Kind = DifferenceKind.Changed,
        Key = new Dictionary<string, string?> { ["id"] = $"{id}" },
        NumberColumns = ["id"],
        Columns = [new ColumnDifference("v", source, target)],
    };

    private static TablePair Pair(string name) => new()
    {
        Source = new TableSchema { Name = new TableName(null, name), Columns = [] },
        Target = new TableSchema { Name = new TableName("public", name), Columns = [] },
        Columns = [],
    };

    // RFC 4180, and whether a field was quoted.
    private static List<List<(string Text, bool Quoted)>> Csv(string text)
    {
        var rows = new List<List<(string, bool)>>();
        var row = new List<(string, bool)>();
        for (var at = 0; at < text.Length;)
        {
            var quoted = text[at] == '"';
            var field = "";
            if (quoted)
            {
                var end = at + 1;
                while (text[end] != '"' || (end + 1 < text.Length && text[end + 1] == '"'))
                {
                    end += text[end] == '"' ? 2 : 1;
                }

                field = text[(at + 1)..end].Replace("\"\"", "\"");
                at = end + 1;
            }
            else
            {
                var end = text.IndexOfAny([',', '\r'], at);
                field = text[at..end];
                at = end;
            }

            row.Add((field, quoted));
            if (text[at] == ',')
            {
                at++;
                continue;
            }

            text.Substring(at, 2).ShouldBe("\r\n");
            at += 2;
            rows.Add(row);
            row = [];
        }

        return rows;
    }
}
