using System.Diagnostics;
using MigrationTools.Databases.Backups;
using MigrationTools.Databases.Tests.Readiness;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Backups;

public sealed class PostgresBackupTests(PostgresCluster cluster) : ReadinessTests(cluster)
{
    private const string Shop = """
        create schema sales;
        create table users (id int primary key, name text);
        create table sales.orders (id int primary key, user_id int references users);
        create publication everything for all tables;
        insert into users values (1, 'a'), (2, 'b'); insert into sales.orders values (1, 1)
        """;

    private string BackupPath => Path.Combine(Place, "shop backup.dump");

    [Theory]
    [InlineData("custom", BackupFormat.PostgresCustom)]
    [InlineData("directory", BackupFormat.PostgresDirectory)]
    [InlineData("tar", BackupFormat.PostgresTar)]
    public async Task A_whole_archive_is_verified_and_restored_and_nothing_is_left(string format, BackupFormat known)
    {
        var live = await PostgresAsync(Shop);
        await DumpAsync(live, format);

        var result = await VerifyAsync(live, BackupProof.Restored);

        result.Verdict.ShouldBe(Verdict.Passed, result.Message);
        (result.Reached, result.Format).ShouldBe((BackupProof.Restored, known));
        result.Message.ShouldStartWith("restored, it holds the 2 tables and 3 rows that its system has now; pg_restore read all of it (");
        result.Evidence.ShouldContain(evidence => evidence.Source.StartsWith("pg_restore --list ", StringComparison.Ordinal) && evidence.Observed!.EndsWith(" entries", StringComparison.Ordinal));
        result.Evidence.ShouldAllBe(evidence => !evidence.ToString().Contains(PostgresCluster.Password, StringComparison.Ordinal) && !evidence.ToString().Contains("p%40ss", StringComparison.Ordinal));
        (await ScratchDatabasesAsync()).ShouldBe("0");
    }

