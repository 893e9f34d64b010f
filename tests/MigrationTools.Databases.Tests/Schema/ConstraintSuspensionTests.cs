using System.Text.Json;
using MigrationTools.Databases.Schema;
using MigrationTools.Databases.Tests.Copying;
using MigrationTools.Databases.Tests.Providers;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Schema;

public sealed class ConstraintSuspensionTests(PostgresCluster cluster)
{
    private const string Tables =
        """
        CREATE TABLE parent (id int CONSTRAINT parent_id PRIMARY KEY, code text, "odd ""name" int, UNIQUE (code) DEFERRABLE INITIALLY DEFERRED);
        CREATE TABLE child (a int, b int, p int CONSTRAINT "to parent" REFERENCES parent ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, c text, PRIMARY KEY (b, a));
        CREATE TABLE outsider (id int PRIMARY KEY, p int REFERENCES parent MATCH FULL, v int);
        ALTER TABLE outsider ADD CONSTRAINT unchecked FOREIGN KEY (v) REFERENCES parent NOT VALID;
        CREATE UNIQUE INDEX child_lower ON child (lower(c) DESC NULLS LAST, a) INCLUDE (p) WHERE c IS NOT NULL;
        CREATE INDEX parent_odd ON parent USING hash ("odd ""name");
        """;

    // Everything that PostgreSQL keeps about constraints and indexes, in its own words.
    private const string Everything =
        """
        SELECT conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated, condeferrable, condeferred FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL
        SELECT indrelid::regclass, indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid, indisprimary, indisunique FROM pg_index WHERE indrelid::regclass::text IN ('parent', 'child', 'outsider')
        ORDER BY 1, 2, 3
        """;

    [Fact]
    public async Task Everything_comes_back_exactly_from_its_journal()
    {
        await using var room = new CopyRoom(cluster);
        var target = await room.OpenAsync("postgresql", Tables);
        var before = await CopyRoom.RowsAsync(target, Everything);

        var planned = await ConstraintSuspension.PlanAsync(target, [Name("parent"), Name("child")], CopyRoom.Token);
        (await CopyRoom.RowsAsync(target, Everything)).ShouldBe(before);
        var journalled = JsonSerializer.Deserialize<SuspendedConstraints>(JsonSerializer.Serialize(planned))!;
        await ConstraintSuspension.SuspendAsync(target, journalled, CopyRoom.Token);
        await ConstraintSuspension.SuspendAsync(target, journalled, CopyRoom.Token);
        var suspended = await CopyRoom.RowsAsync(target, Everything);
        await ConstraintSuspension.RestoreAsync(target, journalled, CopyRoom.Token);
        await ConstraintSuspension.RestoreAsync(target, journalled, CopyRoom.Token);

        planned.LeftInPlace.ShouldBeEmpty();
        suspended.Select(row => string.Join('|', row.Split('|')[..2])).ShouldBe(["outsider|outsider_pkey", "outsider|outsider_pkey"]);
        (await CopyRoom.RowsAsync(target, Everything)).ShouldBe(before);
    }

    [Fact]
    public async Task What_was_restored_in_part_is_finished_by_the_next_call()
    {
        await using var room = new CopyRoom(cluster);
        var target = await room.OpenAsync("postgresql", Tables);
        var before = await CopyRoom.RowsAsync(target, Everything);
        var suspended = await ConstraintSuspension.PlanAsync(target, [Name("parent"), Name("child")], CopyRoom.Token);
        for (var call = 1; ; call++)
        {
            await ConstraintSuspension.SuspendAsync(target, suspended, CopyRoom.Token);
            var interference = new Interference(call, Moment.Before, () => throw new DatabaseException(ErrorIds.EndpointUnavailable, "gone"));
            try
            {
                await ConstraintSuspension.RestoreAsync(new DisturbedDatabase(target, interference), suspended, CopyRoom.Token);
                call.ShouldBeGreaterThan(10);
                break;
            }
            catch (DatabaseException)
            {
                await ConstraintSuspension.RestoreAsync(target, suspended, CopyRoom.Token);
                (await CopyRoom.RowsAsync(target, Everything)).ShouldBe(before, $"call {call}");
            }
        }
    }

