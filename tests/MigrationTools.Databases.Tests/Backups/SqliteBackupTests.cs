using System.Diagnostics;
using MigrationTools.Databases.Backups;
using MigrationTools.Databases.Tests.Readiness;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Backups;

public sealed class SqliteBackupTests(PostgresCluster cluster) : ReadinessTests(cluster)
{
    private const string Shop = "create table users (id integer primary key, name text); create table orders (id integer primary key, user_id integer); insert into users values (1, 'a'), (2, 'b'); insert into orders values (1, 1);";

    private string BackupPath => Path.Combine(Place, "odd name #1 ?%20.db");

    [Theory]
    [InlineData(BackupProof.Declared)]
    [InlineData(BackupProof.Verified)]
    [InlineData(BackupProof.Restored)]
    public async Task A_whole_backup_passes_at_every_level(BackupProof proof)
    {
        var live = await BackedUpAsync();

        var result = await VerifyAsync(live, proof);

        result.Verdict.ShouldBe(Verdict.Passed, result.Message);
        (result.Reached, result.Format).ShouldBe((proof, BackupFormat.SqliteFile));
        result.Remedy.ShouldBeNull();
        result.Evidence.Count.ShouldBe(proof switch { BackupProof.Declared => 2, BackupProof.Verified => 3, _ => 6 });
        result.ToCheck().Id.ShouldBe("backup:shop.source");
    }

    [Fact]
    public async Task A_restored_backup_shows_the_rows_of_each_table_beside_those_of_the_live_side()
    {
        var result = await VerifyAsync(await BackedUpAsync(), BackupProof.Restored);

        result.Evidence.TakeLast(2).Select(evidence => (evidence.Observed, evidence.Expected)).ShouldAllBe(pair => pair.Observed == pair.Expected);
        result.Evidence.TakeLast(2).Select(evidence => evidence.Observed![..6]).ShouldBe(["1 rows", "2 rows"]);
        result.Message.ShouldStartWith("restored, it holds the 2 tables and 3 rows that its system has now");
    }

