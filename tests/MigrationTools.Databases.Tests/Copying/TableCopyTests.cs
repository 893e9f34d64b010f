using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Schema;
using MigrationTools.Databases.Tests.Providers;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Copying;

public sealed class TableCopyTests(PostgresCluster cluster)
{
    [Theory]
    [MemberData(nameof(Directions.All), MemberType = typeof(Directions))]
    public async Task A_table_without_rows_is_copied_and_says_so(string from, string to)
    {
        await using var room = new CopyRoom(cluster);
        const string table = "CREATE TABLE t (id integer PRIMARY KEY, name text)";
        var (source, target) = (await room.OpenAsync(from, table), await room.OpenAsync(to, table));

        var result = (await room.CopyAllAsync(source, target)).ShouldHaveSingleItem();

        (result.Rows, result.ResumedRows, result.Rejected, result.RejectedFile).ShouldBe((0, 0, 0, null));
        (await CopyProgress.ReadAsync(target, "test", CopyRoom.Token)).State.ShouldBe(CopyState.Finished);
    }

    [Theory]
    [MemberData(nameof(Directions.All), MemberType = typeof(Directions))]
    public async Task Rows_of_several_chunks_all_arrive_once(string from, string to)
    {
        await using var room = new CopyRoom(cluster);
        const string table = "CREATE TABLE t (id integer PRIMARY KEY, name text)";
        var (source, target) = (await room.OpenAsync(from, $"{table}; {Numbers(from, 5000, "INSERT INTO t SELECT i, 'name ' || i")}"), await room.OpenAsync(to, table));

        var result = (await room.CopyAllAsync(source, target)).ShouldHaveSingleItem();

        result.Rows.ShouldBe(5000);
        result.Bytes.ShouldBeGreaterThan(5000 * 12);
        (await CopyRoom.ScalarAsync(target, "SELECT count(*), min(id), max(id), sum(id), count(DISTINCT name) FROM t")).ShouldBe("5000|1|5000|12502500|5000");
    }

    [Theory]
    [MemberData(nameof(Directions.All), MemberType = typeof(Directions))]
    public async Task A_table_without_a_key_keeps_its_duplicates(string from, string to)
    {
        await using var room = new CopyRoom(cluster);
        const string table = "CREATE TABLE t (n integer, name text)";
        var (source, target) = (await room.OpenAsync(from, $"{table}; {Numbers(from, 3000, "INSERT INTO t SELECT i % 10, NULL")}"), await room.OpenAsync(to, table));

        (await room.CopyAllAsync(source, target)).ShouldHaveSingleItem().Rows.ShouldBe(3000);

        (await CopyRoom.RowsAsync(target, "SELECT n, count(*), count(name) FROM t GROUP BY n ORDER BY n")).ShouldBe(Enumerable.Range(0, 10).Select(n => $"{n}|300|0"));
    }

    [Theory]
    [MemberData(nameof(Directions.All), MemberType = typeof(Directions))]
    public async Task A_composite_key_of_text_and_numbers_is_walked_to_the_end(string from, string to)
    {
        await using var room = new CopyRoom(cluster);
        const string table = "CREATE TABLE t (region text NOT NULL, n integer NOT NULL, v text, PRIMARY KEY (region, n))";
        var (source, target) = (await room.OpenAsync(from, $"{table}; {Numbers(from, 4000, "INSERT INTO t SELECT CASE i % 3 WHEN 0 THEN 'Ä' WHEN 1 THEN 'a''b' ELSE '' END, -i, 'v' || i")}"), await room.OpenAsync(to, table));

        (await room.CopyAllAsync(source, target)).ShouldHaveSingleItem().Rows.ShouldBe(4000);

        (await CopyRoom.ScalarAsync(target, "SELECT count(*), count(DISTINCT region), sum(n) FROM t")).ShouldBe("4000|3|-8002000");
    }

    [Theory]
    [MemberData(nameof(Directions.All), MemberType = typeof(Directions))]
    public async Task Awkward_names_are_only_names(string from, string to)
    {
        await using var room = new CopyRoom(cluster);
        const string table = """CREATE TABLE "order; ""x"" / ..%" ("select" integer PRIMARY KEY, "a""b c" text, "Ünï" text)""";
        var source = await room.OpenAsync(from, $"""{table}; INSERT INTO "order; ""x"" / ..%" VALUES (1, 'v', 'w')""");
        var target = await room.OpenAsync(to, table);

        await room.CopyAllAsync(source, target);

        (await CopyRoom.RowsAsync(target, """SELECT * FROM "order; ""x"" / ..%" """)).ShouldBe(["1|v|w"]);
    }

