using MigrationTools.Engine;
using MigrationTools.Engine.Databases;

namespace MigrationTools.Databases.Tests.Providers;

/// <summary>What every engine must do; inherited once an engine. Each test gets a database of its own.</summary>
public abstract partial class DatabaseSuite : IAsyncLifetime
{
    protected IDatabase Database { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The schema that unqualified tables come to lie in.</summary>
    protected abstract string? DefaultSchema { get; }

    protected abstract ValueTask<IDatabase> OpenNewAsync();

    /// <summary>The cell that the engine gives back for one written.</summary>
    protected abstract Cell Stored(TypeCase value);

    public async ValueTask InitializeAsync() => Database = await OpenNewAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Database is not null)
        {
            await Database.DisposeAsync();
        }

        await CloseAsync();
    }

    protected abstract ValueTask CloseAsync();

    protected TableName Name(string name) => new(DefaultSchema, name);

    protected ColumnSchema Column(string name, LogicalKind kind, bool nullable = true) => Column(name, new LogicalType(kind), nullable);

    protected ColumnSchema Column(string name, LogicalType type, bool nullable = true) =>
        new() { Name = name, Type = type, ServerType = Database.Dialect.TypeFor(type, identity: false), Nullable = nullable };

    protected Task<TableSchema> CreateAsync(string name, params ColumnSchema[] columns) =>
        Database.CreateAsync(new TableSchema { Name = Name(name), Columns = columns });

    private async Task<T> SnapshotAsync<T>(Func<IDatabaseSnapshot, Task<T>> read)
    {
        await using var snapshot = await Database.OpenSnapshotAsync(Token);
        return await read(snapshot);
    }

    protected static async Task<DatabaseException> FailureOf(Func<Task> work) => await Should.ThrowAsync<DatabaseException>(work);

    public static TheoryData<string> TypeCases() => new(TypeCase.All.Keys);

    [Theory]
    [MemberData(nameof(TypeCases))]
    public async Task A_value_comes_back_as_it_was_written(string name)
    {
        var value = TypeCase.All[name];
        var table = await CreateAsync("values", Column("v", value.Type));

        var taken = await Database.WriteAsync(table, [value.Written], [Cell.Null]);

        taken.ShouldBe(2);
        var rows = await Database.ReadAsync(table.Query());
        rows.Select(row => row[0]).ShouldBe([Stored(value), Cell.Null], ignoreOrder: true);
    }

    [Fact]
    public async Task All_types_stand_beside_each_other_in_one_row()
    {
        var cases = TypeCase.All.Values.ToList();
        var table = await CreateAsync("wide", cases.Select((item, index) => Column($"c{index}", item.Type)).ToArray());

        await Database.WriteAsync(table, cases.Select(item => item.Written).ToArray());

        (await Database.ReadAsync(table.Query()))[0].ShouldBe(cases.Select(Stored));
    }

    [Fact]
    public async Task A_thousand_columns_are_read_and_written()
    {
        var columns = Enumerable.Range(0, 1000).Select(index => Column($"column {index}", LogicalKind.Int64)).ToArray();
        var table = await CreateAsync("thousand", columns);
        var row = Enumerable.Range(0, 1000).Select(index => index % 7 == 0 ? Cell.Null : Cell.Int64(index)).ToArray();

        await Database.WriteAsync(table, row, row);

        (await Database.ReadAsync(table.Query())).ShouldAllBe(read => read.SequenceEqual(row));
    }

    [Fact]
    public async Task A_value_of_100_megabytes_arrives_whole()
    {
        var table = await CreateAsync("large", Column("id", LogicalKind.Int64), Column("v", LogicalKind.Blob), Column("after", LogicalKind.Text));
        var large = new byte[100 * 1024 * 1024];
        new Random(5).NextBytes(large);
        var batch = new RowBatch(3);
        batch.AppendInt64(1);
        batch.Append(CellKind.Blob, large);
        batch.Append(CellKind.Text, "end"u8);

        await using (var session = await Database.OpenSessionAsync(Token))
        {
            await using var writer = await session.WriteAsync(table.Name, table.Columns, Token);
            await writer.WriteAsync(batch, 0, 1, Token);
            (await writer.CompleteAsync(Token)).ShouldBe(1);
        }

        batch.Clear();
        await using var snapshot = await Database.OpenSnapshotAsync(Token);
        await using var reader = await snapshot.ReadAsync(table.Query(), Token);
        (await reader.ReadAsync(batch, Token)).ShouldBeTrue();
        batch.BytesAt(0, 1).SequenceEqual(large).ShouldBeTrue();
        System.Text.Encoding.UTF8.GetString(batch.BytesAt(0, 2)).ShouldBe("end");
        (await reader.ReadAsync(batch, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_empty_table_gives_no_rows_and_counts_zero()
    {
        var table = await CreateAsync("empty", Column("v", LogicalKind.Text));

        (await Database.ReadAsync(table.Query())).ShouldBeEmpty();
        await using var snapshot = await Database.OpenSnapshotAsync(Token);
        (await snapshot.CountAsync(table.Query(), Token)).ShouldBe(0);
    }

    [Fact]
    public async Task More_rows_than_a_batch_holds_all_arrive_once()
    {
        var table = await CreateAsync("many", Column("n", LogicalKind.Int64));
        var rows = Enumerable.Range(0, 5000).Select(number => new[] { Cell.Int64(number) }).ToArray();

        (await Database.WriteAsync(table, rows)).ShouldBe(5000);

        var read = await Database.ReadAsync(table.Query() with { OrderBy = ["n"] });
        read.Select(row => row[0]).ShouldBe(rows.Select(row => row[0]));
    }

    [Fact]
    public async Task The_server_says_what_it_is()
    {
        await CreateAsync("anything", Column("v", LogicalKind.Text));

        var info = await Database.GetServerInfoAsync(Token);

        info.Product.ShouldBe(ProductName);
        info.Version.ShouldMatch(@"^\d+\.\d+");
        info.DatabaseBytes.ShouldNotBeNull().ShouldBeGreaterThan(0);
        info.Encoding.ShouldBeOneOf("UTF8", "UTF-8");
        info.Writable.ShouldBeTrue();
        (await Database.ExistsAsync(Token)).ShouldBeTrue();
    }

    protected abstract string ProductName { get; }

    [Fact]
    public async Task Statements_bind_their_values_and_count_their_rows()
    {
        await CreateAsync("bound", Column("a", LogicalKind.Int64), Column("b", LogicalKind.Text));
        await using var session = await Database.OpenSessionAsync(Token);
        const string hostile = "x'); DROP TABLE bound; --";

        var affected = await session.ExecuteAsync(
            "INSERT INTO bound VALUES ($1, $2); INSERT INTO bound VALUES (2, $2), (3, $3); UPDATE bound SET a = a + $1 WHERE a = 3", [1L, hostile, null], Token);

        affected.ShouldBe(4);
        var rows = await session.QueryAsync("SELECT a, b FROM bound WHERE a >= $1 ORDER BY a", [1L], Token);
        rows.ShouldBe([["1", hostile], ["2", hostile], ["4", null]]);
    }
}
