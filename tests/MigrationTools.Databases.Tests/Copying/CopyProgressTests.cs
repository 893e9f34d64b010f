using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Mapping;
using MigrationTools.Databases.Sqlite;
using MigrationTools.Databases.Tests.Providers;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Copying;

public sealed class CopyProgressTests(PostgresCluster cluster)
{
    private const string Table = "CREATE TABLE t (id integer PRIMARY KEY)";

    [Theory]
    [MemberData(nameof(Directions.Engines), MemberType = typeof(Directions))]
    public async Task A_copy_that_nobody_began_is_not_begun(string engine)
    {
        await using var room = new CopyRoom(cluster);
        var target = await room.OpenAsync(engine, Table);

        var progress = await CopyProgress.ReadAsync(target, "test", CopyRoom.Token);

        progress.State.ShouldBe(CopyState.NotBegun);
        progress.Tables.ShouldBeEmpty();
        (await target.ReadSchemaAsync(CopyRoom.Token)).Tables.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Looking_does_not_make_a_database()
    {
        await using var room = new CopyRoom(cluster);
        await using var missing = new SqliteProvider().Open(Endpoint.Parse("sqlite:missing.db", room.Directory));

        (await CopyProgress.ReadAsync(missing, "test", CopyRoom.Token)).State.ShouldBe(CopyState.NotBegun);
        await CopyProgress.RemoveAsync(missing, "test", CopyRoom.Token);

        (await missing.ExistsAsync(CopyRoom.Token)).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Directions.Engines), MemberType = typeof(Directions))]
    public async Task A_copy_is_partial_until_every_table_is_in_and_leaves_nothing_when_removed(string engine)
    {
        await using var room = new CopyRoom(cluster);
        var source = await room.OpenAsync("sqlite", $"{Table}; {TableCopyTests.Numbers("sqlite", 3000, "INSERT INTO t SELECT i")}");
        var target = await room.OpenAsync(engine, Table);
        var before = await target.ReadSchemaAsync(CopyRoom.Token);
        var pairs = await CopyRoom.PairAsync(source, target);

        var interference = new Interference(20, Moment.Before, () => throw new DatabaseException(ErrorIds.EndpointUnavailable, "gone"));
        await Should.ThrowAsync<DatabaseException>(() => room.CopyAsync(source, new DisturbedDatabase(target, interference), pairs));
        var partial = await CopyProgress.ReadAsync(target, "test", CopyRoom.Token);
        await room.CopyAsync(source, target, pairs);
        var finished = await CopyProgress.ReadAsync(target, "test", CopyRoom.Token);
        await CopyProgress.RemoveAsync(target, "test", CopyRoom.Token);

        partial.State.ShouldBe(CopyState.Partial);
        partial.Tables.ShouldHaveSingleItem().Rows.ShouldBeInRange(1, 2999);
        finished.State.ShouldBe(CopyState.Finished);
        finished.Tables.ShouldBe([new TableCopyProgress(pairs[0].TargetName, 3000, 0, true)]);
        (await target.ReadSchemaAsync(CopyRoom.Token)).Tables.Select(table => table.Name).ShouldBe(before.Tables.Select(table => table.Name));
    }

    [Fact]
    public async Task Removing_one_copy_leaves_the_others()
    {
        await using var room = new CopyRoom(cluster);
        var (source, target) = (await room.OpenAsync("sqlite", Table), await room.OpenAsync("sqlite", Table));
        var pairs = await CopyRoom.PairAsync(source, target);
        await room.CopyAsync(source, target, pairs);
        await room.CopyAsync(source, target, pairs, room.Options with { CopyId = "other" });

        await CopyProgress.RemoveAsync(target, "test", CopyRoom.Token);

        (await CopyProgress.ReadAsync(target, "test", CopyRoom.Token)).State.ShouldBe(CopyState.NotBegun);
        (await CopyProgress.ReadAsync(target, "other", CopyRoom.Token)).State.ShouldBe(CopyState.Finished);
    }

    [Fact]
    public async Task Every_table_reports_its_rows_and_its_end()
    {
        await using var room = new CopyRoom(cluster);
        var source = await room.OpenAsync("sqlite", $"{Table}; {TableCopyTests.Numbers("sqlite", 3000, "INSERT INTO t SELECT i")}");
        var target = await room.OpenAsync("sqlite", Table);
        var observer = new RecordedProgress();

        await foreach (var _ in new DatabaseCopier().CopyAsync(source, target, await CopyRoom.PairAsync(source, target), room.Options, observer, CopyRoom.Token))
        {
        }

        var table = observer.Reports.Where(report => report.Activity == "copy t").ToList();
        table.ShouldAllBe(report => report.Parent == "copy" && report.Total == 3000 && report.Unit == "rows");
        table.Select(report => report.Done).ShouldBeInOrder();
        table.Count(report => report.Completed).ShouldBe(1);
        (table[^1].Done, table[^1].Completed).ShouldBe((3000, true));
        var whole = observer.Reports.Last(report => report.Activity == "copy");
        (whole.Done, whole.Total, whole.Unit, whole.Completed).ShouldBe((1, 1, "tables", true));
    }

    [Fact]
    public void A_key_is_kept_as_text_of_every_kind()
    {
        var key = DatabaseRows.Batch([Cell.Int64(-1), Cell.Text("a\"'\0ü"), Cell.Blob(0, 255), Cell.Decimal("1.50"), Cell.Uuid("00112233-4455-6677-8899-aabbccddeeff")]);

        var read = KeyText.Read(KeyText.Write(key));

        Cells(read).ShouldBe(Cells(key));

        static IEnumerable<Cell> Cells(RowBatch row) => Enumerable.Range(0, row.ColumnCount).Select(column => Cell.Of(row.KindAt(0, column), row.BytesAt(0, column))).ToList();
    }

    [Theory]
    [InlineData("CREATE TABLE t (id INTEGER PRIMARY KEY)", "id")]
    [InlineData("CREATE TABLE t (a TEXT NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (b, a))", "b,a")]
    [InlineData("CREATE TABLE t (a TEXT PRIMARY KEY)", "")]
    [InlineData("CREATE TABLE t (a TEXT PRIMARY KEY) WITHOUT ROWID", "a")]
    [InlineData("CREATE TABLE t (a TEXT NOT NULL UNIQUE)", "")]
    public async Task A_table_is_walked_by_a_primary_key_that_holds_no_null(string table, string order)
    {
        await using var room = new CopyRoom(cluster);
        var source = await room.OpenAsync("sqlite", table);
        var pair = (await CopyRoom.PairAsync(source, source)).ShouldHaveSingleItem();

        CopyOrder.Of(pair, source.Dialect).Query.OrderBy.ShouldBe(order.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Names_of_files_are_safe_and_apart()
    {
        await using var room = new CopyRoom(cluster);
        string[] names = ["../x", "a/b", "T", "t", ".hidden", new string('é', 80)];
        var tables = names.Select(name => new TableSchema { Name = new TableName(null, name), Columns = [] });
        var pairs = tables.Select(table => new TablePair { Source = table, Target = table, Columns = [] }).ToList();

        var paths = RejectedFileNames.Of(pairs, room.Rejected);

        paths.Values.ShouldAllBe(path => Path.GetDirectoryName(Path.GetFullPath(path)) == room.Rejected && Path.GetFileName(path).Length < 200);
        paths.Values.Select(path => path.ToLowerInvariant()).ShouldBeUnique();
        Path.GetFileName(paths["../x"]).ShouldBe("%2E.%2Fx.rejected.jsonl");
    }
}
