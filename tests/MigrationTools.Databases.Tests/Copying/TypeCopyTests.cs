using MigrationTools.Databases.Tests.Providers;
using MigrationTools.Engine.Databases;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Copying;

public sealed class TypeCopyTests(PostgresCluster cluster)
{
    public static TheoryData<string> Cases => new(TypeCase.All.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_value_goes_from_PostgreSQL_to_SQLite_and_back_unchanged(string name)
    {
        var value = TypeCase.All[name];
        await using var room = new CopyRoom(cluster);
        var (first, middle, last) = (await room.OpenAsync("postgresql"), await room.OpenAsync("sqlite"), await room.OpenAsync("postgresql"));
        var table = await TableAsync(first, value.Type);
        await TableAsync(middle, value.Type);
        var copy = await TableAsync(last, value.Type);
        Cell[][] rows = [[Cell.Int64(1), value.Written], [Cell.Int64(2), Cell.Null]];
        await first.WriteAsync(table, rows);

        await room.CopyAllAsync(first, middle);
        await room.CopyAsync(middle, last, await CopyRoom.PairAsync(middle, last), room.Options with { CopyId = "back" });

        (await last.ReadAsync(copy.Query() with { OrderBy = ["id"] })).ShouldHold([.. await first.ReadAsync(table.Query() with { OrderBy = ["id"] })]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_value_goes_from_PostgreSQL_to_PostgreSQL_unchanged(string name)
    {
        var value = TypeCase.All[name];
        await using var room = new CopyRoom(cluster);
        var (source, target) = (await room.OpenAsync("postgresql"), await room.OpenAsync("postgresql"));
        var table = await TableAsync(source, value.Type);
        var copy = await TableAsync(target, value.Type);
        Cell[][] rows = [[Cell.Int64(1), value.Written], [Cell.Int64(2), Cell.Null]];
        await source.WriteAsync(table, rows);

        await room.CopyAllAsync(source, target);

        (await target.ReadAsync(copy.Query() with { OrderBy = ["id"] })).ShouldHold([.. await source.ReadAsync(table.Query() with { OrderBy = ["id"] })]);
    }

    [Fact]
    public async Task Types_that_only_PostgreSQL_knows_pass_between_its_servers()
    {
        const string table =
            """
            CREATE TYPE mood AS ENUM ('sad', 'ok');
            CREATE TABLE t (id int PRIMARY KEY, a int[], b inet, c mood, d tstzrange, e tsvector)
            """;
        await using var room = new CopyRoom(cluster);
        var source = await room.OpenAsync("postgresql", $"{table}; INSERT INTO t VALUES (1, '{{1,NULL,3}}', '10.0.0.1/8', 'ok', '[2020-01-01,)', 'a:1 b:2'), (2, NULL, NULL, NULL, NULL, NULL)");
        var target = await room.OpenAsync("postgresql", table);

        await room.CopyAllAsync(source, target);

        (await CopyRoom.RowsAsync(target, "SELECT * FROM t ORDER BY id")).ShouldBe(await CopyRoom.RowsAsync(source, "SELECT * FROM t ORDER BY id"));
    }

    [Fact]
    public async Task A_SQLite_column_of_mixed_values_keeps_them_in_SQLite()
    {
        await using var room = new CopyRoom(cluster);
        var source = await room.OpenAsync("sqlite", "CREATE TABLE t (id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, 1), (2, 'one'), (3, 1.5), (4, x'01'), (5, NULL)");
        var target = await room.OpenAsync("sqlite", "CREATE TABLE t (id INTEGER PRIMARY KEY, v)");

        await room.CopyAllAsync(source, target);

        (await CopyRoom.RowsAsync(target, "SELECT id, typeof(v), v FROM t ORDER BY id"))
            .ShouldBe(["1|integer|1", "2|text|one", "3|real|1.5", "4|blob|01", "5|null|NULL"]);
    }

    private static Task<TableSchema> TableAsync(IDatabase database, LogicalType type) => database.CreateAsync(new TableSchema
    {
        Name = new TableName(database.Dialect.Name == "sqlite" ? null : "public", "t"),
        Columns =
        [
            new ColumnSchema { Name = "id", Type = new LogicalType(LogicalKind.Int64), ServerType = database.Dialect.TypeFor(new LogicalType(LogicalKind.Int64), false), Nullable = false },
            new ColumnSchema { Name = "v", Type = type, ServerType = database.Dialect.TypeFor(type, false) },
        ],
        PrimaryKey = new KeySchema(null, ["id"]),
    });
}
