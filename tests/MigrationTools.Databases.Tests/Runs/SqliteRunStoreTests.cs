using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;

namespace MigrationTools.Databases.Tests.Runs;

public sealed class SqliteRunStoreTests : DatabaseRunStoreSuite
{
    protected override Endpoint Endpoint => Endpoint.Parse("sqlite:runs.db", Root);

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Only_the_owner_may_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("file modes are not Windows'");
            return;
        }

        await using var run = await CreateAsync("runStarted");

        File.GetUnixFileMode(Path.Combine(Root, "runs.db")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("a.db", "source")]
    [InlineData("b.db", "target")]
    [InlineData("link/b.db", "target")]
    [InlineData("alias.db", "source")]
    public async Task A_file_that_the_run_works_on_does_not_hold_its_journal(string store, string side)
    {
        var (spec, plan) = Begin();
        await File.WriteAllTextAsync(Path.Combine(SpecDirectory, "a.db"), "", Token);
        Directory.CreateSymbolicLink(Path.Combine(SpecDirectory, "link"), SpecDirectory);
        File.CreateSymbolicLink(Path.Combine(SpecDirectory, "alias.db"), "a.db");

        var error = await Should.ThrowAsync<InvalidRequestException>(() => OpenAs(Endpoint.Parse($"sqlite:{store}", SpecDirectory), Time).CreateAsync(spec, plan, Token));

        error.Message.ShouldContain($"is the {side} of the system 'words'");
        File.Exists(Path.Combine(SpecDirectory, "b.db")).ShouldBeFalse();
        new FileInfo(Path.Combine(SpecDirectory, "a.db")).Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_whose_directory_is_missing_is_an_error_that_says_so_and_leaves_nothing()
    {
        var (spec, plan) = Begin();

        var error = await Should.ThrowAsync<DatabaseException>(() => OpenAs(Endpoint.Parse("sqlite:missing/runs.db", Root), Time).CreateAsync(spec, plan, Token));

        error.ErrorId.ShouldBe(ErrorIds.EndpointUnavailable);
        error.Message.ShouldContain("no directory");
        Directory.EnumerateFileSystemEntries(Path.Combine(Root, "work")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_an_error()
    {
        await File.WriteAllTextAsync(Path.Combine(Root, "runs.db"), "this is a text and no database, whatever its name says", Token);

        (await Should.ThrowAsync<DatabaseException>(() => Open().ListAsync(Token))).Message.ShouldContain("not a SQLite database");
    }
}
