using System.Text;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Runs.Journals;

namespace MigrationTools.Engine.Tests.Runs;

public sealed class JournalTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string File => _directory.File("journal.jsonl");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_was_appended_is_read_again()
    {
        await AppendAsync("runStarted", "intent", "observed");

        var (entries, _, torn) = JournalFile.Read(File);

        entries.Select(entry => entry.Kind).ShouldBe(["runStarted", "intent", "observed"]);
        entries.Select(entry => entry.Seq).ShouldBe([1, 2, 3]);
        entries[1].Prev.ShouldBe(entries[0].Hash);
        entries[2].Get<string>("text").ShouldBe("ü \"quoted\" 🚚");
        torn.ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task A_torn_last_line_is_passed_over_and_cut_off_by_the_next_owner(int bytes)
    {
        await AppendAsync("runStarted", "intent");
        var whole = new FileInfo(File).Length;
        await AppendAsync("observed");
        using (var stream = new FileStream(File, FileMode.Open))
        {
            stream.SetLength(stream.Length - bytes);
        }

        JournalFile.Read(File).Entries.Count.ShouldBe(2);
        await AppendAsync("looked");

        var (entries, _, torn) = JournalFile.Read(File);
        entries.Select(entry => entry.Kind).ShouldBe(["runStarted", "intent", "looked"]);
        torn.ShouldBe(0);
        new FileInfo(File).Length.ShouldBeGreaterThan(whole);
    }

    [Fact]
    public async Task An_edited_line_is_found_by_its_number()
    {
        await AppendAsync("runStarted", "intent", "observed");
        var text = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        await System.IO.File.WriteAllTextAsync(File, text.Replace("\"kind\":\"intent\"", "\"kind\":\"inteNt\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var error = Should.Throw<JournalException>(() => JournalFile.Read(File));

        error.ErrorId.ShouldBe(ErrorIds.JournalCorrupt);
        error.Message.ShouldContain("line 2");
    }

    [Fact]
    public async Task An_edit_that_means_the_same_json_is_found_too()
    {
        await AppendAsync("runStarted", "intent");
        var text = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        await System.IO.File.WriteAllTextAsync(File, text.Replace("\"kind\":\"intent\"", "\"kind\": \"intent\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Should.Throw<JournalException>(() => JournalFile.Read(File));
    }

    [Fact]
    public async Task A_line_that_was_taken_out_breaks_the_chain()
    {
        await AppendAsync("runStarted", "intent", "observed");
        var lines = await System.IO.File.ReadAllLinesAsync(File, TestContext.Current.CancellationToken);
        await System.IO.File.WriteAllTextAsync(File, $"{lines[0]}\n{lines[2]}\n", TestContext.Current.CancellationToken);

        Should.Throw<JournalException>(() => JournalFile.Read(File)).Message.ShouldContain("line 2");
    }

    [Fact]
    public async Task Garbage_in_the_middle_is_not_taken_for_a_torn_end()
    {
        await AppendAsync("runStarted", "intent");
        var lines = await System.IO.File.ReadAllLinesAsync(File, TestContext.Current.CancellationToken);
        await System.IO.File.WriteAllTextAsync(File, $"{lines[0]}\n\0\0\0\n{lines[1]}\n", TestContext.Current.CancellationToken);

        Should.Throw<JournalException>(() => JournalFile.Read(File));
    }

    [Fact]
    public async Task Each_owner_writes_under_a_higher_epoch()
    {
        await AppendAsync("runStarted");
        await AppendAsync("owned");

        JournalFile.Read(File).Entries.Select(entry => entry.Epoch).ShouldBe([1, 2]);
    }

    [Fact]
    public void A_run_has_one_owner()
    {
        using var first = RunLease.Take(_directory.Path);

        RunLease.IsHeld(_directory.Path).ShouldBeTrue();
        Should.Throw<RunOwnedException>(() => RunLease.Take(_directory.Path)).ErrorId.ShouldBe(ErrorIds.RunOwned);
    }

    [Fact]
    public void A_lease_that_was_given_back_can_be_taken()
    {
        RunLease.Take(_directory.Path).Dispose();

        RunLease.IsHeld(_directory.Path).ShouldBeFalse();
        using var second = RunLease.Take(_directory.Path);
        second.Epoch.ShouldBe(2);
    }

    [Fact]
    public async Task A_stale_owner_writes_nothing_more()
    {
        var lease = RunLease.Take(_directory.Path);
        var (journal, _) = FileJournal.Open(File, lease, TimeProvider.System);
        await using var dispose = journal;
        await journal.AppendAsync("runStarted", null, [], TestContext.Current.CancellationToken);
        await System.IO.File.WriteAllTextAsync(_directory.File("epoch"), "7", TestContext.Current.CancellationToken);

        await Should.ThrowAsync<RunOwnedException>(() => journal.AppendAsync("intent", null, [], TestContext.Current.CancellationToken));

        JournalFile.Read(File).Entries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Only_the_owner_may_read_the_files()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("file modes are not Windows'");
        }

        await AppendAsync("runStarted");

#pragma warning disable CA1416 // skipped there
        System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private async Task AppendAsync(params string[] kinds)
    {
        var (journal, _) = FileJournal.Open(File, RunLease.Take(_directory.Path), TimeProvider.System);
        await using var dispose = journal;
        foreach (var kind in kinds)
        {
            await journal.AppendAsync(kind, "01-step", new JsonObject { ["text"] = "ü \"quoted\" 🚚" }, CancellationToken.None);
        }
    }
}