    [Fact]
    public async Task An_archive_that_was_cut_off_is_not_verified()
    {
        var live = await PostgresAsync(Shop + "; insert into users select n, md5(n::text) from generate_series(10, 5000) n");
        await DumpAsync(live, "custom");
        await using (var file = File.OpenWrite(BackupPath))
        {
            file.SetLength(file.Length - 1000);
        }

        var result = await VerifyAsync(live, BackupProof.Verified);

        (result.Verdict, result.Reached).ShouldBe((Verdict.Failed, BackupProof.Declared));
        result.Message.ShouldContain("pg_restore failed");
        result.Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task An_archive_of_a_newer_program_is_inconclusive()
    {
        var live = await PostgresAsync(Shop);
        await DumpAsync(live, "custom");
        await using (var file = File.OpenWrite(BackupPath))
        {
            // After the magic PGDMP: version 1, minor version.
            file.Seek(6, SeekOrigin.Begin);
            file.WriteByte(99);
        }

        var result = await VerifyAsync(live, BackupProof.Verified);

        (result.Verdict, result.Reached).ShouldBe((Verdict.Inconclusive, BackupProof.Declared), result.Message);
    }

    [Fact]
    public async Task An_archive_that_lacks_rows_of_the_live_side_is_verified_and_not_restored()
    {
        var live = await PostgresAsync(Shop);
        await DumpAsync(live, "custom");
        await RunAsync(live, "insert into sales.orders values (2, 2)");

        var result = await VerifyAsync(live, BackupProof.Restored);

        (result.Verdict, result.Reached).ShouldBe((Verdict.Failed, BackupProof.Verified));
        result.Message.ShouldContain("sales.orders has 1 rows, the live side 2");
        (await ScratchDatabasesAsync()).ShouldBe("0");
    }

    [Fact]
    public async Task An_archive_with_as_many_rows_and_other_values_is_not_restored()
    {
        var live = await PostgresAsync(Shop);
        await DumpAsync(live, "custom");
        await RunAsync(live, "update users set name = 'B' where id = 2");

        (await VerifyAsync(live, BackupProof.Restored)).Message.ShouldContain("public.users has other values in its 2 rows");
    }

    [Fact]
    public async Task An_archive_with_all_rows_that_lacks_an_index_and_a_view_is_not_restored()
    {
        var live = await PostgresAsync(Shop);
        await DumpAsync(live, "custom");
        await RunAsync(live, "create index by_name on users (name); create view sales.names as select name from users");

        var result = await VerifyAsync(live, BackupProof.Restored);

        (result.Verdict, result.Reached).ShouldBe((Verdict.Failed, BackupProof.Verified), result.Message);
        result.Message.ShouldContain("in another structure: index by_name of public.users is missing; view sales.names is missing");
    }

    [Fact]
    public async Task An_archive_of_much_structure_restores_to_the_same()
    {
        var live = await PostgresAsync("""
            create type mood as enum ('sad', 'ok'); create domain positive as int check (value > 0); create sequence numbers start 7;
            create table users (id int generated always as identity primary key, name text not null default 'x' check (length(name) > 0), mood mood, age positive, unique (name, mood));
            create table orders (id serial primary key, user_id int references users on delete cascade deferrable, placed date) partition by range (id);
            create table orders_low partition of orders for values from (0) to (100);
            create index by_lower on users (lower(name)) where mood is not null; create materialized view adults as select * from users where age > 17;
            create function touch() returns trigger language plpgsql as 'begin return new; end'; create trigger touched before update on users for each row execute function touch();
            insert into users (name, mood, age) values ('a', 'ok', 20)
            """);
        await DumpAsync(live, "custom");

        var result = await VerifyAsync(live, BackupProof.Restored);

        result.Verdict.ShouldBe(Verdict.Passed, result.Message);
        result.Evidence.ShouldContain(evidence => evidence.Source == "structure, restored" && evidence.Observed == evidence.Expected);
    }

    [Fact]
    public async Task A_condition_that_the_server_writes_in_other_words_after_a_dump_is_the_same()
    {
        var live = await PostgresAsync("""
            create table users (id int primary key, kind varchar(9) check (kind in ('a', 'b')), pad char(3) check (pad <> 'x' or kind not in ('c', 'd')));
            create view few as select id from users where kind in ('a', 'b'); create index fewer on users (id) where kind in ('a', 'b')
            """);
        await DumpAsync(live, "custom");

        var result = await VerifyAsync(live, BackupProof.Restored);

        result.Verdict.ShouldBe(Verdict.Passed, result.Message);
    }

    [Fact]
    public async Task A_condition_that_is_another_than_in_the_archive_is_inconclusive()
    {
        var live = await PostgresAsync("create table users (id int primary key, kind varchar(9) constraint known check (kind in ('a', 'b')))");
        await DumpAsync(live, "custom");
        await RunAsync(live, "alter table users drop constraint known, add constraint known check (kind in ('a', 'c'))");

        var result = await VerifyAsync(live, BackupProof.Restored);

        result.Verdict.ShouldBe(Verdict.Inconclusive);
        result.Message.ShouldContain("check known of public.users is made otherwise");
    }

    [Fact]
    public async Task An_archive_that_does_not_restore_fails_and_nothing_is_left()
    {
        var live = await PostgresAsync("create table a (id int); insert into a values (1)");
        await DumpAsync(live, "custom", "--data-only");

        var result = await VerifyAsync(live, BackupProof.Restored);

        (result.Verdict, result.Reached).ShouldBe((Verdict.Failed, BackupProof.Verified));
        result.Message.ShouldContain("pg_restore failed");
        (await ScratchDatabasesAsync()).ShouldBe("0");
    }

    [Fact]
    public async Task A_login_that_may_not_create_databases_is_inconclusive_and_never_passes_at_a_lower_level()
    {
        var live = await PostgresAsync(Shop);
        await DumpAsync(live, "custom");

        var result = await VerifyAsync(await AsStrangerAsync(live), BackupProof.Restored);

        (result.Verdict, result.Reached).ShouldBe((Verdict.Inconclusive, BackupProof.Verified));
        result.Remedy!.ShouldContain("CREATEDB");
    }

    [Fact]
    public async Task Without_pg_restore_it_is_inconclusive()
    {
        var live = await PostgresAsync(Shop);
        await DumpAsync(live, "custom");

        var result = await VerifyAsync(live, BackupProof.Verified, new PostgresPrograms { Directory = Place });

        (result.Verdict, result.Reached).ShouldBe((Verdict.Inconclusive, BackupProof.Declared));
        result.Remedy!.ShouldContain("Install PostgreSQL's client programs");
    }

    [Fact]
    public async Task An_archive_beside_a_live_side_of_another_engine_is_inconclusive()
    {
        await DumpAsync(await PostgresAsync(Shop), "custom");

        (await VerifyAsync(await SqliteAsync(), BackupProof.Restored)).Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public async Task A_live_side_that_is_not_there_is_an_error()
    {
        await DumpAsync(await PostgresAsync(Shop), "custom");

        (await VerifyAsync(Endpoint.Parse(Cluster.UriOf("nowhere"), "/"), BackupProof.Restored)).Verdict.ShouldBe(Verdict.Error);
    }

    [Fact]
    public async Task A_cancelled_restore_leaves_no_scratch_database()
    {
        var live = await PostgresAsync(Shop);
        await DumpAsync(live, "custom");
        using var cancel = new CancellationTokenSource();
        var opened = 0;
        var catalog = new DatabaseCatalog([new CountingProvider(() =>
        {
            // The third time the server is asked is to count the restored rows: the scratch database is there by then.
            if (++opened == 3)
            {
                cancel.Cancel();
            }
        })]);

        await Should.ThrowAsync<OperationCanceledException>(() =>
            new BackupVerification(catalog, TimeProvider.System, Programs).VerifyAsync(Request(live, BackupProof.Restored), SilentObserver.Instance, cancel.Token));

        opened.ShouldBeGreaterThan(3);
        (await ScratchDatabasesAsync()).ShouldBe("0");
    }

    private static PostgresPrograms Programs => new() { Directory = PostgresBinaries.Find() };

    private async Task<string?> ScratchDatabasesAsync()
    {
        await using var database = Catalog.Open(Endpoint.Parse(Cluster.UriOf("postgres"), "/"));
        await using var snapshot = await database.OpenSnapshotAsync(default);
        return await snapshot.ScalarAsync($"select count(*) from pg_database where datname like 'migrationtools\\_restore%'", default);
    }

    private async Task DumpAsync(Endpoint live, string format, params string[] more)
    {
        var start = new ProcessStartInfo(PostgresBinaries.Program(PostgresBinaries.Find()!, "pg_dump"))
        {
            ArgumentList = { "--format", format, "--file", BackupPath, "--dbname", live.Reveal() },
            RedirectStandardError = true,
        };
        foreach (var argument in more)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, error);
    }

    private Task<BackupResult> VerifyAsync(Endpoint live, BackupProof proof, PostgresPrograms? programs = null) =>
        new BackupVerification(Catalog, TimeProvider.System, programs ?? Programs).VerifyAsync(Request(live, proof), SilentObserver.Instance, default);

    private BackupRequest Request(Endpoint live, BackupProof proof) => new()
    {
        Backup = new BackupSpec { System = "shop", File = BackupPath, Proof = proof },
        System = new DatabaseSystemSpec { Name = "shop", Source = live, Target = NoFile },
    };

    private sealed class CountingProvider(Action opening) : IDatabaseProvider
    {
        private readonly Databases.Postgres.PostgresProvider _inner = new();

        public IReadOnlyList<string> Schemes => _inner.Schemes;

        public IDatabase Open(Endpoint endpoint)
        {
            opening();
            return _inner.Open(endpoint);
        }
    }
}
