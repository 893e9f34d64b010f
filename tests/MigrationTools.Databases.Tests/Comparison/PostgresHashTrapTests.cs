using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>What PostgreSQL's own hash functions take as equal, and what they refuse.</summary>
public sealed class PostgresHashTrapTests(PostgresCluster cluster)
{
    [Theory]
    [InlineData("numeric", "1.5", "-1.5")]
    [InlineData("numeric(12,2)", "1.50", "-1.50")]
    [InlineData("numeric", "NaN", "Infinity")]
    [InlineData("numeric", "Infinity", "-Infinity")]
    [InlineData("numeric", "NaN", null)]
    [InlineData("numeric", "0", null)]
    [InlineData("bigint", "-1", "4294967295")]
    [InlineData("bigint", "0", "4294967296")]
    [InlineData("bigint", "0", "-4294967297")]
    [InlineData("bigint", "9223372036854775807", "-9223372036854775808")]
    [InlineData("timestamp", "2024-01-31 12:00:00", "2024-01-31 13:11:34.967296")]
    [InlineData("timestamptz", "2024-01-31 12:00:00+00", "2024-01-31 13:11:34.967296+00")]
    [InlineData("timestamp", "infinity", "-infinity")]
    [InlineData("time", "00:00:00", "01:11:34.967296")]
    [InlineData("interval", "1 month", "30 days")]
    [InlineData("interval", "1 day", "24 hours")]
    [InlineData("text collate loose", "a", "A")]
    [InlineData("text", "", null)]
    [InlineData("float8", "NaN", "Infinity")]
    [InlineData("boolean", "f", null)]
    [InlineData("date", "infinity", null)]
    [InlineData("uuid", "00000000-0000-0000-0000-000000000000", null)]
    [InlineData("bytea", "\\x", null)]
    public async Task A_value_that_hashes_alike_is_told_apart(string type, string left, string? right)
    {
        // Twice, the other way round and in the last column, so that neither a sum of weights nor one of signs hides them.
        var table = $"{{collation}} create table t (id integer primary key, other text, v {type});";
        string Insert(string? first, string? second) => $"{table} insert into t values (1, 'x', {Quote(first)}), (2, 'x', {Quote(second)}), (3, null, {Quote(first)})";
        await using var room = await OpenAsync(Insert(left, right), Insert(right, left));
        foreach (var method in Enum.GetValues<ComparisonMethod>())
        {
            var result = await room.CompareAsync(new ComparisonOptions { Method = method });
            result.Method.ShouldBe(method == ComparisonMethod.Native ? ComparisonMethod.Native : result.Method, result.MethodReason);
            (result.Missing, result.Extra, result.Changed).ShouldBe((0, 0, 3), $"{result.Method} ({result.MethodReason})");
        }
    }

    [Theory]
    [InlineData("numeric", "1.5", "1.500")]
    [InlineData("numeric", "0", "-0.00")]
    [InlineData("float8", "0", "-0")]
    [InlineData("char(5)", "ab", "ab   ")]
    [InlineData("timestamptz", "2024-01-31 12:00:00+00", "2024-01-31 17:45:00+05:45")]
    public async Task What_is_equal_hashes_alike(string type, string left, string right)
    {
        string Sql(string value) => $"create table t (id integer primary key, v {type}); insert into t values (1, {Quote(value)}), (2, null)";
        await using var room = await OpenAsync(Sql(left), Sql(right));
        var result = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Native });
        (result.Verdict, result.Method).ShouldBe((Verdict.Passed, ComparisonMethod.Native), $"{result.MethodReason} {ComparisonRoom.Tell(result)}");
    }

    [Fact]
    public async Task A_moment_past_what_the_hash_can_shift_has_the_table_streamed_and_says_so()
    {
        const string sql = "create table t (id integer primary key, at timestamp); insert into t values (1, '294276-12-31 23:59:59.999999'), (2, '2024-01-31')";
        await using var room = await OpenAsync(sql, sql + "; update t set at = '2024-02-01' where id = 2");
        var result = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Native });
        (result.Verdict, result.Method, result.Changed).ShouldBe((Verdict.Failed, ComparisonMethod.Stream, 1), $"{result.MethodReason} {ComparisonRoom.Tell(result)}");
        result.MethodReason.ShouldNotBeNull().ShouldStartWith("Native failed: ");
    }

    private static string Quote(string? value) => value is null ? "null" : $"'{value}'";

    private Task<ComparisonRoom> OpenAsync(string source, string target) => ComparisonRoom.OpenAsync(new PostgresScratch(cluster), source, new PostgresScratch(cluster), target);
}
