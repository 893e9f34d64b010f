using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Providers;

public abstract partial class DatabaseSuite
{
    public static TheoryData<string> Keys() => new("integers", "texts", "uuids", "composite", "negative and sparse", "instants");

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Reading_on_after_a_key_meets_every_row_once(string keys)
    {
        var (columns, rows) = KeyRows(keys);
        var table = await Database.CreateAsync(new TableSchema { Name = Name("keyed"), Columns = [.. columns, Column("v", LogicalKind.Int64)], PrimaryKey = new KeySchema(null, columns.Select(column => column.Name).ToList()) });
        var shuffled = rows.Select((row, index) => (Cell[])[.. row, Cell.Int64(index)]).ToArray();
        new Random(3).Shuffle(shuffled);
        await Database.WriteAsync(table, shuffled);
        var inOrder = table.Query() with { OrderBy = table.PrimaryKey!.Columns };
        var whole = await Database.ReadAsync(inOrder);

        await using var snapshot = await Database.OpenSnapshotAsync(Token);
        var met = new List<Cell[]>();
        List<Cell[]> piece;
        do
        {
            var after = met.Count == 0 ? null : DatabaseRows.Batch(met[^1][..columns.Length]);
            piece = await snapshot.AllAsync(inOrder with { After = after, Limit = 3 });
            met.AddRange(piece);
            (await snapshot.CountAsync(inOrder with { After = after }, Token)).ShouldBe(whole.Count - met.Count + piece.Count);
        }
        while (piece.Count > 0);

        met.ShouldHold([.. whole]);
        met.Count.ShouldBe(rows.Length);
    }

    private (ColumnSchema[] Columns, Cell[][] Rows) KeyRows(string keys)
    {
        string[] hostile = ["", " ", "'", "''", "\\", "\\'", "a'); DROP TABLE keyed; --", "$1", "$tag$", "E'x'", "😀", "e\u0301", "é", "Z", "a", "NULL"];
        var uuids = Enumerable.Range(0, 10).Select(index => Database.Dialect.Name == "sqlite" ? Cell.Text($"{index}0112233-4455-6677-8899-aabbccddeeff") : Cell.Uuid($"{index}0112233-4455-6677-8899-aabbccddeeff"));
        var instants = new[] { long.MinValue, -86_400_000_001, -1, 0, 1, 600_000_000_000_000_123, long.MaxValue }.Select(Cell.TimestampTz);
        return keys switch
        {
            "integers" => ([Column("k", LogicalKind.Int64, false)], Enumerable.Range(0, 20).Select(index => new[] { Cell.Int64(index) }).ToArray()),
            "negative and sparse" => ([Column("k", LogicalKind.Int64, false)], new[] { long.MinValue, -5, -1, 0, 7, 4_000_000_000, long.MaxValue }.Select(key => new[] { Cell.Int64(key) }).ToArray()),
            "texts" => ([Column("k", LogicalKind.Text, false)], hostile.Select(text => new[] { Cell.Text(text) }).ToArray()),
            "uuids" => ([Column("k", LogicalKind.Uuid, false)], uuids.Select(cell => new[] { cell }).ToArray()),
            "instants" => ([Column("k", LogicalKind.TimestampTz, false)], instants.Select(cell => new[] { cell }).ToArray()),
            "composite" => ([Column("a", LogicalKind.Int64, false), Column("b", LogicalKind.Text, false)],
                Enumerable.Range(0, 4).SelectMany(number => hostile.Select(text => new[] { Cell.Int64(number), Cell.Text(text) })).ToArray()),
            _ => throw new ArgumentOutOfRangeException(nameof(keys)),
        };
    }

    [Fact]
    public async Task Columns_are_read_by_name_and_by_expression_under_a_condition()
    {
        var table = await CreateAsync("people", Column("id", LogicalKind.Int64), Column("name", LogicalKind.Text));
        await Database.WriteAsync(table, [Cell.Int64(1), Cell.Text("ann bo")], [Cell.Int64(2), Cell.Text("cy")], [Cell.Int64(3), Cell.Null]);
        var query = new RowQuery
        {
            Table = table.Name,
            Columns =
            [
                new ReadColumn("name", new LogicalType(LogicalKind.Text)) { Expression = "upper(name) -- the whole name" },
                new ReadColumn("id", new LogicalType(LogicalKind.Int64)),
                new ReadColumn("as_text", new LogicalType(LogicalKind.Text)) { Expression = "id + 1", AsText = true },
            ],
            Where = "id < 3 OR id = 3 -- all",
            OrderBy = ["id"],
        };

        (await Database.ReadAsync(query)).ShouldHold(
            [
                [Cell.Text("ANN BO"), Cell.Int64(1), Cell.Text("2")],
                [Cell.Text("CY"), Cell.Int64(2), Cell.Text("3")],
                [Cell.Null, Cell.Int64(3), Cell.Text("4")],
            ]);
    }

    [Fact]
    public async Task A_query_is_read_as_if_it_were_a_table()
    {
        var table = await CreateAsync("t", Column("a", LogicalKind.Int64));
        await Database.WriteAsync(table, [Cell.Int64(1)], [Cell.Int64(2)], [Cell.Int64(3)]);
        var query = new RowQuery
        {
            Sql = "SELECT a, a * 10 AS b FROM t; ",
            Columns = [new ReadColumn("b", new LogicalType(LogicalKind.Int64))],
            Where = "b > 10",
        };

        (await Database.ReadAsync(query)).Select(row => row[0]).ShouldBe([Cell.Int64(20), Cell.Int64(30)], ignoreOrder: true);
        await using var snapshot = await Database.OpenSnapshotAsync(Token);
        (await snapshot.CountAsync(query, Token)).ShouldBe(2);
        (await snapshot.CountAsync(query with { Limit = 1 }, Token)).ShouldBe(1);
    }

    [Fact]
    public async Task A_scalar_is_the_first_value_as_text()
    {
        await CreateAsync("t", Column("a", LogicalKind.Int64));
        await using var snapshot = await Database.OpenSnapshotAsync(Token);

        (await snapshot.ScalarAsync("SELECT count(*), 'x' FROM t", Token)).ShouldBe("0");
        (await snapshot.ScalarAsync("SELECT NULL", Token)).ShouldBeNull();
        (await snapshot.ScalarAsync("SELECT a FROM t", Token)).ShouldBeNull();
        snapshot.Position.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task A_snapshot_refuses_to_write()
    {
        await CreateAsync("t", Column("a", LogicalKind.Int64));
        await using var snapshot = await Database.OpenSnapshotAsync(Token);

        var failure = await FailureOf(() => snapshot.ScalarAsync("DELETE FROM t", Token));

        failure.ErrorId.ShouldBe(Engine.ErrorIds.ReadOnly);
    }

    [Fact]
    public async Task Readers_of_a_snapshot_run_beside_each_other()
    {
        var table = await CreateAsync("t", Column("a", LogicalKind.Int64));
        await Database.WriteAsync(table, Enumerable.Range(0, 2000).Select(number => new[] { Cell.Int64(number) }).ToArray());
        await using var snapshot = await Database.OpenSnapshotAsync(Token);

        await using var first = await snapshot.ReadAsync(table.Query(), Token);
        await using var second = await snapshot.ReadAsync(table.Query(), Token);
        var (left, right) = (new RowBatch(1), new RowBatch(1));
        var rows = 0;
        while (await first.ReadAsync(left, Token) | await second.ReadAsync(right, Token))
        {
            left.RowCount.ShouldBe(right.RowCount);
            rows += left.RowCount;
        }

        rows.ShouldBe(2000);
    }
}
