using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Comparison.Files;
using MigrationTools.Databases.Comparison.Resuming;
using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Databases.Tests.Fixtures;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>What a state file may say, of which databases, and what is done to files that are none.</summary>
public sealed class ComparisonStateTests(PostgresCluster cluster) : IDisposable
{
    private const string Sql = "create table t (id integer primary key, v text); insert into t values (1, 'a'), (2, 'b')";
    private const string At = "\"at\":\"2024-01-02T03:04:05Z\"";
    private const string Divided = "{\"table\":\"t > t\"," + At + ",\"ends\":[10,20]}\n";

    private readonly string _directory = Directory.CreateTempSubdirectory("mt-state").FullName;

    private string StateFile => Path.Combine(_directory, "state.jsonl");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("my precious notes\n")]
    [InlineData("no line at all")]
    [InlineData("{\"a\":1}\n")]
    [InlineData("null\n")]
    [InlineData("\n")]
    public async Task A_file_that_is_no_state_is_refused_and_left_as_it_is(string content)
    {
        await using var room = await OpenAsync();
        await File.WriteAllTextAsync(StateFile, content, TestContext.Current.CancellationToken);

        var error = await Should.ThrowAsync<InvalidRequestException>(() => room.CompareAsync(Options));

        error.Message.ShouldBe($"The state file '{StateFile}' is none: it does not begin as a comparison's does. It was left as it is. Name another file.");
        (await File.ReadAllTextAsync(StateFile, TestContext.Current.CancellationToken)).ShouldBe(content);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"sub")]
    [InlineData("{\"subject\":\"abc")]
    public async Task A_first_line_that_was_cut_off_is_written_anew(string content)
    {
        await using var room = await OpenAsync();
        await File.WriteAllTextAsync(StateFile, content, TestContext.Current.CancellationToken);

        (await room.CompareAsync(Options)).Verdict.ShouldBe(Verdict.Passed);
        (await room.CompareAsync(Options)).Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task A_database_is_never_taken_for_its_own_state()
    {
        await using var room = await OpenAsync();
        var file = SqliteLocation.PathOf(room.Target.Endpoint);
        var link = Path.Combine(_directory, "link");
        File.CreateSymbolicLink(link, file);
        var before = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

        foreach (var name in new[] { file, link })
        {
            (await Should.ThrowAsync<InvalidRequestException>(() => room.CompareAsync(new ComparisonOptions { StateFile = name }))).Message.ShouldContain("is the target database");
        }

        (await Should.ThrowAsync<InvalidRequestException>(() => room.CompareAsync(new ComparisonOptions { StateFile = file + "-wal" }))).Message.ShouldContain("is a file of the target database");
        (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Theory]
    [InlineData("{\"table\":\"t > t\"," + At + ",\"equal\":[[0]]}", "a stretch that the table does not have")]
    [InlineData("{\"table\":\"t > t\"," + At + ",\"equal\":[null]}", "a stretch that the table does not have")]
    [InlineData("{\"table\":\"t > t\"," + At + ",\"equal\":[[3,1]]}", "a stretch that the table does not have")]
    [InlineData("{\"table\":\"t > t\"," + At + ",\"equal\":[[-1,1]]}", "a stretch that the table does not have")]
    [InlineData("{\"table\":\"t > t\"," + At + ",\"equal\":[[4294967296,1]]}", "a stretch that the table does not have")]
    [InlineData("{\"table\":\"t > t\"," + At + ",\"equal\":[[0,-1]]}", "a stretch that the table does not have")]
    [InlineData("{\"table\":\"t > t\"," + At + ",\"equal\":[[0,9223372036854775807],[1,1]]}", "overflow")]
    [InlineData("{\"table\":\"u > u\"," + At + ",\"equal\":[[0,1]]}", "a stretch that the table does not have")]
    [InlineData("{\"table\":\"t > t\"," + At + ",\"ends\":[20,10]}", "not in order")]
    [InlineData("{\"table\":\"t > t\"," + At + ",\"drawn\":[0,0]}", "sample")]
    [InlineData("{\"table\":\"t > t\"," + At + ",\"drawn\":[3]}", "sample")]
    [InlineData("{\"table\":\"t > t\"," + At + ",\"passed\":{\"source\":\"t\",\"target\":\"t\",\"verdict\":\"Failed\",\"sourceRows\":2,\"targetRows\":2}}", "passed")]
    [InlineData("{\"table\":\"t > t\"," + At + ",\"passed\":{\"source\":\"t\",\"target\":\"t\",\"verdict\":\"Passed\",\"sourceRows\":2,\"targetRows\":2,\"notes\":null}}", "passed")]
    [InlineData("{\"table\":\"t > t\"," + At + ",\"passed\":{\"source\":\"t\",\"target\":\"t\",\"verdict\":\"Passed\"}}", "passed")]
    [InlineData("{\"table\":\"t > t\"," + At + ",\"passed\":{}}", "no line")]
    [InlineData("{\"table\":\"t > t\",\"equal\":[[0,1]]}", "none that a comparison writes there")]
    [InlineData("{" + At + "}", "none that a comparison writes there")]
    [InlineData("[]", "no line")]
    [InlineData("null", "no line")]
    [InlineData("torn {", "no line")]
    public async Task A_line_that_no_comparison_writes_is_refused_by_its_number(string line, string why)
    {
        await using var room = await OpenAsync();
        var content = await SubjectAsync(room) + Divided + line + "\n" + Divided;
        await File.WriteAllTextAsync(StateFile, content, TestContext.Current.CancellationToken);

        var error = await Should.ThrowAsync<InvalidRequestException>(() => room.CompareAsync(Options));

        error.Message.ShouldContain($"'{StateFile}', line 3:");
        error.Message.ShouldContain(why);
        (await File.ReadAllTextAsync(StateFile, TestContext.Current.CancellationToken)).ShouldBe(content);
    }

    [Fact]
    public void A_stretch_that_is_told_twice_counts_once()
    {
        var state = new TableState(null!, "t > t");
        state.Read(new StateLine { Ends = [10, 20] });
        state.Read(new StateLine { Equal = [[1, 7], [1, 7]] });
        state.Read(new StateLine { Equal = [[1, 7], [2, 5]] });
        (state.KnownRows, state.IsEqual(0), state.IsEqual(1)).ShouldBe((12, false, true));
    }

    [Fact]
    public async Task What_passed_before_an_interruption_is_not_read_again_and_a_comparison_that_ended_is()
    {
        await using var room = await OpenAsync();
        await File.WriteAllTextAsync(
            StateFile,
            await SubjectAsync(room) + "{\"table\":\"t > t\"," + At + ",\"passed\":{\"source\":\"t\",\"target\":\"t\",\"verdict\":\"Passed\",\"sourceRows\":2,\"targetRows\":2}}\n",
            TestContext.Current.CancellationToken);
        await room.ChangeAsync(room.Target, "update t set v = 'x' where id = 1");

        var resumed = await room.CompareAsync(Options);
        (resumed.Verdict, resumed.Notes.ShouldHaveSingleItem()).ShouldBe((Verdict.Passed, "compared by an earlier, interrupted comparison at 2024-01-02 03:04:05Z, and not again"));
        (await room.CompareAsync(Options)).Verdict.ShouldBe(Verdict.Failed);
        (await room.CompareAsync(Options)).Verdict.ShouldBe(Verdict.Failed);
        File.ReadLines(StateFile).Count().ShouldBe(2, "a file that serves every night does not grow");
    }

    [Fact]
    public async Task A_path_is_the_file_that_it_leads_to_wherever_it_was_written()
    {
        foreach (var directory in new[] { "one", "two" })
        {
            Directory.CreateDirectory(Path.Combine(_directory, directory));
        }

        File.CreateSymbolicLink(Path.Combine(_directory, "two", "link.db"), Path.Combine(_directory, "one", "a.db"));
        await File.WriteAllTextAsync(Path.Combine(_directory, "one", "a.db"), "", TestContext.Current.CancellationToken);
        var one = await IdentityAsync(Endpoint.Parse("sqlite:a.db", Path.Combine(_directory, "one")));

        (await IdentityAsync(Endpoint.Parse("sqlite:a.db", Path.Combine(_directory, "two")))).ShouldNotBe(one);
        (await IdentityAsync(Endpoint.Parse("sqlite:link.db", Path.Combine(_directory, "two")))).ShouldBe(one);
        (await IdentityAsync(Endpoint.Parse("sqlite:${env:DB}", Path.Combine(_directory, "one"), new OneSecret("a.db")))).ShouldBe(one);
        (await IdentityAsync(Endpoint.Parse("sqlite:${env:DB}", Path.Combine(_directory, "one"), new OneSecret("b.db")))).ShouldNotBe(one);
    }

    [Fact]
    public async Task A_server_is_asked_which_database_it_is()
    {
        await using var scratch = new PostgresScratch(cluster);
        var (one, two) = (await IdentityAsync(await scratch.NewAsync("select 1")), await IdentityAsync(await scratch.NewAsync("select 1")));

        one.System.ShouldNotBeNullOrEmpty();
        (one.System == two.System, one.Oid == two.Oid, one.Database == two.Database).ShouldBe((true, false, false));
        one.ToString().ShouldNotContain(PostgresCluster.Password);
    }

    [Fact]
    public async Task A_full_disk_is_told_with_what_to_do_and_the_comparison_goes_on_from_what_was_noted()
    {
        using var disk = SmallDisk.MountOrSkip(1);
        var options = new ComparisonOptions { StateFile = Path.Combine(disk.DirectoryPath, "state") };
        await using var room = await OpenAsync();
        var filler = Path.Combine(disk.DirectoryPath, "filler");
        Should.Throw<IOException>(() => File.WriteAllBytes(filler, new byte[2 << 20]));

        var error = await Should.ThrowAsync<OutputFileException>(() => room.CompareAsync(options));
        error.Message.ShouldBe($"The state file '{options.StateFile}' could not be written: the disk is full. Make room, and start again with the same file.");

        File.Delete(filler);
        (await room.CompareAsync(options)).Verdict.ShouldBe(Verdict.Passed);
    }

    private ComparisonOptions Options => new() { StateFile = StateFile };

    private static Task<ComparisonRoom> OpenAsync() => ComparisonRoom.OpenAsync(new SqliteScratch(), Sql, new SqliteScratch(), Sql);

    private static async Task<string> SubjectAsync(ComparisonRoom room) =>
        "{\"subject\":\"" + await ComparisonSubject.OfAsync(room.Source, room.Target, room.Tables, new ComparisonOptions(), default) + "\"," + At + "}\n";

    private static async Task<DatabaseIdentity> IdentityAsync(Endpoint endpoint)
    {
        await using var database = endpoint.Scheme == "sqlite" ? new SqliteProvider().Open(endpoint) : new PostgresProvider().Open(endpoint);
        return await DatabaseIdentity.OfAsync(database, default);
    }

    private sealed class OneSecret(string value) : ISecretSource
    {
        public string? Find(string kind, string name) => value;
    }
}