    [Theory]
    [MemberData(nameof(Directions.All), MemberType = typeof(Directions))]
    public async Task Columns_are_renamed_dropped_and_made_by_expressions(string from, string to)
    {
        await using var room = new CopyRoom(cluster);
        var source = await room.OpenAsync(from, $"CREATE TABLE users (id integer PRIMARY KEY, name text, secret text); {Numbers(from, 2000, "INSERT INTO users SELECT i, 'First Last' || i, 'x'")}");
        var target = await room.OpenAsync(to, "CREATE TABLE customers (first text, full_name text, length integer)");
        var (users, customers) = ((await source.ReadSchemaAsync(CopyRoom.Token)).Tables[0], (await target.ReadSchemaAsync(CopyRoom.Token)).Tables[0]);
        var pair = new TablePair
        {
            Source = users,
            Target = customers,
            Columns =
            [
                new ColumnPair(new ReadColumn("first", new LogicalType(LogicalKind.Text)) { Expression = "substr(name, 1, 5)" }, customers.FindColumn("first")!),
                new ColumnPair(new ReadColumn("name", users.FindColumn("name")!.Type), customers.FindColumn("full_name")!),
                new ColumnPair(new ReadColumn("length", new LogicalType(LogicalKind.Int32)) { Expression = "length(name) -- a comment" }, customers.FindColumn("length")!),
            ],
            Where = "id <= 1500",
            DroppedColumns = ["secret"],
        };

        (await room.CopyAsync(source, target, [pair])).ShouldHaveSingleItem().Rows.ShouldBe(1500);

        (await CopyRoom.ScalarAsync(target, "SELECT count(*), min(first), max(first), count(DISTINCT full_name), max(length) FROM customers")).ShouldBe("1500|First|First|1500|14");
    }

    [Theory]
    [MemberData(nameof(Directions.All), MemberType = typeof(Directions))]
    public async Task A_query_fills_a_table(string from, string to)
    {
        await using var room = new CopyRoom(cluster);
        var source = await room.OpenAsync(from, $"CREATE TABLE o (id integer PRIMARY KEY, c integer); {Numbers(from, 3000, "INSERT INTO o SELECT i, i % 7")}");
        var target = await room.OpenAsync(to, "CREATE TABLE totals (c integer PRIMARY KEY, n bigint)");
        var totals = (await target.ReadSchemaAsync(CopyRoom.Token)).Tables[0];
        var pair = new TablePair
        {
            SourceSql = "SELECT c, count(*) AS n FROM o GROUP BY c",
            Target = totals,
            Columns = [.. totals.Columns.Select(column => new ColumnPair(new ReadColumn(column.Name, column.Type), column))],
            Key = ["c"],
        };

        var result = (await room.CopyAsync(source, target, [pair])).ShouldHaveSingleItem();

        (result.Source, result.Rows).ShouldBe(("(query for " + totals.Name + ")", 7));
        (await CopyRoom.ScalarAsync(target, "SELECT sum(n) FROM totals")).ShouldBe("3000");
    }

    [Fact]
    public async Task Tables_follow_the_foreign_keys_that_the_target_enforces()
    {
        await using var room = new CopyRoom(cluster);
        const string tables = "CREATE TABLE z_parent (id int PRIMARY KEY); CREATE TABLE m_child (id int PRIMARY KEY, p int REFERENCES z_parent); CREATE TABLE a_grandchild (id int PRIMARY KEY, c int REFERENCES m_child)";
        const string rows = "INSERT INTO z_parent SELECT generate_series(1, 3000); INSERT INTO m_child SELECT i, i FROM generate_series(1, 3000) AS i; INSERT INTO a_grandchild SELECT i, i FROM generate_series(1, 3000) AS i; ANALYZE";
        var (source, target) = (await room.OpenAsync("postgresql", $"{tables}; {rows}"), await room.OpenAsync("postgresql", tables));

        var results = await room.CopyAsync(source, target, await CopyRoom.PairAsync(source, target), room.Options with { Parallelism = 3 });

        results.Select(result => result.Target).ShouldBe(["public.z_parent", "public.m_child", "public.a_grandchild"]);
        results.ShouldAllBe(result => result.Rows == 3000 && result.Rejected == 0);
    }

