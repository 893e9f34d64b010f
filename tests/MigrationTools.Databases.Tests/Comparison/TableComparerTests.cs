using FsCheck;
using FsCheck.Fluent;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Conversion;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>What a comparison of two tables says, on rows in memory.</summary>
public sealed class TableComparerTests
{
    private static readonly (string, LogicalType)[] Columns = [("id", Types.Int64), ("name", Types.Text()), ("total", Types.Decimal())];

    [Fact]
    public async Task Equal_rows_in_another_order_pass_and_are_read_once()
    {
        var (source, target) = (Filled(1000), Filled(1000));
        target.Rows.Reverse();
        var result = await CompareAsync(source, target, "id");
        result.ShouldSatisfyAllConditions(
            () => result.Verdict.ShouldBe(Verdict.Passed),
            () => (result.SourceRows, result.TargetRows).ShouldBe((1000, 1000)),
            () => result.Differences.ShouldBeEmpty(),
            () => result.Notes.ShouldBeEmpty(),
            () => (source.Reads, target.Reads).ShouldBe((1, 1)));
    }

    [Fact]
    public async Task A_row_missing_a_row_extra_and_a_row_changed_are_told_by_key_and_column()
    {
        var (source, target) = (Filled(1000), Filled(1000));
        source.Rows.RemoveAt(10);
        target.Rows.RemoveAt(990);
        target.Rows[500] = [Cell.Int(500), Cell.Text("row 500"), Cell.Decimal("1.6")];
        var result = await CompareAsync(source, target, "id");
        result.ShouldSatisfyAllConditions(
            () => result.Verdict.ShouldBe(Verdict.Failed),
            () => (result.Missing, result.Extra, result.Changed).ShouldBe((1, 1, 1)),
            () => result.Differences.Select(difference => difference.Kind).ShouldBe([DifferenceKind.Extra, DifferenceKind.Changed, DifferenceKind.Missing]),
            () => result.Differences.Select(difference => difference.Key["id"]).ShouldBe(["10", "500", "990"]),
            () => result.Differences[1].Columns.ShouldHaveSingleItem().ShouldBe(new ColumnDifference("total", "500.5", "1.6")),
            () => result.Differences[0].Columns.ShouldBeEmpty());
    }

    [Fact]
    public async Task A_duplicate_row_in_a_table_without_key_is_counted()
    {
        var (source, target) = (Filled(5), Filled(5));
        target.Add(Cell.Int(2), Cell.Text("row 2"), Cell.Decimal("2.5")).Add(Cell.Int(2), Cell.Text("row 2"), Cell.Decimal("2.50"));
        var result = await CompareAsync(source, target);
        result.ShouldSatisfyAllConditions(
            () => result.Verdict.ShouldBe(Verdict.Failed),
            () => (result.Missing, result.Extra, result.Changed).ShouldBe((0, 2, 0)),
            () => result.Differences.ShouldHaveSingleItem().Count.ShouldBe(2),
            () => result.Differences[0].Key.ShouldBe(new Dictionary<string, string?> { ["id"] = "2", ["name"] = "row 2", ["total"] = "2.5" }),
            () => result.Notes.ShouldBeEmpty());
    }

    [Fact]
    public async Task Rows_that_are_swapped_between_keys_do_not_cancel_out()
    {
        var (source, target) = (new MemoryTable(Columns), new MemoryTable(Columns));
        source.Add(Cell.Int(1), Cell.Text("a"), Cell.Null).Add(Cell.Int(2), Cell.Text("b"), Cell.Null);
        target.Add(Cell.Int(1), Cell.Text("b"), Cell.Null).Add(Cell.Int(2), Cell.Text("a"), Cell.Null);
        (await CompareAsync(source, target, "id")).Changed.ShouldBe(2);
    }

