using System.Globalization;
using System.Text;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Tests.Postgres;
using Cell = MigrationTools.Databases.Tests.Conversion.Cell;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>
/// Tables of random columns whose cells are drawn from values that are easily taken for each other, edited by moving cells about: all methods find what a naive
/// comparison finds. Values that are equal are spelled as they come on either side.
/// </summary>
public sealed class RandomTablesTests(PostgresCluster cluster)
{
    private const int Tables = 30;
    private static readonly string[] Texts = ["", " ", "NULL", "<null>", "a", "A", "a ", "é", "e\u0301", "😀", "|", "a|", "'", "\\"];

    private static readonly ColumnKind[] Hashed =
    [
        new("bigint", "bigint", ["0", "1", "-1", "4294967295", "4294967296", "9223372036854775807", "-9223372036854775808"]),
        new("integer", "integer", ["0", "1", "-1", "2147483647"]),
        new("smallint", null, ["0", "1", "-1", "32767"]),
        new("numeric", null, ["0=0.00=-0", "1.5=1.50", "-1.5", "150000", "15", "1500000", "NaN", "Infinity", "-Infinity", "1e300", "0.00000000000000000000000000015"]),
        new("numeric(12,2)", null, ["0=0.00", "1.5=1.50", "-1.5", "150000", "15", "NaN"]),
        new("float8", "real", ["0=-0", "1", "5", "-5", "1e300", "5e-324", "0.1"]),
        new("float8", null, ["0=-0", "1", "NaN", "Infinity", "-Infinity"]),
        new("float4", null, ["0=-0", "1", "0.1", "NaN"]),
        new("text", "text", Texts),
        new("varchar(20)", "varchar(20)", Texts),
        new("char(5)", null, ["a=a  ", "=   ", "b", " a"]),
        new("timestamp", "timestamp", ["2000-01-01 00:00:00", "2024-01-31 12:00:00", "2024-01-31 13:11:34.967296", "2024-01-31 13:11:34.967297"]),
        new("timestamp", null, ["infinity", "-infinity", "0044-03-15 00:00:00 BC", "2000-01-01 00:00:00"]),
        new("timestamptz", null, ["2024-01-31 12:00:00+00=2024-01-31 17:45:00+05:45", "infinity", "2000-01-01 00:00:00+00"]),
        new("date", "date", ["2000-01-01", "2024-02-29", "1999-12-31"]),
        new("date", null, ["infinity", "-infinity", "2000-01-01"]),
        new("time", null, ["00:00:00", "24:00:00", "01:11:34.967296"]),
        new("interval", null, ["1 month", "30 days", "720 hours=720:00:00", "0"]),
        new("uuid", null, ["00000000-0000-0000-0000-000000000000", "00112233-4455-6677-8899-aabbccddeeff=00112233-4455-6677-8899-AABBCCDDEEFF"]),
        new("boolean", "boolean", ["true", "false"]),
        new("bytea", null, ["\\x", "\\x00", "\\x0000", "\\xff"]),
    ];

