using System.Text;
using MigrationTools.Databases.Tests.Fixtures;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Providers;

/// <summary>What SQLite's dynamic types keep, and what would change in them.</summary>
public sealed class SqliteStorageTests : IAsyncLifetime
{
    private readonly SqliteFile _file = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task Cells_are_read_by_their_own_type_whatever_the_column_declares()
    {
        await _file.Database.ExecuteAsync("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (NULL), (1), (1.5), ('text'), (x'00ff'), (''), (x'')");
        var table = await _file.Database.TableAsync(new TableName(null, "t"));

        (await _file.Database.ReadAsync(table.Query())).ShouldHold(
            [[Cell.Null], [Cell.Int64(1)], [Cell.Float64(1.5)], [Cell.Text("text")], [Cell.Blob(0, 255)], [Cell.Text("")], [Cell.Blob()]]);
    }

    [Theory]
    [InlineData("UTF-8")]
    [InlineData("UTF-16le")]
    [InlineData("UTF-16be")]
    public async Task Text_comes_as_utf8_whatever_the_files_encoding(string encoding)
    {
        await _file.Database.ExecuteAsync($"PRAGMA encoding = '{encoding}'; CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('é😀' || char(0) || 'x'), ('')");
        var table = await _file.Database.TableAsync(new TableName(null, "t"));

        (await _file.Database.ReadAsync(table.Query())).ShouldHold([[Cell.Text("é😀\0x")], [Cell.Text("")]]);
        (await _file.Database.GetServerInfoAsync(Token)).Encoding.ShouldBe(encoding);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_come_as_they_are()
    {
        await _file.Database.ExecuteAsync("CREATE TABLE t (a TEXT); INSERT INTO t VALUES (CAST(x'ff41' AS TEXT))");
        var table = await _file.Database.TableAsync(new TableName(null, "t"));

        (await _file.Database.ReadAsync(table.Query())).ShouldHold([[Cell.Of(CellKind.Text, [0xff, 0x41])]]);
    }

    public static TheoryData<string, string> Kept() => new()
    {
        { "TEXT", "007" }, { "TEXT", "1.50" }, { "", "007" }, { "BLOB", "1e5" }, { "STRING", "abc" }, { "STRING", "7" }, { "STRING", "-7" },
        { "INTEGER", "12 monkeys" }, { "DECIMAL(10,2)", "1.5" }, { "REAL", "x" }, { "DATE", "2020-01-01" }, { "UUID", "00112233-4455-6677-8899-aabbccddeeff" },
        { "INTEGER", "0x10" }, { "NUMERIC", "1_000" }, { "NUMERIC", "Infinity" }, { "NUMERIC", "" }, { "NUMERIC", "." }, { "NUMERIC", "1e" }, { "REAL", "- 1" },
    };

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task Text_that_survives_the_columns_affinity_is_written(string declared, string text)
    {
        await _file.Database.ExecuteAsync($"CREATE TABLE t (a {declared})");
        var table = await _file.Database.TableAsync(new TableName(null, "t"));

        await _file.Database.WriteAsync(table, [Cell.Text(text)]);

        await using var snapshot = await _file.Database.OpenSnapshotAsync(Token);
        (await snapshot.ScalarAsync("SELECT a FROM t", Token)).ShouldBe(text);
    }

    public static TheoryData<string, string> Changed() => new()
    {
        { "STRING", "007" }, { "STRING", "+7" }, { "STRING", " 7" }, { "STRING", "7 " }, { "NUMERIC", "1.50" }, { "NUMERIC", "1e5" }, { "INTEGER", "1.0" },
        { "INTEGER", "99999999999999999999" }, { "NUMERIC", "0.1234567890123456789" }, { "REAL", "7" }, { "REAL", "\t1" }, { "NUMERIC", "-0" }, { "NUMERIC", "1." }, { "NUMERIC", ".5" },
    };

    [Theory]
    [MemberData(nameof(Changed))]
    public async Task Text_that_affinity_would_change_is_refused(string declared, string text)
    {
        await _file.Database.ExecuteAsync($"CREATE TABLE t (a {declared})");
        var table = await _file.Database.TableAsync(new TableName(null, "t"));

        var failure = await Should.ThrowAsync<DatabaseException>(() => _file.Database.WriteAsync(table, [Cell.Text(text)]));

        failure.IsDataError.ShouldBeTrue();
        failure.Message.ShouldContain("column a");
    }

    [Fact]
    public async Task Every_text_either_comes_back_or_is_refused()
    {
        // The rule above against SQLite itself, for whatever looks a little like a number.
        string[] parts = ["", "0", "7", "00", "-", "+", ".", "e", "E5", "e-3", " ", "1e300", "9223372036854775807", "9223372036854775808", "0.1", "x", "\n", "\u00a0"];
        await _file.Database.ExecuteAsync("CREATE TABLE t (n NUMERIC, i INTEGER, r REAL)");
        await using var session = await _file.Database.OpenSessionAsync(Token);
        await session.BeginAsync(Token);
        foreach (var text in parts.SelectMany(left => parts.SelectMany(middle => parts.Select(right => left + middle + right))).Distinct())
        {
            var stored = (await session.QueryAsync("INSERT INTO t VALUES ($1, $1, $1) RETURNING n, i, r", [text], Token))[0];
            SqliteAffinityKeeps(text, Databases.Sqlite.SqliteAffinity.Numeric, stored[0]!);
            SqliteAffinityKeeps(text, Databases.Sqlite.SqliteAffinity.Integer, stored[1]!);
            SqliteAffinityKeeps(text, Databases.Sqlite.SqliteAffinity.Real, stored[2]!);
        }
    }

    private static void SqliteAffinityKeeps(string text, Databases.Sqlite.SqliteAffinity affinity, string stored)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var accepted = !Databases.Sqlite.SqliteNumberText.LooksLikeNumber(bytes) || Databases.Sqlite.SqliteNumberText.SurvivesAsNumber(bytes, affinity);
        if (accepted)
        {
            stored.ShouldBe(text, $"'{text}' was accepted for {affinity}");
        }
    }

