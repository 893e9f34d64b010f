using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Providers;

public abstract partial class DatabaseSuite
{
    [Theory]
    [InlineData("select")]
    [InlineData("Mixed Case")]
    [InlineData("with \"quotes\" and 'more'")]
    [InlineData("semi;colon -- and /* comment")]
    [InlineData("dots.and.[brackets]`ticks`")]
    [InlineData("Größe 日本語 😀")]
    [InlineData("back\\slash $1 @p :name ?")]
    public async Task Awkward_names_of_tables_and_columns_are_kept(string name)
    {
        var table = await Database.CreateAsync(new TableSchema
        {
            Name = Name(name),
            Columns = [Column(name, LogicalKind.Int64, nullable: false), Column("other", LogicalKind.Text)],
            PrimaryKey = new KeySchema(null, [name]),
        });

        table.Name.Name.ShouldBe(name);
        table.Columns[0].Name.ShouldBe(name);
        table.PrimaryKey!.Columns.ShouldBe([name]);
        await Database.WriteAsync(table, [Cell.Int64(1), Cell.Text("a")], [Cell.Int64(2), Cell.Null]);
        var after = DatabaseRows.Batch([Cell.Int64(1)]);
        (await Database.ReadAsync(table.Query() with { OrderBy = [name], After = after })).ShouldHold([[Cell.Int64(2), Cell.Null]]);
    }

    [Fact]
    public async Task A_table_is_described_as_it_was_made()
    {
        await CreateParentAsync();
        var made = new TableSchema
        {
            Name = Name("child"),
            Columns =
            [
                Column("id", LogicalKind.Int64, nullable: false),
                Column("code", new LogicalType(LogicalKind.Text) { Length = 20 }, nullable: false) with { Default = "'a, (b)'" },
                Column("amount", new LogicalType(LogicalKind.Decimal) { Precision = 12, Scale = 2 }),
                Column("a", LogicalKind.Int64),
                Column("b", LogicalKind.Text),
                Column("self", LogicalKind.Int64),
                Column("at", LogicalKind.TimestampTz),
            ],
            PrimaryKey = new KeySchema("child_key", ["id"]),
            UniqueKeys = [new KeySchema("child_code", ["code", "b"])],
            Checks = [new CheckSchema("amount_is_positive", "amount > 0")],
            ForeignKeys =
            [
                new ForeignKeySchema { Name = "to_parent", Columns = ["a", "b"], References = Name("parent"), ReferencedColumns = ["x", "y"], OnDelete = "CASCADE", OnUpdate = "SET NULL", Deferrable = true },
                new ForeignKeySchema { Name = "to_self", Columns = ["self"], References = Name("child"), ReferencedColumns = ["id"], OnDelete = "SET NULL" },
            ],
        };

        await MakeAsync(made);
        await Database.ExecuteAsync(Database.Dialect.CreateIndex(made.Name, new IndexSchema { Name = "child_at", Columns = ["at", "code"] }));
        await Database.ExecuteAsync(Database.Dialect.CreateIndex(made.Name, new IndexSchema { Name = "child_part", Columns = ["amount"], Unique = true, Where = "amount > 5" }));
        var read = await Database.TableAsync(made.Name);

        read.Columns.Select(column => (column.Name, column.Nullable)).ShouldBe(made.Columns.Select(column => (column.Name, column.Nullable)));
        read.Columns.Select(column => column.Type.Kind).ShouldBe(made.Columns.Select(column => column.Type.Kind));
        read.FindColumn("code")!.Type.Length.ShouldBe(20);
        read.FindColumn("code")!.Default.ShouldNotBeNull().ShouldStartWith("'a, (b)'");
        (read.FindColumn("amount")!.Type.Precision, read.FindColumn("amount")!.Type.Scale).ShouldBe((12, 2));
        read.PrimaryKey!.Name.ShouldBe("child_key");
        read.PrimaryKey.Columns.ShouldBe(["id"]);
        read.UniqueKeys.Single().Name.ShouldBe("child_code");
        read.UniqueKeys.Single().Columns.ShouldBe(["code", "b"]);
        read.Checks.Single().Name.ShouldBe("amount_is_positive");
        read.Checks.Single().Expression.ShouldContain("amount >");
        read.ForeignKeys.Count.ShouldBe(2);
        foreach (var (seen, wanted) in read.ForeignKeys.OrderBy(key => key.Name, StringComparer.Ordinal).Zip(made.ForeignKeys))
        {
            (seen with { Columns = [], ReferencedColumns = [] }).ShouldBe(wanted with { Columns = seen.Columns, ReferencedColumns = seen.ReferencedColumns } with { Columns = [], ReferencedColumns = [] });
            seen.Columns.ShouldBe(wanted.Columns);
            seen.ReferencedColumns.ShouldBe(wanted.ReferencedColumns);
        }

        read.Indexes.Select(index => index.Name).ShouldBe(["child_at", "child_part"]);
        read.Indexes[0].Columns.ShouldBe(["at", "code"]);
        read.Indexes[0].Unique.ShouldBeFalse();
        read.Indexes[1].Unique.ShouldBeTrue();
        read.Indexes[1].Where.ShouldNotBeNull().ShouldContain("amount >");
        read.Indexes[1].Definition.ShouldNotBeNull().ShouldStartWith("CREATE UNIQUE INDEX");
    }

    [Fact]
    public async Task An_index_on_an_expression_shows_where_the_expression_stands()
    {
        await CreateAsync("indexed", Column("a", LogicalKind.Text), Column("b", LogicalKind.Text));
        await Database.ExecuteAsync("CREATE INDEX by_lower ON indexed (lower(a), b)");

        (await Database.TableAsync(Name("indexed"))).Indexes.Single().Columns.ShouldBe([null, "b"]);
    }