    [Theory]
    [MemberData(nameof(Directions.Engines), MemberType = typeof(Directions))]
    public async Task A_cycle_of_foreign_keys_is_copied_with_constraints_suspended(string engine)
    {
        await using var room = new CopyRoom(cluster);
        var tables = engine == "sqlite"
            ? "CREATE TABLE hen (id INTEGER PRIMARY KEY, egg INTEGER REFERENCES egg (id)); CREATE TABLE egg (id INTEGER PRIMARY KEY, hen INTEGER NOT NULL REFERENCES hen (id))"
            : "CREATE TABLE hen (id int PRIMARY KEY, egg int); CREATE TABLE egg (id int PRIMARY KEY, hen int NOT NULL REFERENCES hen); ALTER TABLE hen ADD FOREIGN KEY (egg) REFERENCES egg";
        var fill = $"{Numbers(engine, 2000, "INSERT INTO hen SELECT i, NULL")}; {Numbers(engine, 2000, "INSERT INTO egg SELECT i, 2001 - i")}; UPDATE hen SET egg = id";
        var (source, target) = (await room.OpenAsync(engine, $"{tables}; {fill}"), await room.OpenAsync(engine, tables));
        var before = await target.ReadSchemaAsync(CopyRoom.Token);
        var pairs = await CopyRoom.PairAsync(source, target);

        var suspended = await ConstraintSuspension.PlanAsync(target, [.. pairs.Select(pair => pair.Target.Name)], CopyRoom.Token);
        await ConstraintSuspension.SuspendAsync(target, suspended, CopyRoom.Token);
        var results = await room.CopyAsync(source, target, pairs);
        await ConstraintSuspension.RestoreAsync(target, suspended, CopyRoom.Token);
        await CopyProgress.RemoveAsync(target, "test", CopyRoom.Token);

        results.Sum(result => result.Rows).ShouldBe(4000);
        (await CopyRoom.ScalarAsync(target, "SELECT count(*) FROM hen JOIN egg ON egg.id = hen.egg JOIN hen AS mother ON mother.id = egg.hen")).ShouldBe("2000");
        (await target.ReadSchemaAsync(CopyRoom.Token)).Tables.SelectMany(table => table.ForeignKeys).Select(key => key.Name ?? string.Join(',', key.Columns))
            .ShouldBe(before.Tables.SelectMany(table => table.ForeignKeys).Select(key => key.Name ?? string.Join(',', key.Columns)));
    }

    [Fact]
    public async Task What_the_server_numbers_goes_on_after_the_last_value()
    {
        await using var room = new CopyRoom(cluster);
        var source = await room.OpenAsync("sqlite", "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO t VALUES (41, 'a'), (7, 'b'); CREATE TABLE empty (id INTEGER PRIMARY KEY)");
        var target = await room.OpenAsync("postgresql", "CREATE TABLE t (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name text); CREATE TABLE empty (id serial PRIMARY KEY)");
        var pairs = await CopyRoom.PairAsync(source, target);
        await room.CopyAsync(source, target, pairs);

        (await DatabaseCopier.AdvanceIdentitiesAsync(target, pairs, CopyRoom.Token)).ShouldBe(["public.empty.id", "public.t.id"], ignoreOrder: true);

        (await CopyRoom.RowsAsync(target, "INSERT INTO t (name) VALUES ('c') RETURNING id")).ShouldBe(["42"]);
        (await CopyRoom.RowsAsync(target, "INSERT INTO empty DEFAULT VALUES RETURNING id")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_trigger_that_discards_rows_is_noticed()
    {
        await using var room = new CopyRoom(cluster);
        var source = await room.OpenAsync("sqlite", "CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2), (3)");
        var target = await room.OpenAsync(
            "postgresql",
            """
            CREATE TABLE t (id int PRIMARY KEY);
            CREATE FUNCTION skip() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF new.id = 2 THEN RETURN NULL; END IF; RETURN new; END $$;
            CREATE TRIGGER skip BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION skip()
            """);

        var error = await Should.ThrowAsync<DatabaseException>(() => room.CopyAllAsync(source, target));

        error.Message.ShouldContain("took 2 of 3 rows");
        (await CopyRoom.ScalarAsync(target, "SELECT count(*) FROM t")).ShouldBe("0");
    }

    [Fact]
    public async Task One_target_table_has_one_source()
    {
        await using var room = new CopyRoom(cluster);
        const string table = "CREATE TABLE t (id INTEGER PRIMARY KEY)";
        var (source, target) = (await room.OpenAsync("sqlite", table), await room.OpenAsync("sqlite", table));
        var pairs = await CopyRoom.PairAsync(source, target);

        (await Should.ThrowAsync<InvalidRequestException>(() => room.CopyAsync(source, target, [.. pairs, .. pairs]))).Message.ShouldContain("'t' is filled from 2 sources");
    }

    /// <summary>A statement over the numbers from 1, as <c>i</c>.</summary>
    internal static string Numbers(string engine, int count, string statement) => engine == "sqlite"
        ? $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) {statement} FROM n"
        : $"{statement} FROM generate_series(1, {count}) AS i";
}