    [Fact]
    public async Task A_key_that_is_not_unique_is_compared_as_a_multiset_and_noted()
    {
        var (source, target) = (new MemoryTable(Columns), new MemoryTable(Columns));
        source.Add(Cell.Int(1), Cell.Text("a"), Cell.Null).Add(Cell.Int(1), Cell.Text("b"), Cell.Null).Add(Cell.Int(1), Cell.Text("b"), Cell.Null);
        target.Add(Cell.Int(1), Cell.Text("b"), Cell.Null).Add(Cell.Int(1), Cell.Text("c"), Cell.Null);
        var result = await CompareAsync(source, target, "id");
        result.ShouldSatisfyAllConditions(
            () => (result.Missing, result.Extra, result.Changed).ShouldBe((2, 1, 0)),
            () => result.Notes.ShouldHaveSingleItem().ShouldContain("does not tell all rows apart (of the rows looked at, 3 in the source and 2 in the target"));
    }

    [Fact]
    public async Task Two_tables_that_were_read_and_are_empty_pass_and_say_so()
    {
        var result = await CompareAsync(new MemoryTable(Columns), new MemoryTable(Columns), "id");
        result.Verdict.ShouldBe(Verdict.Passed);
        (result.SourceRows, result.TargetRows).ShouldBe((0, 0));
        result.Notes.ShouldBe(["both sides are empty"]);
    }

    [Fact]
    public async Task An_empty_side_makes_every_row_of_the_other_a_difference()
    {
        var result = await CompareAsync(Filled(300), new MemoryTable(Columns), "id");
        result.ShouldSatisfyAllConditions(
            () => (result.Verdict, result.Missing).ShouldBe((Verdict.Failed, 300)),
            () => result.Differences.Count.ShouldBe(100),
            () => result.Differences.Select(difference => difference.Key["id"]).ShouldBe(Enumerable.Range(0, 100).Select(id => $"{id}")),
            () => result.Notes.ShouldHaveSingleItem().ShouldBe("100 of 300 differences are listed, the first by key; all are counted"));
    }

    [Fact]
    public async Task A_column_that_can_not_be_compared_makes_the_table_inconclusive_by_name()
    {
        var source = new MemoryTable(("id", Types.Int64), ("at", Types.Int64)).Add(Cell.Int(1), Cell.Int(0));
        var target = new MemoryTable(("id", Types.Int64), ("at", Types.Timestamp())).Add(Cell.Int(1), Cell.Timestamp("1970-01-01"));
        var result = await CompareAsync(source, target, "id");
        result.Verdict.ShouldBe(Verdict.Inconclusive);
        result.Notes.ShouldHaveSingleItem().ShouldStartWith("column at: not compared");
        target.Rows[0][0] = Cell.Int(2);
        (await CompareAsync(source, target, "id")).Verdict.ShouldBe(Verdict.Failed, "a difference elsewhere is one");
    }

    [Fact]
    public async Task Where_no_column_can_be_compared_rows_are_counted_and_nothing_is_claimed()
    {
        var source = new MemoryTable(("at", Types.Int64)).Add(Cell.Int(1));
        var target = new MemoryTable(("at", Types.Timestamp())).Add(Cell.Timestamp("2000-01-01"));
        var result = await CompareAsync(source, target);
        (result.Verdict, result.SourceRows, result.TargetRows).ShouldBe((Verdict.Inconclusive, 1, 1));
    }

    [Fact]
    public async Task A_side_that_fails_is_an_error_with_its_reason_and_no_claim()
    {
        var source = new MemoryTable(Columns)
        {
            BeforeBatch = next => throw (next == 0 ? new DatabaseException(ErrorIds.DatabaseError, "the server went away") : new InvalidOperationException()),
        };
        var result = await CompareAsync(source, Filled(10), "id");
        result.Verdict.ShouldBe(Verdict.Error);
        result.Notes.ShouldBe(["the server went away"]);
        (result.SourceRows, result.TargetRows).ShouldBe((null, null));
    }

    [Fact]
    public async Task Cancelling_is_no_result()
    {
        using var cancelled = new CancellationTokenSource();
        var source = new MemoryTable(Columns) { BeforeBatch = _ => cancelled.Cancel() };
        await Should.ThrowAsync<OperationCanceledException>(() =>
            TableComparer.CompareAsync(source, Filled(10), source.PairWith(Filled(0), "id"), new ComparisonOptions(), SilentObserver.Instance, cancelled.Token));
    }

