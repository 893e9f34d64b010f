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
    [InlineData("timestamp", "2000-01-01 00:00:00", "2000-01-01 02:23:09.934594")]
    [InlineData("timestamp", "2000-01-01 00:00:00", "2000-01-02 14:10:38.953504")]
    [InlineData("timestamptz", "2000-01-01 00:00:00+00", "2000-02-20 21:40:46.512128+00")]
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

    // hashfloat8extended gives its seed back for 0, and hash_numeric_extended for NaN; one less for 0: as if the column were not there.
    [Theory]
    [InlineData("float8", "0", "5")]
    [InlineData("float8", "-0", "1e300")]
    [InlineData("float4", "0", "NaN")]
    [InlineData("numeric(12,2)", "0", "NaN")]
    [InlineData("numeric(12,2)", "0", "7")]
    [InlineData("numeric", "0", "NaN")]
    [InlineData("numeric", "Infinity", "0")]
    [InlineData("bigint", "-1", "4294967295")]
    [InlineData("bigint", "0", "4294967296")]
    [InlineData("integer", "0", "1")]
    [InlineData("boolean", "t", "f")]
    public async Task Two_values_that_change_places_are_told_apart(string type, string left, string right)
    {
        foreach (var (others, value) in new[] { ("", ""), (", a text, b timestamp, c uuid", ", 'x', '2024-01-31', '00112233-4455-6677-8899-aabbccddeeff'") })
        {
            var table = $"create table t (id integer primary key, v {type}, w {type}, x {type}{others});";
            string Insert(string first, string second, string third) => $"{table} insert into t values (1, {Quote(first)}, {Quote(second)}, {Quote(third)}{value})";
            foreach (var (source, target) in new[] { (Insert(left, right, left), Insert(right, left, left)), (Insert(left, left, right), Insert(right, left, left)), (Insert(left, left, right), Insert(left, right, left)) })
            {
                await using var room = await OpenAsync(source, target);
                var result = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Native });
                (result.Method, result.Changed).ShouldBe((ComparisonMethod.Native, 1), $"{source} {target} {result.MethodReason}");
            }
        }
    }

    [Fact]
    public async Task Rows_of_nothing_but_zeros_and_booleans_are_told_apart_though_their_flags_add_up()
    {
        // Each row's hash would be its seed: 3 + 0 is 1 + 2.
        const string table = "create table t (v float8, a boolean, b boolean);";
        string Insert(params (bool A, bool B)[] rows) => $"{table} insert into t select 0, a, b from (values {string.Join(", ", rows.Select(row => $"({row.A}, {row.B})"))}) as v (a, b), generate_series(1, 100)";
        await using var room = await OpenAsync(Insert((true, true), (false, false)), Insert((true, false), (false, true)));
        var result = await room.CompareAsync(new ComparisonOptions { Method = ComparisonMethod.Native });
        (result.Method, result.Missing, result.Extra).ShouldBe((ComparisonMethod.Native, 200, 200), ComparisonRoom.Tell(result));
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
    public async Task A_column_that_a_domain_keeps_from_NULL_is_compared_where_it_holds_one()
    {
        // CREATE DOMAIN, Notes: "it is possible for a column that's nominally of the domain type to read as null in spite of the constraint".
        string Sql(string text, string key) => $"""
            create domain filled as bigint not null;
            create domain dated as date not null;
            create table t (id integer primary key, v filled, w text not null, x dated);
            insert into t values (1, (select v from t where false), '{text}', (select x from t where false)), (2, 7, 'b', '2024-01-31');
            create table u (v filled unique, w text not null);
            insert into u values ((select v from u where false), '{text}'), ({key}, 'b');
            """;
        await using var room = await OpenAsync(Sql("a", "7"), Sql("changed", "8"));
        foreach (var method in Enum.GetValues<ComparisonMethod>())
        {
            var results = (await room.CompareAllAsync(new ComparisonOptions { Method = method }, cancellationToken: TestContext.Current.CancellationToken)).OrderBy(result => result.Target).ToList();
            results.Select(result => (result.SourceRows, result.Missing, result.Extra, result.Changed)).ShouldBe([(2, 0, 0, 1), (2, 2, 2, 0)], string.Join('\n', results.Select(ComparisonRoom.Tell)));
        }
    }

    [Theory]
    [InlineData("\u00ad")]
    [InlineData("\u200b")]
    [InlineData("\u0001")]
    public async Task A_text_that_a_collation_takes_for_empty_is_not(string text)
    {
        const string table = "create collation blind (provider = icu, locale = 'und', deterministic = false); create table t (id integer primary key, v text collate blind);";
        await using var room = await OpenAsync($"{table} insert into t values (1, '{text}'), (2, '')", $"{table} insert into t values (1, null), (2, null)");
        foreach (var method in Enum.GetValues<ComparisonMethod>())
        {
            var result = await room.CompareAsync(new ComparisonOptions { Method = method, Text = new TextRules { EmptyAsNull = true } });
            (result.Missing, result.Extra, result.Changed).ShouldBe((0, 0, 1), $"{result.Method} ({result.MethodReason})");
        }
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
