using MigrationTools.Databases.Tests.Fixtures;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Providers;

public sealed class SqliteSnapshotTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static RowQuery Rows => new() { Table = new TableName(null, "t"), Columns = [new ReadColumn("a", new LogicalType(LogicalKind.Int64))] };

    [Fact]
    public async Task In_wal_mode_readers_that_come_later_see_the_same_state_while_writers_go_on()
    {
        await using var file = new SqliteFile();
        await using var writer = await file.Database.OpenSessionAsync(Token);
        await writer.ExecuteAsync("PRAGMA journal_mode = wal; CREATE TABLE t (a); INSERT INTO t VALUES (1)", [], Token);

        await using var before = await file.Database.OpenSnapshotAsync(Token);
        await using var first = await before.ReadAsync(Rows, Token);
        await writer.ExecuteAsync("INSERT INTO t VALUES (2)", [], Token);
        await using var after = await file.Database.OpenSnapshotAsync(Token);

        (await before.AllAsync(Rows)).Count.ShouldBe(1);
        (await before.CountAsync(Rows, Token)).ShouldBe(1);
        (await after.AllAsync(Rows)).Count.ShouldBe(2);
        after.Position.ShouldNotBe(before.Position);
    }

    [Fact]
    public async Task Where_no_log_had_begun_a_write_in_between_is_told_and_not_passed_over()
    {
        await using var file = new SqliteFile();
        await file.Database.ExecuteAsync("PRAGMA journal_mode = wal; CREATE TABLE t (a)");
        await using var snapshot = await file.Database.OpenSnapshotAsync(Token);
        await file.Database.ExecuteAsync("INSERT INTO t VALUES (1)");

        var failure = await Should.ThrowAsync<DatabaseException>(() => snapshot.ReadAsync(Rows, Token));

        failure.Message.ShouldContain("was written while it was read");
    }

    [Fact]
    public async Task With_a_rollback_journal_writers_wait_and_are_told_what_for()
    {
        await using var file = new SqliteFile(new HurriedTime());
        await file.Database.ExecuteAsync("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
        await using var snapshot = await file.Database.OpenSnapshotAsync(Token);

        var failure = await Should.ThrowAsync<DatabaseException>(() => file.Database.ExecuteAsync("INSERT INTO t VALUES (2)"));

        failure.ErrorId.ShouldBe(ErrorIds.EndpointUnavailable);
        failure.Message.ShouldContain("lock");
        (await snapshot.CountAsync(Rows, Token)).ShouldBe(1);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("wal")]
    public async Task Reading_leaves_the_files_bytes_as_they_were(string journal)
    {
        await using var file = new SqliteFile();
        await file.Database.ExecuteAsync($"PRAGMA journal_mode = {journal}; CREATE TABLE t (a); INSERT INTO t VALUES (1); CREATE INDEX i ON t (a); ANALYZE");
        var before = file.Hash();

        await file.Database.GetServerInfoAsync(Token);
        await file.Database.ReadSchemaAsync(Token);
        await using (var snapshot = await file.Database.OpenSnapshotAsync(Token))
        {
            (await snapshot.AllAsync(Rows)).Count.ShouldBe(1);
            (await snapshot.CountAsync(Rows, Token)).ShouldBe(1);
            await snapshot.ScalarAsync("SELECT max(a) FROM t ORDER BY 1", Token);
        }

        file.Hash().ShouldBe(before);
    }

    [Fact]
    public async Task What_a_writer_has_not_yet_moved_into_the_file_is_read_and_left_where_it_is()
    {
        await using var file = new SqliteFile();
        await using var writer = await file.Database.OpenSessionAsync(Token);
        await writer.ExecuteAsync("PRAGMA journal_mode = wal; CREATE TABLE t (a); INSERT INTO t VALUES (1)", [], Token);
        var copy = Path.Combine(file.DirectoryPath, "copy.db");
        File.Copy(file.Path, copy);
        File.Copy(file.Path + "-wal", copy + "-wal");
        var (main, log) = (File.ReadAllBytes(copy), File.ReadAllBytes(copy + "-wal"));
        var database = new MigrationTools.Databases.Sqlite.SqliteProvider().Open(Engine.Endpoints.Endpoint.Parse("sqlite:copy.db", file.DirectoryPath));

        await database.GetServerInfoAsync(Token);
        (await database.ReadAsync(Rows)).Count.ShouldBe(1);

        File.ReadAllBytes(copy).ShouldBe(main);
        File.ReadAllBytes(copy + "-wal").ShouldBe(log);
    }

    [Fact]
    public async Task A_wal_file_in_a_directory_that_can_not_be_written_gets_a_clear_error()
    {
        using var disk = SmallDisk.MountOrSkip(4);
        var database = new MigrationTools.Databases.Sqlite.SqliteProvider().Open(Engine.Endpoints.Endpoint.Parse("sqlite:test.db", disk.DirectoryPath));
        await database.ExecuteAsync("PRAGMA journal_mode = wal; CREATE TABLE t (a)");
        disk.MakeReadOnly();

        var failure = await Should.ThrowAsync<DatabaseException>(() => database.OpenSnapshotAsync(Token));

        failure.Message.ShouldContain("WAL mode");
        (await Should.ThrowAsync<DatabaseException>(() => database.ReadSchemaAsync(Token))).Message.ShouldContain("WAL mode");
    }

    [Fact]
    public async Task A_journal_that_a_crash_left_is_not_ignored()
    {
        await using var file = new SqliteFile();
        await file.Database.ExecuteAsync("CREATE TABLE t (a); INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT randomblob(500) FROM n");
        var copy = Path.Combine(file.DirectoryPath, "copy.db");
        await using (var writer = await file.Database.OpenSessionAsync(Token))
        {
            // A tiny cache makes SQLite write pages, and the journal before them, in the middle of the transaction.
            await writer.ExecuteAsync("PRAGMA cache_size = 1; BEGIN; UPDATE t SET a = randomblob(500)", [], Token);
            File.Copy(file.Path, copy);
            File.Copy(file.Path + "-journal", copy + "-journal");
            await writer.RollbackAsync(Token);
        }

        var database = new MigrationTools.Databases.Sqlite.SqliteProvider().Open(Engine.Endpoints.Endpoint.Parse("sqlite:copy.db", file.DirectoryPath));
        var failure = await Should.ThrowAsync<DatabaseException>(() => database.OpenSnapshotAsync(Token));

        failure.ErrorId.ShouldBe(ErrorIds.ReadOnly);
        failure.Message.ShouldContain("journal");
    }

    [Fact]
    public async Task Sql_that_ends_the_transaction_costs_only_its_own_connection()
    {
        await using var file = new SqliteFile();
        await file.Database.ExecuteAsync("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
        await using var snapshot = await file.Database.OpenSnapshotAsync(Token);

        await snapshot.ScalarAsync("COMMIT", Token);

        (await snapshot.AllAsync(Rows)).Count.ShouldBe(1);
    }
}
