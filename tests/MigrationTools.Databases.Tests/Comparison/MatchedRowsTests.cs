using System.Globalization;
using System.Text;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>Rows that both sides have are left out by their hashes: what is found is the same where they are not, and a key that is there twice is still a multiset.</summary>
public sealed class MatchedRowsTests(PostgresCluster cluster)
{
    private const string Table = "create table t (a bigint not null, b varchar(20) not null, v varchar(40)); create index t_a on t (a);";

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task A_key_that_two_rows_share_is_a_multiset_also_where_one_of_them_is_on_both_sides(bool sourceIsPostgres, bool targetIsPostgres)
    {
        const string others = "(1, 'x', 'same'), (2, 'x', 'same'), (3, 'x', 'same'), (3, 'y', 'same')";
        await using var room = await OpenAsync(
            sourceIsPostgres,
            $"insert into t values {others}, (2, 'y', 'both'), (2, 'y', 'old'), (4, 'x', 'one')",
            targetIsPostgres,
            $"insert into t values {others}, (2, 'y', 'new'), (2, 'y', 'both'), (4, 'x', 'other')");
        var result = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Stream });
        (result.Missing, result.Extra, result.Changed).ShouldBe((1, 1, 1), ComparisonRoom.Tell(result));
        result.Differences.Select(difference => $"{difference.Kind} {difference.Key["a"]}{difference.Key["b"]}").ShouldBe(["Missing 2y", "Extra 2y", "Changed 4x"], ignoreOrder: true);
        result.Notes.ShouldHaveSingleItem().ShouldContain("the key does not tell all rows apart");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task What_does_not_fit_in_memory_is_found_the_same(bool sourceIsPostgres, bool targetIsPostgres)
    {
        const int rows = 20_000;
        await using var room = await OpenAsync(
            sourceIsPostgres,
            Insert(Enumerable.Range(0, rows).Where(row => row % 97 != 0)),
            targetIsPostgres,
            Insert(Enumerable.Range(0, rows).Reverse().Where(row => row % 89 != 0), row => row % 7 == 0 ? "new" : $"value {row}"));
        room.Estimate(100_000);
        var expected = (
            Missing: Enumerable.Range(0, rows).Count(row => row % 97 != 0 && row % 89 == 0),
            Extra: Enumerable.Range(0, rows).Count(row => row % 97 == 0 && row % 89 != 0),
            Changed: Enumerable.Range(0, rows).Count(row => row % 97 != 0 && row % 89 != 0 && row % 7 == 0));
        var whole = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Stream, MaxDifferences = 1_000 });
        (whole.Verdict, (int)whole.Missing, (int)whole.Extra, (int)whole.Changed).ShouldBe((Verdict.Failed, expected.Missing, expected.Extra, expected.Changed));

        foreach (var memory in new[] { 1L, 400_000, 8_000_000 })
        {
            var result = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Stream, MaxDifferences = 1_000, MemoryBytes = memory });
            ComparisonRoom.Tell(result).ShouldBe(ComparisonRoom.Tell(whole), $"with {memory} bytes");
        }
    }

    private async Task<ComparisonRoom> OpenAsync(bool sourceIsPostgres, string source, bool targetIsPostgres, string target)
    {
        IScratch Scratch(bool isPostgres) => isPostgres ? new PostgresScratch(cluster) : new SqliteScratch();
        var room = await ComparisonRoom.OpenAsync(Scratch(sourceIsPostgres), Table + source, Scratch(targetIsPostgres), Table + target);
        room.Tables = [room.Tables[0] with { Key = ["a", "b"] }];
        return room;
    }

    private static string Insert(IEnumerable<int> rows, Func<int, string>? value = null)
    {
        var sql = new StringBuilder("insert into t values ");
        return sql.AppendJoin(", ", rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"({row / 3}, 'k{row % 3}', '{value?.Invoke(row) ?? $"value {row}"}')"))).ToString();
    }
}