    [Fact]
    public async Task Tables_whose_foreign_keys_form_a_cycle_are_described()
    {
        await Database.ExecuteAsync(CycleSql);

        var schema = await Database.ReadSchemaAsync(Token);

        schema.Find(Name("hen"))!.ForeignKeys.Single().References.ShouldBe(Name("egg"));
        schema.Find(Name("egg"))!.ForeignKeys.Single().References.ShouldBe(Name("hen"));
    }

    protected abstract string CycleSql { get; }

    [Fact]
    public async Task Views_and_triggers_are_not_passed_over()
    {
        await CreateAsync("base", Column("a", LogicalKind.Int64));
        await Database.ExecuteAsync("CREATE VIEW seen AS SELECT a FROM base WHERE a > 1");
        await Database.ExecuteAsync(TriggerSql);

        var schema = await Database.ReadSchemaAsync(Token);

        schema.Views.Single().Name.ShouldBe(Name("seen"));
        schema.Views.Single().Definition.ShouldContain("a > 1");
        schema.Others.ShouldContain(other => other.Kind == "trigger" && other.Name.EndsWith("watcher", StringComparison.Ordinal) && other.Definition!.Contains("base"));
        schema.Find(new TableName(null, "base")).ShouldNotBeNull();
    }

    /// <summary>Makes a trigger "watcher" on the table "base".</summary>
    protected abstract string TriggerSql { get; }

    [Fact]
    public async Task A_view_is_read_like_a_table()
    {
        var table = await CreateAsync("base", Column("a", LogicalKind.Int64));
        await Database.WriteAsync(table, [Cell.Int64(1)], [Cell.Int64(2)]);
        await Database.ExecuteAsync("CREATE VIEW seen AS SELECT a FROM base WHERE a > 1");

        (await Database.ReadAsync(table.Query() with { Table = Name("seen") })).ShouldHold([[Cell.Int64(2)]]);
    }

    [Fact]
    public async Task What_the_server_numbers_goes_on_after_the_rows_that_were_copied()
    {
        var table = await Database.CreateAsync(new TableSchema
        {
            Name = Name("numbered"),
            Columns =
            [
                Column("id", LogicalKind.Int64, nullable: false) with { Identity = true, ServerType = Database.Dialect.TypeFor(new LogicalType(LogicalKind.Int64), identity: true) },
                Column("v", LogicalKind.Text),
            ],
            PrimaryKey = new KeySchema(null, ["id"]),
        });
        table.Columns[0].Identity.ShouldBeTrue();
        table.Columns[0].Default.ShouldBeNull();
        await Database.WriteAsync(table, [Cell.Int64(41), Cell.Null], [Cell.Int64(7), Cell.Null]);

        if (Database.Dialect.AdvanceIdentity(table.Name, "id") is { } sql)
        {
            await Database.ExecuteAsync(sql);
        }

        await Database.ExecuteAsync($"INSERT INTO {Database.Dialect.Quote(table.Name)} (v) VALUES ('next')");
        var rows = await Database.ReadAsync(table.Query() with { OrderBy = ["id"] });
        rows[^1][0].ShouldBe(Cell.Int64(42));
    }

    [Fact]
    public async Task A_sequence_is_set_to_where_it_stood()
    {
        var quoted = Database.Dialect.Quote(Name("num'bered"));
        await Database.ExecuteAsync(Database.Dialect.Name == "sqlite"
            ? $"CREATE TABLE {quoted} (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT)"
            : $"CREATE TABLE {quoted} (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, v text)");
        var insert = $"INSERT INTO {quoted} (v) VALUES ('x')";
        await Database.ExecuteAsync(insert);
        await Database.ExecuteAsync(insert);
        var stood = (await SnapshotAsync(snapshot => snapshot.ReadSequencesAsync(Token))).ShouldHaveSingleItem();
        stood.ShouldBe(new SequenceState(stood.Sequence, Name("num'bered"), 2, true));
        await Database.ExecuteAsync(insert);
        (await SnapshotAsync(snapshot => snapshot.ReadSequencesAsync(Token))).ShouldHaveSingleItem().Last.ShouldBe(3);

        await Database.ExecuteAsync($"DELETE FROM {quoted} WHERE id = 3");
        await Database.ExecuteAsync(Database.Dialect.SetSequence(stood)!);

        (await SnapshotAsync(snapshot => snapshot.ReadSequencesAsync(Token))).ShouldHaveSingleItem().ShouldBe(stood);
        await Database.ExecuteAsync(insert);
        (await SnapshotAsync(snapshot => snapshot.ScalarAsync($"SELECT max(id) FROM {quoted}", Token))).ShouldBe("3");
    }

    [Fact]
    public async Task A_dropped_table_is_gone()
    {
        var table = await CreateAsync("gone", Column("a", LogicalKind.Int64));

        await Database.ExecuteAsync(Database.Dialect.DropTable(table.Name));

        (await Database.ReadSchemaAsync(Token)).Tables.ShouldBeEmpty();
    }

    private Task<TableSchema> CreateParentAsync() => Database.CreateAsync(new TableSchema
    {
        Name = Name("parent"),
        Columns = [Column("x", LogicalKind.Int64, nullable: false), Column("y", LogicalKind.Text, nullable: false)],
        PrimaryKey = new KeySchema(null, ["x", "y"]),
    });

    // SQLite takes foreign keys with the table only, PostgreSQL's dialect adds them afterwards.
    private async Task MakeAsync(TableSchema table)
    {
        await Database.ExecuteAsync(Database.Dialect.CreateTable(table));
        foreach (var sql in table.ForeignKeys.Select(key => Database.Dialect.AddForeignKey(table.Name, key)).OfType<string>())
        {
            await Database.ExecuteAsync(sql);
        }
    }
}
