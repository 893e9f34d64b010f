using System.Text.Json.Nodes;
using MigrationTools.Databases.Copying;
using MigrationTools.Databases.Tests.Providers;
using MigrationTools.Engine;
using MigrationTools.Engine.Databases;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Copying;

public sealed class RejectedRowTests(PostgresCluster cluster)
{
    public static TheoryData<string, string, string, string> Refusals => new()
    {
        // What the target's types can't hold is found here.
        { "postgresql", "v varchar(3)", "CASE WHEN i IN (7, 1500) THEN 'four' ELSE 'abc' END", "longer than 3 characters" },
        { "postgresql", "v integer", "CASE WHEN i IN (7, 1500) THEN 'x' ELSE i END", "not a number" },
        { "postgresql", "v text", "CASE WHEN i IN (7, 1500) THEN 'a' || char(0) || 'b' ELSE 'ab' END", "U+0000" },
        { "postgresql", "v date", "CASE WHEN i IN (7, 1500) THEN '2023-02-30' ELSE '2024-02-29' END", "2023-02-30" },

        // What breaks a rule of the table only the server knows.
        { "postgresql", "v integer NOT NULL", "CASE WHEN i IN (7, 1500) THEN NULL ELSE i END", "23502" },
        { "postgresql", "v integer CHECK (v > 0)", "CASE WHEN i IN (7, 1500) THEN -i ELSE i END", "23514" },
        { "postgresql", "v integer UNIQUE", "CASE WHEN i IN (7, 1500) THEN 1 ELSE i END", "23505" },
        { "postgresql", "v integer REFERENCES other", "CASE WHEN i IN (7, 1500) THEN 99 ELSE 1 END", "23503" },
        { "postgresql", "v integer REFERENCES other DEFERRABLE INITIALLY DEFERRED", "CASE WHEN i IN (7, 1500) THEN 99 ELSE 1 END", "23503" },
        { "sqlite", "v integer NOT NULL", "CASE WHEN i IN (7, 1500) THEN NULL ELSE i END", "NOT NULL constraint" },
        { "sqlite", "v integer CHECK (v > 0)", "CASE WHEN i IN (7, 1500) THEN -i ELSE i END", "CHECK constraint" },
        { "sqlite", "v integer UNIQUE", "CASE WHEN i IN (7, 1500) THEN 1 ELSE i END", "UNIQUE constraint" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_row_that_the_target_can_not_take_is_kept_with_its_reason_and_the_others_arrive(string engine, string column, string value, string reason)
    {
        await using var room = new CopyRoom(cluster);
        var (source, target) = await TablesAsync(room, engine, column, value);

        var result = (await room.CopyAsync(source, target, await PairsAsync(source, target), room.Options with { MaxRejected = 2 })).ShouldHaveSingleItem();

        (result.Rows, result.Rejected).ShouldBe((1998, 2));
        (await CopyRoom.ScalarAsync(target, "SELECT count(*), count(DISTINCT id), sum(id) FROM t")).ShouldBe($"1998|1998|{2001000 - 1507}");
        var lines = Lines(result.RejectedFile!);
        lines.Select(line => (string?)line["key"]!["id"]).ShouldBe(["7", "1500"]);
        lines.ShouldAllBe(line => line["reason"]!.ToString().Contains(reason) || line["values"]!.ToString().Contains(reason));
        lines.ShouldAllBe(line => (string?)line["table"] == result.Target && line["values"]!.AsObject().Count == 3);
        lines[0]["values"]!["b"]!["base64"]!.GetValue<string>().ShouldBe("AP8=");
    }

    [Fact]
    public async Task The_file_belongs_to_this_account_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("file modes are Unix's");
            return;
        }

        await using var room = new CopyRoom(cluster);
        var (source, target) = await TablesAsync(room, "sqlite", "v integer NOT NULL", "CASE i WHEN 7 THEN NULL ELSE i END");

        var result = (await room.CopyAsync(source, target, await PairsAsync(source, target), room.Options with { MaxRejected = 1 })).ShouldHaveSingleItem();

        File.GetUnixFileMode(result.RejectedFile!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(room.Rejected).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData("sqlite", "v integer NOT NULL", "CASE WHEN i > 1995 THEN NULL ELSE i END")]
    [InlineData("postgresql", "v integer NOT NULL", "CASE WHEN i > 1995 THEN NULL ELSE i END")]
    [InlineData("postgresql", "v varchar(3)", "CASE WHEN i > 1995 THEN 'four' ELSE 'abc' END")]
    public async Task One_more_than_is_accepted_stops_the_copy_and_leaves_only_whole_chunks(string engine, string column, string value)
    {
        await using var room = new CopyRoom(cluster);
        var (source, target) = await TablesAsync(room, engine, column, value);
        var pairs = await PairsAsync(source, target);

        var error = await Should.ThrowAsync<TooManyRejectedException>(() => room.CopyAsync(source, target, pairs, room.Options with { MaxRejected = 4 }));
        var progress = (await CopyProgress.ReadAsync(target, "test", CopyRoom.Token)).Tables.ShouldHaveSingleItem();
        var seen = Lines(RejectedFileNames.Of(pairs, room.Rejected)[pairs[0].TargetName]);
        var result = (await room.CopyAsync(source, target, pairs, room.Options with { MaxRejected = 5 })).ShouldHaveSingleItem();

        error.Message.ShouldContain("can't take 5 rows");
        error.Message.ShouldContain(room.Rejected);
        seen.Count.ShouldBe(5);
        (progress.Rows, progress.Rejected, progress.Finished).ShouldBe((1024, 0, false));
        (result.Rows, result.ResumedRows, result.Rejected).ShouldBe((1995, 1024, 5));
        Lines(result.RejectedFile!).Select(line => (string?)line["key"]!["id"]).ShouldBe(["1996", "1997", "1998", "1999", "2000"]);
    }

    [Fact]
    public async Task A_table_of_nothing_but_refused_rows_is_finished_with_none()
    {
        await using var room = new CopyRoom(cluster);
        var (source, target) = await TablesAsync(room, "sqlite", "v integer NOT NULL", "NULL", rows: 40);

        var result = (await room.CopyAsync(source, target, await PairsAsync(source, target), room.Options with { MaxRejected = 40 })).ShouldHaveSingleItem();

        (result.Rows, result.Rejected).ShouldBe((0, 40));
        Lines(result.RejectedFile!).Select(line => (string?)line["key"]!["id"]).ShouldBe(Enumerable.Range(1, 40).Select(id => id.ToString()));
    }

    [Theory]
    [InlineData("sqlite", "v integer NOT NULL", "CASE WHEN i % 400 = 0 THEN NULL ELSE i END")]
    [InlineData("postgresql", "v varchar(3)", "CASE WHEN i % 400 = 0 THEN 'four' ELSE 'abc' END")]
    public async Task Rejected_rows_are_neither_lost_nor_counted_twice_wherever_the_copy_breaks_off(string engine, string column, string value)
    {
        await using var room = new CopyRoom(cluster);
        var (source, _) = await TablesAsync(room, "sqlite", column, value);
        var target = await room.OpenAsync(engine, Table(column));
        for (var call = 1; ; call++)
        {
            await target.ExecuteAsync("DELETE FROM t");
            var options = room.Options with { CopyId = $"call {call}", MaxRejected = 5, RejectedDirectory = Path.Combine(room.Directory, $"rejected {call}") };
            var interference = new Interference(call, Moment.Before, () => throw new DatabaseException(ErrorIds.EndpointUnavailable, "gone"));
            var pairs = await PairsAsync(source, target);
            try
            {
                await room.CopyAsync(source, new DisturbedDatabase(target, interference), pairs, options);
                call.ShouldBeGreaterThan(15);
                break;
            }
            catch (DatabaseException)
            {
                var result = (await room.CopyAsync(source, target, pairs, options)).ShouldHaveSingleItem();

                (result.Rows, result.Rejected).ShouldBe((1995, 5), $"call {call}");
                Lines(result.RejectedFile!).Select(line => (string?)line["key"]!["id"]).ShouldBe(["400", "800", "1200", "1600", "2000"], $"call {call}");
            }
        }
    }

    [Fact]
    public async Task A_lost_file_of_rejected_rows_is_not_passed_over()
    {
        await using var room = new CopyRoom(cluster);
        var (source, target) = await TablesAsync(room, "postgresql", "v varchar(3)", "CASE i WHEN 7 THEN 'four' ELSE 'abc' END");
        var pairs = await PairsAsync(source, target);
        var interference = new Interference(20, Moment.Before, () => throw new DatabaseException(ErrorIds.EndpointUnavailable, "gone"));
        await Should.ThrowAsync<DatabaseException>(() => room.CopyAsync(source, new DisturbedDatabase(target, interference), pairs, room.Options with { MaxRejected = 1 }));
        (await CopyProgress.ReadAsync(target, "test", CopyRoom.Token)).Tables.ShouldHaveSingleItem().Rejected.ShouldBe(1);
        Directory.Delete(room.Rejected, recursive: true);

        var error = await Should.ThrowAsync<InvalidRequestException>(() => room.CopyAsync(source, target, pairs, room.Options with { MaxRejected = 1 }));

        error.Message.ShouldContain("should hold 1 rows");
        error.Message.ShouldContain("from the working directory of that host");
    }

    private static string Table(string column) => $"CREATE TABLE other (id integer PRIMARY KEY); INSERT INTO other VALUES (1); CREATE TABLE t (id integer PRIMARY KEY, {column}, b bytea)";

    private static async Task<(IDatabase Source, IDatabase Target)> TablesAsync(CopyRoom room, string engine, string column, string value, int rows = 2000)
    {
        var source = await room.OpenAsync("sqlite", $"CREATE TABLE t (id INTEGER PRIMARY KEY, v, b BLOB); {TableCopyTests.Numbers("sqlite", rows, $"INSERT INTO t SELECT i, {value}, x'00ff'")}");
        return (source, await room.OpenAsync(engine, Table(column)));
    }

    private static async Task<IReadOnlyList<Mapping.TablePair>> PairsAsync(IDatabase source, IDatabase target)
    {
        var from = await source.ReadSchemaAsync(CopyRoom.Token);
        var to = await target.ReadSchemaAsync(CopyRoom.Token);
        return [CopyRoom.Pair(from.Tables.Single(table => table.Name.Name == "t"), to.Tables.Single(table => table.Name.Name == "t"))];
    }

    private static List<JsonNode> Lines(string file) => [.. File.ReadLines(file).Select(line => JsonNode.Parse(line)!)];
}
