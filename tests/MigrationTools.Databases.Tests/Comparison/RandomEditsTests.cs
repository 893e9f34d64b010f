using System.Globalization;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Tests.Postgres;
using Cell = MigrationTools.Databases.Tests.Conversion.Cell;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Random rows and random edits of them: all methods find what a naive comparison finds.</summary>
public sealed class RandomEditsTests(PostgresCluster cluster)
{
    private const string Table = "create table t (id bigint primary key, whole bigint, name text, amount numeric(20,3), wide numeric, at timestamp, ok boolean);";

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 40, 1)]
    [InlineData(3, 400, 2)]
    [InlineData(4, 400, 0)]
    [InlineData(5, 9_000, 1)]
    [InlineData(6, 9_000, 30)]
    [InlineData(7, 2_000, 3)]
    [InlineData(8, 2_000, 1)]
    public async Task All_methods_find_what_a_naive_comparison_finds(int seed, int count, int edits)
    {
        var random = new Random(seed);
        var gap = seed % 2 == 0 ? 1 : 1_000_003L;
        var source = Enumerable.Range(0, count).Select(number => Row((number - (count / 2)) * gap, random)).ToList();
        var target = source.Select(row => row.ToArray()).ToList();
        for (var edit = 0; edit < edits; edit++)
        {
            Edit(target, random);
        }

        await using var room = await ComparisonRoom.OpenAsync(new PostgresScratch(cluster), Insert(source), new PostgresScratch(cluster), Insert(target));
        var naive = NaiveComparison.Of(Cells(source), Cells(target), [0]);

        foreach (var method in Enum.GetValues<ComparisonMethod>())
        {
            var result = await room.CompareAsync(new ComparisonOptions { Method = method });
            (result.Missing, result.Extra, result.Changed).ShouldBe(naive, $"{method}, really {result.Method} ({result.MethodReason}): {ComparisonRoom.Tell(result)}");
            result.Verdict.ShouldBe(naive == (0, 0, 0) ? Verdict.Passed : Verdict.Failed);
            (result.SourceRows, result.TargetRows).ShouldBe((source.Count, target.Count));
        }

        (await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Native })).ShouldSatisfyAllConditions(
            native => native.Method.ShouldBe(ComparisonMethod.Native, native.MethodReason));
    }

    private static string?[] Row(long id, Random random) =>
        [id.ToString(CultureInfo.InvariantCulture), Whole(random), Name(random), Amount(random), Amount(random), At(random), random.Next(3) switch { 0 => null, 1 => "t", _ => "f" }];

    private static string? Whole(Random random) => random.Next(5) == 0 ? null : random.NextInt64(-5, 5_000_000_000).ToString(CultureInfo.InvariantCulture);

    private static string? Name(Random random) => random.Next(6) switch { 0 => null, 1 => "", 2 => "NULL", 3 => "it's \\ | é😀", _ => $"name {random.Next(4)}" };

    private static string? Amount(Random random) => random.Next(6) == 0 ? null : (random.Next(1, 100_000) / 8m * (random.Next(2) == 0 ? -1 : 1)).ToString("0.###", CultureInfo.InvariantCulture);

    private static string? At(Random random) => random.Next(5) == 0 ? null : Text(new DateTime(1990 + random.Next(60), 1, 1).AddTicks(random.NextInt64(100_000_000_000_000) * 10));

    private static string Text(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static void Edit(List<string?[]> rows, Random random)
    {
        var row = rows.Count == 0 ? null : rows[random.Next(rows.Count)];
        switch (random.Next(10))
        {
            case 0 when row is not null:
                rows.Remove(row);
                break;
            case 1 when row is not null:
                row[1] = row[1] is { } whole ? (long.Parse(whole, CultureInfo.InvariantCulture) + (1L << 32)).ToString(CultureInfo.InvariantCulture) : "0";
                break;
            case 2 when row is not null:
                var place = random.Next(3, 5);
                row[place] = row[place] is { } amount ? amount.StartsWith('-') ? amount[1..] : "-" + amount : "0.5";
                break;
            case 3 when row is not null:
                row[5] = row[5] is { } at ? Text(DateTime.Parse(at, CultureInfo.InvariantCulture).AddDays(random.Next(2) == 0 ? -3 : 3)) : "2000-01-01 00:00:00.000000";
                break;
            case 4 when row is not null:
                row[5] = row[5] is { } moment ? Text(DateTime.Parse(moment, CultureInfo.InvariantCulture).AddTicks(42_949_672_960)) : "infinity";
                break;
            case 5 when row is not null:
                row[6] = row[6] == "t" ? "f" : "t";
                break;
            case 6 when row is not null:
                var emptied = random.Next(1, 7);
                row[emptied] = null;
                break;
            case 7 when row is not null:
                row[2] = row[2] is null ? "" : row[2] + " ";
                break;
            case 8 when row is not null:
                var other = rows[random.Next(rows.Count)];
                (row[3], other[3]) = (other[3], row[3]);
                break;
            default:
                rows.Add(Row(10_000_000_000_000 + random.Next(1_000_000_000), random));
                break;
        }
    }

    private static string Insert(List<string?[]> rows) => rows.Count == 0
        ? Table
        : $"{Table} insert into t values {string.Join(", ", rows.Select(row => $"({string.Join(", ", row.Select(value => value is null ? "null" : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'"))})"))}; analyze t";

    private static IEnumerable<Cell[]> Cells(List<string?[]> rows) => rows.Select(row => row.Select(value => value is null ? Cell.Null : Cell.Text(value)).ToArray());
}