    [Fact]
    public async Task A_table_with_rows_is_left_alone()
    {
        await using var room = new CopyRoom(cluster);
        var target = await room.OpenAsync("postgresql", $"{Tables}; INSERT INTO parent VALUES (1)");

        var planned = await ConstraintSuspension.PlanAsync(target, [Name("parent"), Name("child")], CopyRoom.Token);

        planned.Objects.ShouldAllBe(item => item.Table == Name("child"));
        planned.Objects.Count.ShouldBe(3);
        planned.LeftInPlace.ShouldBe(["everything of 'public.parent': it holds rows"]);
    }

    [Theory]
    [InlineData("COMMENT ON CONSTRAINT t_pkey ON t IS 'kept'", "'t_pkey' of 'public.t'")]
    [InlineData("COMMENT ON INDEX t_v IS 'kept'", "'t_v' of 'public.t'")]
    [InlineData("ALTER INDEX t_pkey SET (fillfactor = 70)", "'t_pkey' of 'public.t'")]
    [InlineData("CLUSTER t USING t_v", "'t_v' of 'public.t'")]
    [InlineData("ALTER TABLE t REPLICA IDENTITY USING INDEX t_u", "'t_u' of 'public.t'")]
    [InlineData("CREATE VIEW w AS SELECT id, v FROM t GROUP BY id", "'t_pkey' of 'public.t'")]
    [InlineData("ALTER INDEX t_e ALTER COLUMN 1 SET STATISTICS 500", "'t_e' of 'public.t'")]
    public async Task What_could_not_come_back_exactly_stays_in_place(string sql, string left)
    {
        await using var room = new CopyRoom(cluster);
        var target = await room.OpenAsync(
            "postgresql",
            $"CREATE TABLE t (id int PRIMARY KEY, v int, u int NOT NULL); CREATE INDEX t_v ON t (v); CREATE UNIQUE INDEX t_u ON t (u); CREATE INDEX t_e ON t ((v + 1)); {sql}");

        var planned = await ConstraintSuspension.PlanAsync(target, [Name("t")], CopyRoom.Token);
        await ConstraintSuspension.SuspendAsync(target, planned, CopyRoom.Token);
        await ConstraintSuspension.RestoreAsync(target, planned, CopyRoom.Token);

        planned.LeftInPlace.ShouldHaveSingleItem().ShouldStartWith(left);
        planned.Objects.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_partitioned_table_keeps_what_it_has()
    {
        await using var room = new CopyRoom(cluster);
        var target = await room.OpenAsync("postgresql", "CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10); CREATE TABLE c (t int REFERENCES t)");

        var planned = await ConstraintSuspension.PlanAsync(target, [Name("t"), Name("t1"), Name("c")], CopyRoom.Token);

        planned.Objects.ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_that_break_what_is_restored_are_counted_and_named()
    {
        await using var room = new CopyRoom(cluster);
        var target = await room.OpenAsync("postgresql", Tables);
        var suspended = await ConstraintSuspension.PlanAsync(target, [Name("parent"), Name("child")], CopyRoom.Token);
        await ConstraintSuspension.SuspendAsync(target, suspended, CopyRoom.Token);
        await target.ExecuteAsync("INSERT INTO parent VALUES (1, 'x'), (2, 'x'), (3, 'y'); INSERT INTO child VALUES (1, 1, 1), (1, 1, 2), (2, 1, 77), (3, 1, 78), (4, 1, NULL)");

        var error = await Should.ThrowAsync<DatabaseException>(() => ConstraintSuspension.RestoreAsync(target, suspended, CopyRoom.Token));

        error.IsDataError.ShouldBeTrue();
        error.Message.ShouldContain("Primary key 'child_pkey' of 'public.child': 1 keys stand in 2 rows, first b=1, a=1.");
        error.Message.ShouldContain("Unique key 'parent_code_key' of 'public.parent': 1 keys stand in 2 rows, first code=x.");
        error.Message.ShouldContain("Foreign key 'to parent' of 'public.child': 2 rows refer to rows of 'public.parent' that are not there, first p=77; p=78.");
        error.Message.ShouldStartWith("3 of the constraints");

        await target.ExecuteAsync("DELETE FROM child WHERE p IN (2, 77, 78); DELETE FROM parent WHERE id = 2");
        await ConstraintSuspension.RestoreAsync(target, suspended, CopyRoom.Token);
        (await target.ReadSchemaAsync(CopyRoom.Token)).Find(Name("child"))!.PrimaryKey.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_foreign_key_whose_key_could_not_be_restored_is_said_to_wait_for_it()
    {
        await using var room = new CopyRoom(cluster);
        var target = await room.OpenAsync("postgresql", Tables);
        var suspended = await ConstraintSuspension.PlanAsync(target, [Name("parent"), Name("child")], CopyRoom.Token);
        await ConstraintSuspension.SuspendAsync(target, suspended, CopyRoom.Token);
        await target.ExecuteAsync("INSERT INTO parent VALUES (1), (1)");

        var error = await Should.ThrowAsync<DatabaseException>(() => ConstraintSuspension.RestoreAsync(target, suspended, CopyRoom.Token));

        error.Message.ShouldContain("Primary key 'parent_id' of 'public.parent': 1 keys stand in 2 rows");
        error.Message.ShouldContain("Foreign key 'to parent' of 'public.child': the key of 'public.parent' that it refers to is not in place.");
    }

    [Fact]
    public async Task SQLite_drops_its_indexes_and_checks_its_foreign_keys_afterwards()
    {
        await using var room = new CopyRoom(cluster);
        var target = await room.OpenAsync(
            "sqlite",
            """
            CREATE TABLE parent (id INTEGER PRIMARY KEY);
            CREATE TABLE child (id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent (id), v TEXT UNIQUE);
            CREATE UNIQUE INDEX odd ON child (lower(v), p DESC) WHERE v IS NOT NULL;
            CREATE UNIQUE INDEX plain ON Child (v, p);
            """);
        const string everything = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name";
        var before = await CopyRoom.RowsAsync(target, everything);

        var suspended = await ConstraintSuspension.PlanAsync(target, [new TableName(null, "parent"), new TableName(null, "child")], CopyRoom.Token);
        await ConstraintSuspension.SuspendAsync(target, suspended, CopyRoom.Token);
        (await CopyRoom.RowsAsync(target, everything)).Count.ShouldBe(before.Count - 2);
        await target.ExecuteAsync("PRAGMA foreign_keys = OFF; INSERT INTO child VALUES (1, 5, 'a'), (2, 6, 'A'), (3, 5, NULL)");
        var error = await Should.ThrowAsync<DatabaseException>(() => ConstraintSuspension.RestoreAsync(target, suspended, CopyRoom.Token));
        await target.ExecuteAsync("INSERT INTO parent VALUES (5), (6)");
        await ConstraintSuspension.RestoreAsync(target, suspended, CopyRoom.Token);

        error.Message.ShouldContain("Foreign key (p) of 'child': 3 rows refer to rows of 'parent' that are not there, first rowid 1.");
        (await CopyRoom.RowsAsync(target, everything)).ShouldBe(before);
    }

    [Fact]
    public async Task SQLite_names_the_rows_that_break_a_unique_index()
    {
        await using var room = new CopyRoom(cluster);
        var target = await room.OpenAsync("sqlite", "CREATE TABLE t (a INTEGER, b TEXT); CREATE UNIQUE INDEX ab ON t (a, b)");
        var suspended = await ConstraintSuspension.PlanAsync(target, [new TableName(null, "t")], CopyRoom.Token);
        await ConstraintSuspension.SuspendAsync(target, suspended, CopyRoom.Token);
        await target.ExecuteAsync("INSERT INTO t VALUES (1, 'x'), (1, 'x'), (1, 'x'), (2, NULL), (2, NULL)");

        var error = await Should.ThrowAsync<DatabaseException>(() => ConstraintSuspension.RestoreAsync(target, suspended, CopyRoom.Token));

        error.Message.ShouldContain("Index 'ab' of 't': 1 keys stand in 3 rows, first a=1, b=x.");
    }

    [Fact]
    public async Task What_was_suspended_on_one_engine_is_not_restored_on_another()
    {
        await using var room = new CopyRoom(cluster);
        var target = await room.OpenAsync("sqlite");

        await Should.ThrowAsync<InvalidRequestException>(() => ConstraintSuspension.RestoreAsync(target, new SuspendedConstraints { Engine = "postgresql", Objects = [] }, CopyRoom.Token));
    }

    private static TableName Name(string table) => new("public", table);
}