    [Fact]
    public async Task Rows_that_differ_from_reading_to_reading_settle_nothing()
    {
        var target = Filled(10);
        var source = Filled(10);
        source.Rows[3] = [Cell.Int(3), Cell.Text("x"), Cell.Null];
        var restless = new MemoryTable(Columns) { BeforeBatch = _ => source.Rows[3][1] = Cell.Text($"{Guid.NewGuid()}") };
        restless.Rows.AddRange(source.Rows);
        var result = await CompareAsync(restless, target, "id");
        result.Verdict.ShouldBe(Verdict.Inconclusive);
        result.Notes.ShouldHaveSingleItem().ShouldStartWith("rows read a second time were not those read first");
    }

    [Fact]
    public async Task Values_that_read_the_same_are_told_apart_by_what_they_are()
    {
        (string, LogicalType)[] columns = [("id", Types.Int64), ("v", Types.Dynamic)];
        var source = new MemoryTable(columns).Add(Cell.Int(1), Cell.Text("1"));
        var target = new MemoryTable(columns).Add(Cell.Int(1), Cell.Int(1));
        (await CompareAsync(source, target, "id")).Differences[0].Columns[0].ShouldBe(new ColumnDifference("v", "1 (text)", "1 (number)"));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_shown_as_bytes()
    {
        (string, LogicalType)[] columns = [("id", Types.Int64), ("v", Types.Text())];
        var source = new MemoryTable(columns).Add(Cell.Int(1), new Cell(CellKind.Text, [0x61, 0xFE]));
        var target = new MemoryTable(columns).Add(Cell.Int(1), new Cell(CellKind.Text, [0x61, 0xFF]));
        (await CompareAsync(source, target, "id")).Differences[0].Columns[0].ShouldBe(new ColumnDifference("v", "a\uFFFD (\\x61fe)", "a\uFFFD (\\x61ff)"));
    }

    [Fact]
    public async Task Long_values_are_cut_around_their_first_difference_with_their_length()
    {
        (string, LogicalType)[] columns = [("id", Types.Int64), ("v", Types.Text())];
        var source = new MemoryTable(columns).Add(Cell.Int(1), Cell.Text(new string('a', 900) + "x")).Add(Cell.Int(2), Cell.Text(new string('b', 100_000) + "x"));
        var target = new MemoryTable(columns).Add(Cell.Int(1), Cell.Text(new string('a', 900) + "y")).Add(Cell.Int(2), Cell.Text(new string('b', 100_000) + "y"));
        var result = await CompareAsync(source, target, "id");
        var column = result.Differences[0].Columns[0];
        column.Source.ShouldBe($"…{new string('a', 50)}x… (901 characters)");
        column.Target.ShouldBe($"…{new string('a', 50)}y… (901 characters)");
        column = result.Differences[1].Columns[0];
        column.Source.ShouldNotBeNull().ShouldStartWith($"{new string('b', 200)}… (100001 bytes, hash ");
        column.Target.ShouldNotBe(column.Source);
    }

    [Fact]
    public async Task Dropped_columns_and_columns_without_a_source_are_named()
    {
        var source = Filled(1);
        var target = new MemoryTable([.. Columns, ("added", Types.Text())]).Add(Cell.Int(0), Cell.Text("row 0"), Cell.Decimal("0.5"), Cell.Text("new"));
        var pair = source.PairWith(Filled(0), "id") with { Target = target.Schema, DroppedColumns = ["legacy (dropped by the spec)"] };
        var result = await TableComparer.CompareAsync(source, target, pair, new ComparisonOptions(), SilentObserver.Instance, default);
        result.Verdict.ShouldBe(Verdict.Passed);
        result.Notes.ShouldBe(["source columns that nothing takes, not compared: legacy (dropped by the spec)", "target columns without a source, not compared: added"]);
    }

    /// <summary>A naive comparison of everything with everything is the judge; memory is short, so rows are spooled.</summary>
    [Theory]
    [InlineData(64L * 1024 * 1024)]
    [InlineData(200)]
    public void Random_edits_are_found_as_a_naive_comparison_finds_them(long memory) => Prop.ForAll(
        Gen.Choose(0, 300).Two().ToArbitrary(),
        ArbMap.Default.ArbFor<int>(),
        (sizes, seed) =>
        {
            var random = new Random(seed);
            var (source, target) = (Filled(sizes.Item1), Filled(sizes.Item1));
            for (var edit = 0; edit < sizes.Item2 % 7; edit++)
            {
                Edit(random.Next(2) == 0 ? source : target, random);
            }

            foreach (var key in new string[][] { ["id"], ["name", "id"], [] })
            {
                var options = new ComparisonOptions { MemoryBytes = memory, MaxDifferences = 1000 };
                var result = TableComparer.CompareAsync(source, target, source.PairWith(target, key), options, SilentObserver.Instance, default).GetAwaiter().GetResult();
                NaiveComparison.Of(source.Rows, target.Rows, key.Select(name => Array.FindIndex(Columns, column => column.Item1 == name)).ToArray())
                    .ShouldBe((result.Missing, result.Extra, result.Changed));
                result.Verdict.ShouldBe(result.Missing + result.Extra + result.Changed > 0 ? Verdict.Failed : Verdict.Passed);
                result.Differences.Sum(difference => difference.Count).ShouldBe(result.Missing + result.Extra + result.Changed);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Spooling_changes_nothing_in_the_result()
    {
        var (source, target) = (Filled(20_000), Filled(20_000));
        var random = new Random(3);
        for (var edit = 0; edit < 3_000; edit++)
        {
            Edit(target, random);
        }

        var pair = source.PairWith(target, "id");
        var inMemory = await TableComparer.CompareAsync(source, target, pair, new ComparisonOptions(), SilentObserver.Instance, default);
        var spooled = await TableComparer.CompareAsync(source, target, pair, new ComparisonOptions { MemoryBytes = 10_000 }, SilentObserver.Instance, default);
        (spooled.Missing, spooled.Extra, spooled.Changed).ShouldBe((inMemory.Missing, inMemory.Extra, inMemory.Changed));
        spooled.Differences.ShouldBeEquivalentTo(inMemory.Differences);
        spooled.Notes.ShouldBe(inMemory.Notes);
    }

    [Fact]
    public async Task Progress_ends_with_all_rows_that_were_read()
    {
        var observer = new RecordingObserver();
        var (source, target) = (Filled(250), Filled(250));
        await TableComparer.CompareAsync(source, target, source.PairWith(target, "id"), new ComparisonOptions(), observer, default);
        observer.Reports.Last().ShouldBe(new Progress("compare t", 500, 500, "rows") { Completed = true });
        observer.Reports.Count.ShouldBe(7, "three batches a side and the end");
        observer.Reports.ShouldAllBe(report => report.Total == 500);
    }

    private static Task<TableComparison> CompareAsync(MemoryTable source, MemoryTable target, params string[] key) =>
        TableComparer.CompareAsync(source, target, source.PairWith(target, key), new ComparisonOptions(), SilentObserver.Instance, default);

    private static MemoryTable Filled(int count)
    {
        var table = new MemoryTable(Columns);
        for (var id = 0; id < count; id++)
        {
            table.Add(Cell.Int(id), Cell.Text($"row {id}"), Cell.Decimal($"{id}.50"));
        }

        return table;
    }

    private static void Edit(MemoryTable table, Random random)
    {
        var at = random.Next(Math.Max(1, table.Rows.Count));
        switch (random.Next(4))
        {
            case 0 when table.Rows.Count > 0:
                table.Rows.RemoveAt(at);
                break;
            case 1 when table.Rows.Count > 0:
                table.Rows.Add(table.Rows[at]);
                break;
            case 2 when table.Rows.Count > 0:
                table.Rows[at] = [table.Rows[at][0], random.Next(2) == 0 ? Cell.Null : Cell.Text($"edited {random.Next(3)}"), table.Rows[at][2]];
                break;
            default:
                table.Add(Cell.Int(random.Next(-400, 400)), Cell.Text("added"), Cell.Null);
                break;
        }
    }
}