    private static readonly ColumnKind[] Streamed =
    [
        new("jsonb", null, ["{\"a\":1,\"b\":2}={\"b\":2,\"a\":1}", "null", "{}", "[1]"]),
        new("integer[]", null, ["{}", "{1,2}", "{2,1}", "{NULL}"]),
        new("bit(3)", null, ["000", "101"]),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task All_methods_find_what_a_naive_comparison_finds_in_PostgreSQL(int seed)
    {
        var native = await CompareAsync(seed, Hashed, () => new PostgresScratch(cluster), () => new PostgresScratch(cluster), Enum.GetValues<ComparisonMethod>());

        native.ShouldBeGreaterThan(Tables / 2);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Reading_finds_what_a_naive_comparison_finds_in_types_without_a_hash(int seed) =>
        await CompareAsync(seed, [.. Streamed, .. Hashed], () => new PostgresScratch(cluster), () => new PostgresScratch(cluster), Enum.GetValues<ComparisonMethod>());

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task All_methods_find_what_a_naive_comparison_finds_in_SQLite_and_PostgreSQL(int seed)
    {
        ColumnKind[] kinds = [.. Hashed.Where(kind => kind.Sqlite is not null)];
        await CompareAsync(seed, kinds, () => new SqliteScratch(), () => new PostgresScratch(cluster), Enum.GetValues<ComparisonMethod>());
        await CompareAsync(seed + 100, kinds, () => new PostgresScratch(cluster), () => new SqliteScratch(), Enum.GetValues<ComparisonMethod>());
        await CompareAsync(seed + 200, kinds, () => new SqliteScratch(), () => new SqliteScratch(), Enum.GetValues<ComparisonMethod>());
    }

    /// <summary>Compares tables by each method; tells how many were compared natively where that was asked for.</summary>
    private static async Task<int> CompareAsync(int seed, ColumnKind[] kinds, Func<IScratch> source, Func<IScratch> target, IReadOnlyList<ComparisonMethod> methods)
    {
        var random = new Random(seed);
        var tables = Enumerable.Range(0, Tables).Select(number => RandomTable.Draw($"t{number}", kinds, random)).ToDictionary(table => table.Name, StringComparer.Ordinal);
        var (left, right) = (source(), target());
        await using var room = await ComparisonRoom.OpenAsync(left, string.Concat(tables.Values.Select(table => table.Sql(table.Source, left is PostgresScratch, random))), right, string.Concat(tables.Values.Select(table => table.Sql(table.Target, right is PostgresScratch, random))));
        var native = 0;
        foreach (var method in methods)
        {
            foreach (var result in await room.CompareAllAsync(new ComparisonOptions { Method = method }, cancellationToken: TestContext.Current.CancellationToken))
            {
                var table = tables[result.Target.Split('.')[^1]];
                var expected = table.Compare();
                var told = $"seed {seed}, {method}, really {result.Method} ({result.MethodReason}): {table}: {ComparisonRoom.Tell(result)}";
                (result.Missing, result.Extra, result.Changed).ShouldBe(expected, told);
                result.Verdict.ShouldBe(expected == (0, 0, 0) ? Verdict.Passed : Verdict.Failed, told);
                (result.SourceRows, result.TargetRows).ShouldBe((table.Source.Count, table.Target.Count), told);
                native += result.Method == ComparisonMethod.Native ? 1 : 0;
            }
        }

        return native;
    }

    /// <summary>A column's type in both engines; null where SQLite has none like it. Values that are equal stand together, with = between.</summary>
    private sealed record ColumnKind(string Postgres, string? Sqlite, string[] Values);

    private sealed class RandomTable
    {
        private int _added;

        public required ColumnKind[] Kinds { get; init; }

        public required string Name { get; init; }

        /// <summary>Columns of the key, from the first, which are numbers or texts.</summary>
        public required bool[] NumberedKey { get; init; }

        /// <summary>The key's values, and after them the place of each cell's value, −1 for NULL.</summary>
        public required List<int[]> Source { get; init; }

        public required List<int[]> Target { get; init; }

        public static RandomTable Draw(string name, ColumnKind[] kinds, Random random)
        {
            // Of few kinds, so that cells of one kind stand side by side.
            var some = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => kinds[random.Next(kinds.Length)]).ToArray();
            var columns = Enumerable.Range(0, 1 + random.Next(6)).Select(_ => some[random.Next(some.Length)]).ToArray();
            bool[] key = random.Next(5) switch { 0 => [], 1 => [false], 2 => [true, random.Next(2) == 0], _ => [true] };
            var rows = Enumerable.Range(0, 1 + random.Next(random.Next(3) == 0 ? 300 : 20)).Select(number => Row(number, key, columns, random)).ToList();
            var table = new RandomTable { Name = name, Kinds = columns, NumberedKey = key, Source = rows, Target = [.. rows.Select(row => row.ToArray())] };
            for (var edit = random.Next(4); edit > 0 && table.Target.Count > 0; edit--)
            {
                table.Edit(random);
            }

            return table;
        }

        public string Sql(List<int[]> rows, bool inPostgres, Random random)
        {
            var columns = NumberedKey.Select((numbered, place) => $"k{place} {(numbered ? "bigint" : "text")} not null").Concat(Kinds.Select((kind, place) => $"c{place} {(inPostgres ? kind.Postgres : kind.Sqlite)}"));
            var key = NumberedKey.Length == 0 ? "" : $", primary key ({string.Join(", ", NumberedKey.Select((_, place) => $"k{place}"))})";
            var sql = new StringBuilder($"create table {Name} ({string.Join(", ", columns)}{key});\n");
            if (rows.Count > 0)
            {
                var shuffled = rows.ToArray();
                random.Shuffle(shuffled);
                _ = sql.Append($"insert into {Name} values {string.Join(", ", shuffled.Select(row => $"({string.Join(", ", row.Select((value, place) => Literal(row, place, inPostgres, random)))})"))};\n");
            }

            return sql.ToString();
        }

        public (long Missing, long Extra, long Changed) Compare() => NaiveComparison.Of(Cells(Source), Cells(Target), [.. Enumerable.Range(0, NumberedKey.Length)]);

        public override string ToString() => $"{Name}, key of {NumberedKey.Length}, {string.Join(", ", Kinds.Select(kind => kind.Postgres))}";

        private static IEnumerable<Cell[]> Cells(List<int[]> rows) => rows.Select(row => row.Select(value => Cell.Text(value.ToString(CultureInfo.InvariantCulture))).ToArray());

        private static int[] Row(int number, bool[] key, ColumnKind[] columns, Random random) =>
            [.. key.Select((_, place) => place == key.Length - 1 ? (number * 7) - 30 : number % 3), .. columns.Select(kind => Value(kind, random))];

        private static int Value(ColumnKind kind, Random random) => random.Next(-1, kind.Values.Length);

        private void Edit(Random random)
        {
            var key = NumberedKey.Length;
            var row = Target[random.Next(Target.Count)];
            var (one, other) = (key + random.Next(Kinds.Length), key + random.Next(Kinds.Length));
            switch (random.Next(6))
            {
                case 0:
                    row[one] = Value(Kinds[one - key], random);
                    break;
                case 1:
                    row[one] = Value(Kinds[one - key], random);
                    row[other] = Value(Kinds[other - key], random);
                    break;
                case 2 when Kinds[one - key] == Kinds[other - key]:
                    (row[one], row[other]) = (row[other], row[one]);
                    break;
                case 3:
                    var neighbour = Target[random.Next(Target.Count)];
                    (row[one], neighbour[one]) = (neighbour[one], row[one]);
                    break;
                case 4:
                    _ = Target.Remove(row);
                    break;
                case 5:
                    Target.Add(key == 0 ? [.. row] : Row(1000 + _added++, NumberedKey, Kinds, random));
                    break;
            }
        }

        private string Literal(int[] row, int place, bool inPostgres, Random random)
        {
            if (place < NumberedKey.Length)
            {
                var number = row[place].ToString(CultureInfo.InvariantCulture);
                return NumberedKey[place] ? number : $"'k{number}'";
            }

            if (row[place] < 0)
            {
                return "null";
            }

            var kind = Kinds[place - NumberedKey.Length];
            var spellings = kind.Values[row[place]].Split('=');
            var value = spellings[random.Next(spellings.Length)];
            return !inPostgres && kind.Sqlite is "bigint" or "integer" or "real" or "boolean" ? value : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
        }
    }
}
