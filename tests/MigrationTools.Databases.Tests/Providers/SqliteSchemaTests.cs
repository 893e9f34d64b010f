using MigrationTools.Databases.Sqlite;
using MigrationTools.Databases.Tests.Fixtures;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Providers;

public sealed class SqliteSchemaTests : IAsyncLifetime
{
    private readonly SqliteFile _file = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Theory]
    [InlineData("INT", LogicalKind.Int64)]
    [InlineData("unsigned big int", LogicalKind.Int64)]
    [InlineData("TINYINT(1)", LogicalKind.Int64)]
    [InlineData("POINT", LogicalKind.Dynamic)]
    [InlineData("BOOLEAN", LogicalKind.Boolean)]
    [InlineData("NVARCHAR(100)", LogicalKind.Text, 100)]
    [InlineData("CLOB", LogicalKind.Text)]
    [InlineData("DECIMAL(12,2)", LogicalKind.Decimal, null, 12, 2)]
    [InlineData("numeric( 12 )", LogicalKind.Decimal, null, 12, 0)]
    [InlineData("DECIMAL TEXT(38, 10)", LogicalKind.Decimal, null, 38, 10)]
    [InlineData("DOUBLE PRECISION", LogicalKind.Float64)]
    [InlineData("DATE", LogicalKind.Date)]
    [InlineData("TIME(3)", LogicalKind.Time, null, 3)]
    [InlineData("DATETIME", LogicalKind.Timestamp)]
    [InlineData("TIMESTAMP(3)", LogicalKind.Timestamp, null, 3)]
    [InlineData("TIMESTAMPTZ", LogicalKind.TimestampTz)]
    [InlineData("TIMESTAMP(6) WITH TIME ZONE", LogicalKind.TimestampTz, null, 6)]
    [InlineData("INTERVAL TEXT", LogicalKind.Interval)]
    [InlineData("GUID", LogicalKind.Uuid)]
    [InlineData("JSONB", LogicalKind.Json)]
    [InlineData("BYTEA", LogicalKind.Blob)]
    [InlineData("VARBINARY(16)", LogicalKind.Blob, 16)]
    [InlineData("", LogicalKind.Dynamic)]
    [InlineData("STRING", LogicalKind.Dynamic)]
    public void A_declared_type_means_something(string declared, LogicalKind kind, int? length = null, int? precision = null, int? scale = null) =>
        SqliteTypes.LogicalOf(declared).ShouldBe(new LogicalType(kind) { Length = length, Precision = precision, Scale = scale });

    [Theory]
    [InlineData("INT")]
    [InlineData("POINT")]
    [InlineData("FLOATING POINT")]
    [InlineData("VARCHAR(5)")]
    [InlineData("CHARINT")]
    [InlineData("BLOB")]
    [InlineData("")]
    [InlineData("DOUBLE")]
    [InlineData("STRING")]
    [InlineData("DECIMAL TEXT(38,10)")]
    [InlineData("JSON TEXT")]
    [InlineData("UUID")]
    [InlineData("INTERVAL")]
    [InlineData("INTERVAL TEXT")]
    public async Task Affinity_is_what_sqlite_makes_of_it(string declared)
    {
        await _file.Database.ExecuteAsync($"CREATE TABLE t (a {declared}); INSERT INTO t VALUES ('5.0'), ('6')");
        await using var snapshot = await _file.Database.OpenSnapshotAsync(TestContext.Current.CancellationToken);
        var stored = await snapshot.ScalarAsync("SELECT group_concat(typeof(a) || ' ' || a) FROM t", TestContext.Current.CancellationToken);

        stored.ShouldBe(SqliteTypes.AffinityOf(declared, strict: false) switch
        {
            SqliteAffinity.Integer or SqliteAffinity.Numeric => "integer 5,integer 6",
            SqliteAffinity.Real => "real 5.0,real 6.0",
            _ => "text 5.0,text 6",
        });
    }

    [Fact]
    public async Task The_text_of_a_table_is_read_as_sqlite_reads_it()
    {
        await _file.Database.ExecuteAsync(
            """
            CREATE TABLE IF NOT EXISTS "main"."od""d (name)" -- a comment, with (parens
            (
                [id one] INTEGER CONSTRAINT "p k" PRIMARY KEY ASC ON CONFLICT ABORT AUTOINCREMENT,
                `check` TEXT DEFAULT 'CHECK (x)' COLLATE nocase NOT NULL CONSTRAINT named CHECK ("check" <> ')' /* , */ AND length("check") > (1 + 2)),
                plain DEFAULT (1 + (2)) UNIQUE,
                signed NUMERIC(5, 2) DEFAULT -1.5e-3 CHECK (signed < 0),
                nul TEXT DEFAULT NULL,
                parent REFERENCES other (x) ON DELETE SET DEFAULT ON UPDATE NO ACTION MATCH SIMPLE NOT DEFERRABLE INITIALLY IMMEDIATE,
                later CONSTRAINT deferred REFERENCES other DEFERRABLE INITIALLY DEFERRED,
                made AS (plain || 'x') VIRTUAL,
                kept TEXT GENERATED ALWAYS AS (upper(nul)) STORED,
                'quoted' BLOB,
                CONSTRAINT pair UNIQUE (plain, "check" COLLATE RTRIM) ON CONFLICT REPLACE
                CONSTRAINT whole CHECK (plain IS NOT NULL OR nul IN ('a', 'b')),
                FOREIGN KEY (plain, nul) REFERENCES other (x, y) ON UPDATE CASCADE
            );
            CREATE TABLE other (x PRIMARY KEY, y, UNIQUE (x, y)) WITHOUT ROWID
            """);

        var schema = await _file.Database.ReadSchemaAsync(TestContext.Current.CancellationToken);
        var table = schema.Find(new TableName(null, "od\"d (name)"))!;

        table.Columns.Select(column => column.Name).ShouldBe(["id one", "check", "plain", "signed", "nul", "parent", "later", "made", "kept", "quoted"]);
        table.PrimaryKey!.Name.ShouldBe("p k");
        table.FindColumn("id one")!.Identity.ShouldBeTrue();
        table.FindColumn("id one")!.Nullable.ShouldBeFalse();
        table.FindColumn("check")!.Collation.ShouldBe("nocase");
        table.FindColumn("check")!.Default.ShouldBe("'CHECK (x)'");
        table.FindColumn("plain")!.Default.ShouldBe("1 + (2)");
        table.FindColumn("signed")!.Default.ShouldBe("-1.5e-3");
        table.FindColumn("made")!.Generated.ShouldBeTrue();
        table.FindColumn("kept")!.Generated.ShouldBeTrue();
        table.FindColumn("kept")!.ServerType.ShouldBe("TEXT");
        table.Checks.ShouldBe(
            [
                new CheckSchema("named", "\"check\" <> ')' /* , */ AND length(\"check\") > (1 + 2)"),
                new CheckSchema(null, "signed < 0"),
                new CheckSchema("whole", "plain IS NOT NULL OR nul IN ('a', 'b')"),
            ]);
        table.UniqueKeys.Select(key => $"{key.Name}: {string.Join(",", key.Columns)}").ShouldBe([": plain", "pair: plain,check"]);
        table.ForeignKeys.Select(key => $"{key.Name}: {string.Join(",", key.Columns)} > {string.Join(",", key.ReferencedColumns)} {key.OnDelete} {key.OnUpdate} {key.Deferrable}").ShouldBe(
            [": parent > x SET DEFAULT NO ACTION False", "deferred: later > x NO ACTION NO ACTION True", ": plain,nul > x,y NO ACTION CASCADE False"]);
        schema.Others.ShouldContain(new OtherObject("generated column", "od\"d (name).made", "plain || 'x'"));
        schema.Others.ShouldContain(new OtherObject("table option", "other", "WITHOUT ROWID"));
        schema.Find(new TableName(null, "other"))!.FindColumn("x")!.Nullable.ShouldBeFalse();
    }

    [Fact]
    public async Task Virtual_tables_and_what_belongs_to_them_are_named()
    {
        await _file.Database.ExecuteAsync("CREATE VIRTUAL TABLE search USING fts5 (body); CREATE TABLE t (a); CREATE TEMP TABLE hidden (a)");

        var schema = await _file.Database.ReadSchemaAsync(TestContext.Current.CancellationToken);

        schema.Tables.Select(table => table.Name.Name).ShouldBe(["t"]);
        schema.Others.ShouldContain(other => other.Kind == "virtual table" && other.Name == "search");
        schema.Others.ShouldContain(other => other.Kind == "table of a virtual table" && other.Name == "search_data");
    }

    [Fact]
    public async Task A_primary_key_that_is_no_alias_of_the_rowid_is_not_numbered()
    {
        await _file.Database.ExecuteAsync("CREATE TABLE a (id INT PRIMARY KEY); CREATE TABLE b (id INTEGER PRIMARY KEY DESC); CREATE TABLE c (x INTEGER, y INTEGER, PRIMARY KEY (y, x)); CREATE TABLE d (id INTEGER, PRIMARY KEY (id)); CREATE TABLE e (id INTEGER PRIMARY KEY) WITHOUT ROWID");

        var schema = await _file.Database.ReadSchemaAsync(TestContext.Current.CancellationToken);

        schema.Tables.Select(table => table.Columns[0].Identity).ShouldBe([false, false, false, true, false]);
        schema.Find(new TableName(null, "c"))!.PrimaryKey!.Columns.ShouldBe(["y", "x"]);
        schema.Find(new TableName(null, "a"))!.Columns[0].Nullable.ShouldBeTrue();
    }

    [Fact]
    public async Task Estimates_come_from_analyze_and_from_nowhere_else()
    {
        await _file.Database.ExecuteAsync("CREATE TABLE t (a); CREATE INDEX i ON t (a); INSERT INTO t VALUES (1), (2), (3)");
        (await _file.Database.TableAsync(new TableName(null, "t"))).EstimatedRows.ShouldBeNull();

        await _file.Database.ExecuteAsync("ANALYZE");

        (await _file.Database.TableAsync(new TableName(null, "t"))).EstimatedRows.ShouldBe(3);
    }

    [Fact]
    public async Task A_table_that_was_altered_is_read_as_it_is_now()
    {
        await _file.Database.ExecuteAsync("CREATE TABLE t (a CHECK (a > 0), b); ALTER TABLE t ADD COLUMN c TEXT CONSTRAINT late CHECK (c <> ''); ALTER TABLE t RENAME COLUMN a TO \"a 2\"; ALTER TABLE t DROP COLUMN b; ALTER TABLE t RENAME TO \"t 2\"");

        var table = await _file.Database.TableAsync(new TableName(null, "t 2"));

        table.Columns.Select(column => column.Name).ShouldBe(["a 2", "c"]);
        table.Checks.ShouldBe([new CheckSchema(null, "\"a 2\" > 0"), new CheckSchema("late", "c <> ''")]);
    }
}
