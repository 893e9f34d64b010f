using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Tests.Fixtures;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Providers;

/// <summary>What a server decides: who may come in, what is there, what it counts.</summary>
public sealed class PostgresServerTests(PostgresCluster cluster) : IAsyncLifetime
{
    private PostgresTestDatabase _test = null!;
    private IDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _test = await cluster.CreateDatabaseAsync();
        _database = Open(_test.Uri);
    }

    public async ValueTask DisposeAsync()
    {
        if (_test is not null)
        {
            await _database.DisposeAsync();
            await _test.DisposeAsync();
        }
    }

    private static IDatabase Open(string uri) => new PostgresProvider().Open(Endpoint.Parse(uri, Path.GetTempPath()));

    [Fact]
    public async Task A_unix_socket_leads_in()
    {
        await using var database = Open(cluster.SocketUriOf(_test.Name));

        (await database.GetServerInfoAsync(Token)).Product.ShouldBe("PostgreSQL");
    }

    [Fact]
    public async Task Of_several_hosts_the_first_that_answers_is_taken()
    {
        await using var database = Open(_test.Uri.Replace("@127.0.0.1:", "@127.0.0.1:1,127.0.0.1:", StringComparison.Ordinal));

        (await database.ExistsAsync(Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_it()
    {
        await using var database = Open(cluster.UriOf(_test.Name, password: "wrOng"));

        var failure = await Should.ThrowAsync<DatabaseException>(() => database.GetServerInfoAsync(Token));

        failure.ErrorId.ShouldBe(ErrorIds.AuthenticationFailed);
        failure.ServerCode.ShouldBe("28P01");
        failure.ToString().ShouldNotContain("wrOng");
    }

    [Fact]
    public async Task A_missing_password_is_asked_for()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PGPASSWORD") is null, "PGPASSWORD is set");
        await using var database = Open(cluster.UriOf(_test.Name, password: string.Empty).Replace(":@", "@", StringComparison.Ordinal));

        var failure = await Should.ThrowAsync<DatabaseException>(() => database.GetServerInfoAsync(Token));

        failure.ErrorId.ShouldBe(ErrorIds.AuthenticationFailed);
        failure.Message.ShouldContain("PGPASSWORD");
    }

    [Fact]
    public async Task A_password_may_lie_in_a_passfile()
    {
        var passfile = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(passfile, $"127.0.0.1:*:*:{PostgresCluster.User}:{PostgresCluster.Password.Replace(":", "\\:", StringComparison.Ordinal)}\n", Token);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(passfile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            await using var database = Open(cluster.UriOf(_test.Name, password: string.Empty).Replace(":@", "@", StringComparison.Ordinal) + "?passfile=" + Uri.EscapeDataString(passfile));

            (await database.ExistsAsync(Token)).ShouldBeTrue();
        }
        finally
        {
            File.Delete(passfile);
        }
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_told()
    {
        await using var database = Open("postgresql://u:hidden@127.0.0.1:1/d");

        var failure = await Should.ThrowAsync<DatabaseException>(() => database.OpenSnapshotAsync(Token));

        failure.ErrorId.ShouldBe(ErrorIds.EndpointUnavailable);
        failure.Message.ShouldContain("127.0.0.1:1");
        failure.ToString().ShouldNotContain("hidden");
    }

    [Fact]
    public async Task A_host_without_an_address_is_told()
    {
        await using var database = Open("postgresql://u@host.invalid/d");

        var failure = await Should.ThrowAsync<DatabaseException>(() => database.ExistsAsync(Token));

        failure.ErrorId.ShouldBe(ErrorIds.EndpointUnavailable);
        failure.Message.ShouldContain("host's name");
    }

    [Fact]
    public async Task A_server_without_tls_is_refused_where_proof_is_asked_for()
    {
        await using var database = Open(_test.Uri + "?sslmode=verify-full");

        (await Should.ThrowAsync<DatabaseException>(() => database.ExistsAsync(Token))).ErrorId.ShouldBe(ErrorIds.EndpointUnavailable);
    }

    [Fact]
    public async Task A_database_that_is_not_there_does_not_exist()
    {
        await using var database = Open(cluster.UriOf("no such database"));

        (await database.ExistsAsync(Token)).ShouldBeFalse();
        (await Should.ThrowAsync<DatabaseException>(() => database.OpenSessionAsync(Token))).ServerCode.ShouldBe("3D000");
    }

    [Fact]
    public async Task The_servers_limits_are_told()
    {
        await using var held = await _database.OpenSessionAsync(Token);

        var info = await _database.GetServerInfoAsync(Token);

        info.MaxConnections.ShouldBe(100);
        info.UsedConnections.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_login_without_rights_is_told_what_it_may_know()
    {
        await using (var session = await _database.OpenSessionAsync(Token))
        {
            await session.ExecuteAsync("DO $$ BEGIN CREATE ROLE plain LOGIN PASSWORD 'x'; EXCEPTION WHEN duplicate_object THEN END $$", [], Token);
        }

        await using var plain = Open(cluster.UriOf(_test.Name, "plain", "x"));
        var info = await plain.GetServerInfoAsync(Token);

        info.FreeDiskBytes.ShouldBeNull();
        info.DatabaseBytes.ShouldNotBeNull();
        (await plain.ReadSchemaAsync(Token)).Tables.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_database_that_is_read_only_is_told_before_and_when_it_is_written()
    {
        await _database.ExecuteAsync("CREATE TABLE t (a int)");
        await _database.ExecuteAsync($"ALTER DATABASE {_test.Name} SET default_transaction_read_only = on");

        (await _database.GetServerInfoAsync(Token)).Writable.ShouldBeFalse();
        (await Should.ThrowAsync<DatabaseException>(() => _database.ExecuteAsync("INSERT INTO t VALUES (1)"))).ErrorId.ShouldBe(ErrorIds.ReadOnly);
    }

    [Fact]
    public async Task A_full_disk_is_told_as_one()
    {
        using var disk = SmallDisk.MountOrSkip(8);
        await _database.ExecuteAsync($"CREATE TABLESPACE small LOCATION '{disk.DirectoryOf("postgres")}'");
        try
        {
            await _database.ExecuteAsync("CREATE TABLE t (a bytea) TABLESPACE small; ALTER TABLE t ALTER a SET STORAGE EXTERNAL");
            var table = await _database.TableAsync(new TableName("public", "t"));

            var failure = await Should.ThrowAsync<DatabaseException>(() => _database.WriteAsync(table, [Cell.Blob(new byte[16 * 1024 * 1024])]));

            failure.ErrorId.ShouldBe(ErrorIds.DiskFull);
            failure.IsDataError.ShouldBeFalse();
            (await _database.ReadAsync(table.Query())).ShouldBeEmpty();
        }
        finally
        {
            await _database.ExecuteAsync("DROP TABLE IF EXISTS t");
            await _database.ExecuteAsync("DROP TABLESPACE small");
        }
    }

    [Fact]
    public async Task Rows_that_a_trigger_leaves_out_are_not_counted_as_taken()
    {
        await _database.ExecuteAsync(
            """
            CREATE TABLE t (a int8);
            CREATE FUNCTION skip() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF new.a % 2 = 0 THEN RETURN NULL; END IF; RETURN new; END; $$;
            CREATE TRIGGER skip BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION skip()
            """);
        var table = await _database.TableAsync(new TableName("public", "t"));

        (await _database.WriteAsync(table, [Cell.Int64(1)], [Cell.Int64(2)], [Cell.Int64(3)])).ShouldBe(2);
    }

    [Fact]
    public async Task A_partitioned_table_is_one_table_and_takes_its_rows_apart()
    {
        await _database.ExecuteAsync("CREATE TABLE t (a int8, b text) PARTITION BY RANGE (a); CREATE TABLE low PARTITION OF t FOR VALUES FROM (0) TO (10); CREATE TABLE high PARTITION OF t FOR VALUES FROM (10) TO (20)");
        var schema = await _database.ReadSchemaAsync(Token);

        schema.Tables.Select(table => table.Name.Name).ShouldBe(["t"]);
        schema.Others.Select(other => (other.Kind, other.Name)).ShouldBe([("partition", "public.high"), ("partition", "public.low"), ("partitioned table", "public.t")]);
        (await _database.WriteAsync(schema.Tables[0], [Cell.Int64(1), Cell.Null], [Cell.Int64(11), Cell.Null])).ShouldBe(2);
        (await _database.ReadAsync(schema.Tables[0].Query() with { OrderBy = ["a"] })).ShouldHold([[Cell.Int64(1), Cell.Null], [Cell.Int64(11), Cell.Null]]);
        (await _database.ReadAsync(schema.Tables[0].Query() with { Table = new TableName("public", "high") })).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Rows_of_a_table_that_inherits_are_read_with_that_table_only()
    {
        await _database.ExecuteAsync("CREATE TABLE parent (a int8); CREATE TABLE child () INHERITS (parent); INSERT INTO parent VALUES (1); INSERT INTO child VALUES (2)");
        var parent = await _database.TableAsync(new TableName("public", "parent"));

        (await _database.ReadAsync(parent.Query())).ShouldHold([[Cell.Int64(1)]]);
        await using var snapshot = await _database.OpenSnapshotAsync(Token);
        (await snapshot.CountAsync(parent.Query(), Token)).ShouldBe(1);
        (await _database.ReadSchemaAsync(Token)).Others.ShouldContain(new OtherObject("inheriting table", "public.child", "INHERITS (public.parent)"));
    }

    [Fact]
    public async Task What_a_user_asks_of_a_snapshot_is_compiled_as_the_server_has_it_also_after_rows_were_read()
    {
        await _database.ExecuteAsync("CREATE TABLE t (a int8); INSERT INTO t VALUES (1)");
        var table = await _database.TableAsync(new TableName("public", "t"));
        await using var session = await _database.OpenSessionAsync(Token);
        var usual = (await session.QueryAsync("SHOW jit", [], Token))[0][0];
        await using var snapshot = await _database.OpenSnapshotAsync(Token);

        (await snapshot.AllAsync(table.Query())).Count.ShouldBe(1);

        (await snapshot.ScalarAsync("SHOW jit", Token)).ShouldBe(usual);
        (await snapshot.ScalarAsync("SHOW jit", Token)).ShouldBe(usual);
    }

    [Fact]
    public async Task A_snapshot_sees_no_later_write_and_later_readers_share_it()
    {
        await _database.ExecuteAsync("CREATE TABLE t (a int8); INSERT INTO t VALUES (1)");
        var table = await _database.TableAsync(new TableName("public", "t"));
        await using var snapshot = await _database.OpenSnapshotAsync(Token);
        await _database.ExecuteAsync("INSERT INTO t VALUES (2); UPDATE t SET a = 5 WHERE a = 1");

        (await snapshot.AllAsync(table.Query())).ShouldHold([[Cell.Int64(1)]]);
        await using var one = await snapshot.ReadAsync(table.Query(), Token);
        await using var two = await snapshot.ReadAsync(table.Query(), Token);
        (await snapshot.CountAsync(table.Query(), Token)).ShouldBe(1);
        (await _database.ReadAsync(table.Query())).Count.ShouldBe(2);
        snapshot.Position.ShouldMatch("^snapshot [0-9A-F-]+ at [0-9A-F]+/[0-9A-F]+$");
    }

    [Fact]
    public async Task Sql_that_ends_the_snapshots_transaction_is_an_error()
    {
        await using var snapshot = await _database.OpenSnapshotAsync(Token);

        (await Should.ThrowAsync<DatabaseException>(() => snapshot.ScalarAsync("COMMIT", Token))).Message.ShouldContain("ended the transaction");
        (await snapshot.ScalarAsync("SHOW transaction_read_only", Token)).ShouldBe("on");
    }

    [Fact]
    public async Task A_whole_script_with_bodies_of_routines_runs_as_one()
    {
        await using var session = await _database.OpenSessionAsync(Token);

        await session.ExecuteAsync(
            """
            CREATE TABLE t (a int);
            CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;
            CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS $body$ BEGIN INSERT INTO t VALUES (1); RETURN 3; END; $body$;
            INSERT INTO t VALUES (f()), (g()); -- done
            """,
            [],
            Token);

        (await session.QueryAsync("SELECT a FROM t ORDER BY a", [], Token)).ShouldBe([["1"], ["2"], ["3"]]);
    }

    [Fact]
    public async Task The_kinds_that_the_model_has_no_place_for_are_named()
    {
        await _database.ExecuteAsync(
            """
            CREATE SCHEMA "Other";
            CREATE TYPE "Other".mood AS ENUM ('a', 'b');
            CREATE DOMAIN positive AS int CHECK (VALUE > 0);
            CREATE TYPE pair AS (a int, b text);
            CREATE SEQUENCE free;
            CREATE TABLE t (a int PRIMARY KEY, b int GENERATED ALWAYS AS (a * 2) STORED, r int4range, EXCLUDE USING gist (r WITH &&));
            CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
            CREATE RULE quiet AS ON DELETE TO t DO INSTEAD NOTHING;
            CREATE POLICY mine ON t USING (a > 0);
            CREATE STATISTICS st ON a, b FROM t;
            CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
            CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
            CREATE PUBLICATION pub;
            SELECT lo_create(0)
            """);

        var schema = await _database.ReadSchemaAsync(Token);

        schema.Sequences.ShouldBe(["public.free"]);
        schema.Others.Select(other => $"{other.Kind} {other.Name}").ShouldBe(
            [
                "aggregate public.total(integer)", "composite type public.pair", "domain public.positive", "enum type Other.mood", "exclusion constraint public.t.t_r_excl",
                "extended statistics public.st", "generated column public.t.b", "large objects 1", "materialized view public.m", "procedure public.p()", "publication pub",
                "row security policy public.t.mine", "rule public.t.quiet",
            ]);
        schema.Tables.Single().FindColumn("b")!.Generated.ShouldBeTrue();
    }
}
