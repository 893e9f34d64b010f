using MigrationTools.Databases.Comparison.Canonical;
using MigrationTools.Databases.Comparison.Methods;
using MigrationTools.Databases.Postgres;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Databases;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Rows of all combinations of values that the server's own functions take for equal, or leave out, have hashes of their own.</summary>
public sealed class PostgresRowHashTests(PostgresCluster cluster)
{
    private static readonly Dictionary<PostgresHashForm, (string Type, PostgresWire Wire, string[] Values)> Troublesome = new()
    {
        [PostgresHashForm.Whole] = ("bigint", PostgresWire.Int8, ["0", "1", "-1", "4294967295", "4294967296"]),
        [PostgresHashForm.Number] = ("numeric", PostgresWire.Numeric, ["0", "1.5", "-1.5", "150000", "NaN"]),
        [PostgresHashForm.AnyNumber] = ("numeric", PostgresWire.Numeric, ["0", "-15", "15", "NaN", "Infinity", "-Infinity"]),
        [PostgresHashForm.Float] = ("float8", PostgresWire.Float8, ["0", "1", "NaN", "-Infinity"]),
        [PostgresHashForm.Text] = ("text", PostgresWire.Text, ["", " ", "NULL"]),
        [PostgresHashForm.Timestamp] = ("timestamp", PostgresWire.Timestamp, ["2000-01-01", "2024-01-31 12:00:00", "2024-01-31 13:11:34.967296", "2000-01-01 02:23:09.934594", "infinity"]),
        [PostgresHashForm.EpochTimestamp] = ("timestamp", PostgresWire.Timestamp, ["2000-01-01", "2024-01-31 12:00:00", "2024-01-31 13:11:34.967296", "2000-01-01 02:23:09.934594", "infinity"]),
        [PostgresHashForm.Truth] = ("boolean", PostgresWire.Bool, ["t", "f"]),
        [PostgresHashForm.Date] = ("date", PostgresWire.Date, ["2000-01-01", "infinity"]),
        [PostgresHashForm.Uuid] = ("uuid", PostgresWire.Uuid, ["00000000-0000-0000-0000-000000000000"]),
    };

    [Fact]
    public async Task No_two_of_all_combinations_share_a_hash()
    {
        await using var scratch = new PostgresScratch(cluster);
        await using var database = scratch.Provider.Open(await scratch.NewAsync("select 1"));
        await using var session = await database.OpenSessionAsync(TestContext.Current.CancellationToken);
        var random = new Random(20261201);
        var looked = 0L;
        for (var table = 0; table < 300; table++)
        {
            var forms = Enumerable.Range(0, 2 + (table % 5)).Select(_ => Troublesome.Keys.ElementAt(random.Next(Troublesome.Count))).ToArray();
            while (forms.Aggregate(1L, (rows, form) => rows * (Troublesome[form].Values.Length + 1)) > 20_000)
            {
                forms = forms[1..];
            }

            var columns = forms.Select(form => new HashedColumn(form.ToString(), new ColumnMeaning(LogicalKind.Opaque))).ToArray();
            var values = forms.Select((form, column) => ($"c{column}.value", Troublesome[form].Wire)).ToArray();
            var rows = forms.Select((form, column) => $"(values {string.Join(", ", Troublesome[form].Values.Append(null).Select(value => $"({(value is null ? "null" : $"'{value}'")}::{Troublesome[form].Type})"))}) as c{column} (value)");
            var hash = new PostgresRowHash(random.NextInt64()).Sql(values, columns);

            var result = await session.QueryAsync($"select count(*), count(distinct hash) from (select {hash} as hash from {string.Join(" cross join ", rows)}) as hashed", [], TestContext.Current.CancellationToken);

            result[0][0].ShouldBe(result[0][1], $"{string.Join(", ", forms)}: {hash}");
            looked += Convert.ToInt64(result[0][0], System.Globalization.CultureInfo.InvariantCulture);
        }

        looked.ShouldBeGreaterThan(50_000);
        TestContext.Current.SendDiagnosticMessage($"hashes of {looked} rows looked at");
    }
}