    public static TheoryData<string, string, string> Decimals() => new()
    {
        { "DECIMAL(10,2)", "1.50", "real 1.5" }, { "DECIMAL(10,2)", "2.00", "integer 2" }, { "NUMERIC", "123456789012345.5", "real" }, { "REAL", "0.1", "real 0.1" },
        { "TEXT", "1.50", "text 1.50" }, { "DECIMAL TEXT(38,10)", "2.00", "text 2.00" }, { "", "1.50", "text 1.50" }, { "", "2", "integer 2" },
        { "NUMERIC", "9223372036854775807", "integer 9223372036854775807" }, { "NUMERIC", "NaN", "text NaN" }, { "REAL", "Infinity", "text Infinity" }, { "INTEGER", "0.5", "real 0.5" },
        { "NUMERIC", "100000000000000000000", "real 1.0e+20" }, { "NUMERIC", "0.00000000000000000000000000001", "real 1.0e-29" },
    };

    [Theory]
    [MemberData(nameof(Decimals))]
    public async Task A_decimal_is_kept_in_a_form_that_gives_it_back(string declared, string number, string stored)
    {
        await _file.Database.ExecuteAsync($"CREATE TABLE t (a {declared})");
        var table = await _file.Database.TableAsync(new TableName(null, "t"));

        await _file.Database.WriteAsync(table, [Cell.Decimal(number)]);

        await using var snapshot = await _file.Database.OpenSnapshotAsync(Token);
        (await snapshot.ScalarAsync("SELECT typeof(a) || ' ' || a FROM t", Token)).ShouldNotBeNull().ShouldStartWith(stored);
    }

    [Theory]
    [InlineData("NUMERIC", "12345678901234567890.5")]
    [InlineData("NUMERIC", "0.12345678901234567890")]
    [InlineData("REAL", "9007199254740993")]
    [InlineData("INTEGER", "9223372036854775809")]
    [InlineData("DECIMAL(10,2)", "1234567890123456789.01")]
    public async Task A_decimal_that_a_float_would_change_is_refused(string declared, string number)
    {
        await _file.Database.ExecuteAsync($"CREATE TABLE t (a {declared})");
        var table = await _file.Database.TableAsync(new TableName(null, "t"));

        (await Should.ThrowAsync<DatabaseException>(() => _file.Database.WriteAsync(table, [Cell.Decimal(number)]))).IsDataError.ShouldBeTrue();
    }

