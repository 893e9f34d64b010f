using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>SQLite's rows are hashed in blocks: wherever one ends, no row is left out or taken twice.</summary>
public sealed class DigestBlockTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1023, 1)]
    [InlineData(1024, 1)]
    [InlineData(1025, 1)]
    [InlineData(8191, 1)]
    [InlineData(8192, 1)]
    [InlineData(8193, 1)]
    [InlineData(16384, 1)]
    [InlineData(20000, 100)]
    [InlineData(5, 600_000)]
    [InlineData(3, 2_000_000)]
    public async Task Every_row_is_hashed_once_whatever_the_number_and_the_size(int rows, int bytes)
    {
        foreach (var key in new[] { "integer primary key", "text primary key" })
        {
            var sql =
                $"""
                create table t (id {key}, n numeric, b text);
                with recursive r (i) as (select 1 union all select i + 1 from r where i < {rows}) insert into t select i, i / 4.0, hex(zeroblob({bytes / 2})) || i from r;
                """;
            await using var room = await ComparisonRoom.OpenAsync(new SqliteScratch(), sql, new SqliteScratch(), sql);
            var equal = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Stream });
            (equal.Verdict, equal.SourceRows, equal.TargetRows).ShouldBe((Verdict.Passed, rows, rows), $"{key}: {ComparisonRoom.Tell(equal)}");

            foreach (var row in new[] { 1, rows })
            {
                await room.ChangeAsync(room.Target, $"update t set n = n + 0.5 where id = '{row}'");
            }

            var changed = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Stream });
            changed.Changed.ShouldBe(rows == 1 ? 1 : 2, key);
        }
    }
}