    [Fact]
    public async Task A_backup_that_is_not_there_fails()
    {
        var result = await VerifyAsync(await SqliteAsync(Shop), BackupProof.Declared);

        (result.Verdict, result.Reached, result.Bytes).ShouldBe((Verdict.Failed, null, null));
        result.Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_backup_from_after_now_has_no_age_and_proves_nothing_of_it()
    {
        var live = await BackedUpAsync();
        File.SetLastWriteTimeUtc(BackupPath, DateTime.UtcNow.AddHours(3));

        var result = await VerifyAsync(live, BackupProof.Declared, TimeSpan.FromHours(24));

        result.Verdict.ShouldBe(Verdict.Inconclusive);
        result.Message.ShouldContain("one of the clocks is wrong, so its age is not known");
        (await VerifyAsync(live, BackupProof.Declared)).Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task An_empty_backup_fails()
    {
        await File.WriteAllTextAsync(BackupPath, "");

        var result = await VerifyAsync(await SqliteAsync(Shop), BackupProof.Restored);

        (result.Verdict, result.Reached).ShouldBe((Verdict.Failed, null));
        result.Message.ShouldContain("is empty");
    }

    [Fact]
    public async Task A_backup_that_is_too_old_fails_and_a_younger_one_passes()
    {
        var live = await BackedUpAsync();
        File.SetLastWriteTimeUtc(BackupPath, DateTime.UtcNow.AddHours(-25));

        var old = await VerifyAsync(live, BackupProof.Declared, TimeSpan.FromHours(24));
        var young = await VerifyAsync(live, BackupProof.Declared, TimeSpan.FromHours(26));

        (old.Verdict, old.Reached).ShouldBe((Verdict.Failed, null));
        old.Message.ShouldBe("the backup is 25 h old, older than 24 h");
        young.Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task A_damaged_backup_is_declared_and_not_verified()
    {
        var live = await BackedUpAsync();
        await using (var file = File.OpenWrite(BackupPath))
        {
            file.Seek(4096, SeekOrigin.Begin);
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 4096).ToArray());
        }

        var declared = await VerifyAsync(live, BackupProof.Declared);
        var result = await VerifyAsync(live, BackupProof.Restored);

        declared.Verdict.ShouldBe(Verdict.Passed);
        (result.Verdict, result.Reached).ShouldBe((Verdict.Failed, BackupProof.Declared));
        result.Message.ShouldStartWith("verified is not proved: ");
    }

    [Fact]
    public async Task A_backup_that_was_cut_off_is_not_verified()
    {
        var live = await BackedUpAsync();
        await using (var file = File.OpenWrite(BackupPath))
        {
            file.SetLength(file.Length - 4096);
        }

        (await VerifyAsync(live, BackupProof.Verified)).Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public async Task A_backup_that_lacks_rows_of_the_live_side_is_verified_and_not_restored()
    {
        var live = await BackedUpAsync();
        await RunAsync(live, "insert into orders values (2, 1), (3, 1)");

        var result = await VerifyAsync(live, BackupProof.Restored);

        (result.Verdict, result.Reached).ShouldBe((Verdict.Failed, BackupProof.Verified));
        result.Message.ShouldContain("orders has 1 rows, the live side 3");
        result.Remedy.ShouldNotBeNullOrEmpty();
        (await VerifyAsync(live, BackupProof.Verified)).Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task A_backup_with_as_many_rows_and_other_values_is_not_restored()
    {
        var live = await BackedUpAsync();
        await RunAsync(live, "update users set name = 'B' where id = 2");

        var result = await VerifyAsync(live, BackupProof.Restored);

        (result.Verdict, result.Reached).ShouldBe((Verdict.Failed, BackupProof.Verified));
        result.Message.ShouldContain("users has other values in its 2 rows");
    }

    [Fact]
    public async Task A_backup_that_lacks_a_table_or_has_another_is_not_restored()
    {
        var live = await BackedUpAsync();
        await RunAsync(live, "create table visits (id integer); drop table orders");

        var result = await VerifyAsync(live, BackupProof.Restored);

        result.Verdict.ShouldBe(Verdict.Failed);
        result.Message.ShouldContain("orders is not a table of the live side; visits is missing (0 rows)");
    }

    [Theory]
    [InlineData(BackupProof.Declared)]
    [InlineData(BackupProof.Restored)]
    public async Task The_live_database_is_no_backup_of_itself(BackupProof proof)
    {
        var live = await SqliteAsync(Shop);

        var result = await VerifyAsync(live, proof, file: PathOf(live));

        (result.Verdict, result.Reached).ShouldBe((Verdict.Failed, null));
        result.Message.ShouldBe($"{PathOf(live)} is the live database itself, not a backup of it");
        result.Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_symbolic_link_to_the_live_database_is_no_backup_of_it()
    {
        var live = await SqliteAsync(Shop);
        File.CreateSymbolicLink(BackupPath, PathOf(live));

        (await VerifyAsync(live, BackupProof.Restored)).Message.ShouldBe($"{BackupPath} is the live database itself, not a backup of it");
    }

    [Fact]
    public async Task A_hard_link_to_the_live_database_is_no_backup_of_it()
    {
        var live = await SqliteAsync(Shop);
        HardLink(PathOf(live), BackupPath);

        (await VerifyAsync(live, BackupProof.Restored)).Message.ShouldBe($"{BackupPath} is the live database itself, not a backup of it");
    }

    [Fact]
    public async Task A_link_to_a_backup_is_as_old_and_as_large_as_the_backup()
    {
        var live = await BackedUpAsync();
        var link = Path.Combine(Place, "latest.db");
        File.CreateSymbolicLink(link, BackupPath);
        var whole = await VerifyAsync(live, BackupProof.Restored, TimeSpan.FromHours(24), link);
        File.SetLastWriteTimeUtc(BackupPath, DateTime.UtcNow.AddHours(-25));

        var old = await VerifyAsync(live, BackupProof.Declared, TimeSpan.FromHours(24), link);

        (whole.Verdict, whole.Bytes).ShouldBe((Verdict.Passed, new FileInfo(BackupPath).Length));
        old.Message.ShouldBe("the backup is 25 h old, older than 24 h");
    }

    [Theory]
    [InlineData("create index ix_name on users (name)", "index ix_name of users is missing")]
    [InlineData("create view names as select name from users", "view names is missing")]
    [InlineData("create trigger once after insert on users begin select 1; end", "trigger once is missing")]
    [InlineData("drop table orders; create table orders (id integer primary key, user_id integer references users); insert into orders values (1, 1)", "foreign key of orders (user_id) is missing")]
    [InlineData("drop table orders; create table orders (id integer primary key, user_id integer not null); insert into orders values (1, 1)", "column user_id of orders is made otherwise")]
    public async Task A_backup_with_all_rows_that_lacks_some_of_the_structure_is_not_restored(string sql, string difference)
    {
        var live = await BackedUpAsync();
        await RunAsync(live, sql);

        var result = await VerifyAsync(live, BackupProof.Restored);

        (result.Verdict, result.Reached).ShouldBe((Verdict.Failed, BackupProof.Verified), result.Message);
        result.Message.ShouldContain($"it holds the rows that its system has now, in another structure: {difference}");
        result.Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_backup_that_has_an_index_more_is_not_restored()
    {
        var live = await SqliteAsync(Shop + "create index ix_name on users (name);");
        await RunAsync(live, $"vacuum into '{BackupPath}'");
        await RunAsync(live, "drop index ix_name");

        (await VerifyAsync(live, BackupProof.Restored)).Message.ShouldContain("index ix_name of users is not on the live side");
    }

    [Fact]
    public async Task A_live_side_without_tables_says_nothing()
    {
        await BackedUpAsync();

        (await VerifyAsync(await SqliteAsync("pragma user_version = 1"), BackupProof.Restored)).Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public async Task A_live_side_that_is_not_there_is_an_error()
    {
        await BackedUpAsync();

        var result = await VerifyAsync(NoFile, BackupProof.Restored);

        (result.Verdict, result.Reached).ShouldBe((Verdict.Error, null));
        result.Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_live_side_of_another_engine_is_inconclusive()
    {
        await BackedUpAsync();

        var result = await VerifyAsync(await PostgresAsync(), BackupProof.Restored);

        (result.Verdict, result.Reached).ShouldBe((Verdict.Inconclusive, BackupProof.Verified));
    }

    [Fact]
    public async Task A_file_that_is_nothing_known_is_inconclusive_and_never_taken_for_verified()
    {
        await File.WriteAllBytesAsync(BackupPath, [0x1f, 0x8b, 8, 0, 1, 2, 3]);
        var live = await SqliteAsync(Shop);

        var result = await VerifyAsync(live, BackupProof.Verified);

        (result.Verdict, result.Reached, result.Format).ShouldBe((Verdict.Inconclusive, BackupProof.Declared, BackupFormat.Unknown));
        result.Remedy.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t(id);\nCOMMIT;\n", BackupFormat.SqliteSql, Verdict.Inconclusive)]
    [InlineData("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t(id);\nINSERT IN", BackupFormat.SqliteSql, Verdict.Failed)]
    [InlineData("--\n-- PostgreSQL database dump\n--\n\nCREATE TABLE t(id int);\n\n--\n-- PostgreSQL database dump complete\n--\n", BackupFormat.PostgresSql, Verdict.Inconclusive)]
    [InlineData("--\n-- PostgreSQL database dump\n--\n\nCREATE TABLE t(i", BackupFormat.PostgresSql, Verdict.Failed)]
    public async Task A_dump_in_sql_is_known_and_a_torn_one_fails(string text, BackupFormat format, Verdict verdict)
    {
        await File.WriteAllTextAsync(BackupPath, text);

        var result = await VerifyAsync(await SqliteAsync(Shop), BackupProof.Restored);

        (result.Format, result.Verdict, result.Reached).ShouldBe((format, verdict, BackupProof.Declared));
    }

    [Fact]
    public async Task A_backup_with_a_log_beside_it_is_restored_with_it()
    {
        var live = await SqliteAsync(Shop);
        await RunAsync(live, "pragma journal_mode = wal");
        await using var database = Catalog.Open(live);
        await using var writer = await database.OpenSessionAsync(default);
        await writer.ExecuteAsync("insert into orders values (2, 2)", [], default);
        var path = PathOf(live);
        File.Copy(path, BackupPath);
        File.Copy(path + "-wal", BackupPath + "-wal");

        var result = await VerifyAsync(live, BackupProof.Restored);

        result.Verdict.ShouldBe(Verdict.Passed, result.Message);
    }

    [Fact]
    public async Task The_check_asks_only_where_the_spec_wants_a_backup()
    {
        var check = new BackupCheck(new BackupVerification(Catalog, TimeProvider.System), TimeProvider.System);
        var live = await BackedUpAsync();
        var backup = new BackupSpec { System = "shop", File = BackupPath, Proof = BackupProof.Restored };

        (await AskAsync(check, Spec(live, NoFile))).ShouldBeEmpty();
        (await AskAsync(check, Spec(live, NoFile, new ReadinessSpec { Backup = backup }), "backup:shop.source")).Verdict.ShouldBe(Verdict.Passed);
        (await AskAsync(check, Spec(live, NoFile, new ReadinessSpec { Backup = backup with { File = BackupPath + ".old" } }), "backup:shop.source")).Verdict.ShouldBe(Verdict.Failed);
        (await AskAsync(check, Spec(live, NoFile, new ReadinessSpec { Backup = backup with { System = "elsewhere" } }), "backup:elsewhere.source")).Verdict.ShouldBe(Verdict.Error);
        (await AskAsync(check, Spec(live, NoFile, Skipping("backup:*") with { Backup = backup with { File = "/no/such" } }), "backup:shop.source")).Verdict.ShouldBe(Verdict.Skipped);
    }

    private static string PathOf(Endpoint live) => Path.Combine(live.BaseDirectory, live.Reveal()["sqlite:".Length..]);

    private static void HardLink(string existing, string link)
    {
        using var made = Process.Start(OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe") { ArgumentList = { "/c", "mklink", "/H", link, existing } }
            : new ProcessStartInfo("ln") { ArgumentList = { existing, link } })!;
        made.WaitForExit();
        made.ExitCode.ShouldBe(0);
    }

    private async Task<Endpoint> BackedUpAsync()
    {
        var live = await SqliteAsync(Shop);
        await RunAsync(live, $"vacuum into '{BackupPath}'");
        return live;
    }

    private Task<BackupResult> VerifyAsync(Endpoint live, BackupProof proof, TimeSpan? maxAge = null, string? file = null) =>
        new BackupVerification(Catalog, TimeProvider.System).VerifyAsync(
            new BackupRequest
            {
                Backup = new BackupSpec { System = "shop", File = file ?? BackupPath, Proof = proof, MaxAge = maxAge },
                System = new DatabaseSystemSpec { Name = "shop", Source = live, Target = NoFile },
            },
            SilentObserver.Instance,
            default);
}