    [Theory]
    [InlineData(9007199254740993, true)]
    [InlineData(long.MaxValue, true)]
    [InlineData(long.MinValue, false)]
    [InlineData(9007199254740992, false)]
    public async Task A_whole_number_that_a_float_would_change_is_refused(long number, bool refused)
    {
        await _file.Database.ExecuteAsync("CREATE TABLE t (a REAL)");
        var table = await _file.Database.TableAsync(new TableName(null, "t"));

        var writing = _file.Database.WriteAsync(table, [Cell.Int64(number)]);

        if (refused)
        {
            (await Should.ThrowAsync<DatabaseException>(() => writing)).IsDataError.ShouldBeTrue();
            return;
        }

        await writing;
        await using var snapshot = await _file.Database.OpenSnapshotAsync(Token);
        (await snapshot.ScalarAsync("SELECT CAST(a AS INTEGER) FROM t", Token)).ShouldBe(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_strict_tables_columns_refuse_what_they_do_not_take()
    {
        await _file.Database.ExecuteAsync("CREATE TABLE t (a INTEGER, b ANY) STRICT");
        var table = await _file.Database.TableAsync(new TableName(null, "t"));

        await _file.Database.WriteAsync(table, [Cell.Int64(1), Cell.Text("007")]);

        (await _file.Database.ReadAsync(table.Query())).ShouldHold([[Cell.Int64(1), Cell.Text("007")]]);
        (await Should.ThrowAsync<DatabaseException>(() => _file.Database.WriteAsync(table, [Cell.Text("x"), Cell.Null]))).IsDataError.ShouldBeTrue();
    }

    [Fact]
    public async Task A_full_file_is_told_as_a_full_disk()
    {
        await _file.Database.ExecuteAsync("CREATE TABLE t (a BLOB)");
        var table = await _file.Database.TableAsync(new TableName(null, "t"));
        await using var session = await _file.Database.OpenSessionAsync(Token);
        await session.ExecuteAsync("PRAGMA max_page_count = 10", [], Token);
        await session.BeginAsync(Token);

        var failure = await Should.ThrowAsync<DatabaseException>(async () =>
        {
            await using var writer = await session.WriteAsync(table.Name, table.Columns, Token);
            await writer.WriteAsync(DatabaseRows.Batch([Cell.Blob(new byte[100_000])]), 0, 1, Token);
        });
        await session.RollbackAsync(Token);

        failure.ErrorId.ShouldBe(ErrorIds.DiskFull);
        (await session.QueryAsync("SELECT count(*) FROM t", [], Token)).ShouldBe([["0"]]);
    }

    [Fact]
    public async Task A_full_disk_is_told_as_one()
    {
        using var disk = SmallDisk.MountOrSkip(1);
        var database = new Databases.Sqlite.SqliteProvider().Open(Engine.Endpoints.Endpoint.Parse("sqlite:full.db", disk.DirectoryPath));
        await database.ExecuteAsync("CREATE TABLE t (a BLOB)");

        var failure = await Should.ThrowAsync<DatabaseException>(() => database.ExecuteAsync("INSERT INTO t VALUES (zeroblob(3000000))"));

        failure.ErrorId.ShouldBe(ErrorIds.DiskFull);
        (await database.GetServerInfoAsync(Token)).FreeDiskBytes.ShouldNotBeNull().ShouldBeLessThan(1024 * 1024);
    }

    [Fact]
    public async Task A_read_only_file_is_told_before_anything_is_written()
    {
        using var disk = SmallDisk.MountOrSkip(1);
        var database = new Databases.Sqlite.SqliteProvider().Open(Engine.Endpoints.Endpoint.Parse("sqlite:ro.db", disk.DirectoryPath));
        await database.ExecuteAsync("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
        disk.MakeReadOnly();

        (await database.GetServerInfoAsync(Token)).Writable.ShouldBeFalse();
        (await Should.ThrowAsync<DatabaseException>(() => database.OpenSessionAsync(Token))).ErrorId.ShouldBe(ErrorIds.ReadOnly);
        (await database.ReadAsync((await database.TableAsync(new TableName(null, "t"))).Query())).ShouldHold([[Cell.Int64(1)]]);
    }

    [Fact]
    public async Task What_is_not_a_database_is_told_as_such()
    {
        await File.WriteAllTextAsync(_file.Path, "id,name\n1,ann\n" + new string('x', 2000), Token);

        (await Should.ThrowAsync<DatabaseException>(() => _file.Database.ReadSchemaAsync(Token))).Message.ShouldContain("not a SQLite database");
        (await Should.ThrowAsync<DatabaseException>(() => _file.Database.OpenSnapshotAsync(Token))).Message.ShouldContain("not a SQLite database");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_made_by_reading()
    {
        var failure = await Should.ThrowAsync<DatabaseException>(() => _file.Database.OpenSnapshotAsync(Token));

        failure.ErrorId.ShouldBe(ErrorIds.EndpointUnavailable);
        failure.Message.ShouldContain("does not exist");
        (await _file.Database.ExistsAsync(Token)).ShouldBeFalse();
        File.Exists(_file.Path).ShouldBeFalse();
    }

    [Fact]
    public async Task A_locked_file_is_waited_for_and_then_told()
    {
        await using var file = new SqliteFile(new HurriedTime());
        await file.Database.ExecuteAsync("CREATE TABLE t (a)");
        await using var holder = await file.Database.OpenSessionAsync(Token);
        await holder.BeginAsync(Token);
        await using var other = await file.Database.OpenSessionAsync(Token);

        var failure = await Should.ThrowAsync<DatabaseException>(() => other.BeginAsync(Token));

        failure.ErrorId.ShouldBe(ErrorIds.EndpointUnavailable);
        failure.Message.ShouldContain("lock");
    }

    [Fact]
    public async Task Waiting_for_a_lock_can_be_cancelled()
    {
        await _file.Database.ExecuteAsync("CREATE TABLE t (a)");
        await using var holder = await _file.Database.OpenSessionAsync(Token);
        await holder.BeginAsync(Token);
        await using var other = await _file.Database.OpenSessionAsync(Token);
        using var cancellation = new CancellationTokenSource();

        var waiting = other.BeginAsync(cancellation.Token);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }
}
