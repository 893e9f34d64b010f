using System.Text;
using MigrationTools.Databases.Comparison;
using MigrationTools.Databases.Tests.Integrity;
using MigrationTools.Engine;
using MigrationTools.Engine.Checks;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Comparison;

/// <summary>What is left out of a comparison on request, between two servers and between a file and a server.</summary>
public sealed class ComparisonToleranceTests(PostgresCluster cluster)
{
    [Theory]
    [InlineData(1e-6, 0)]
    [InlineData(1e-8, 2)]
    [InlineData(0, 4)]
    public Task Floats_are_near_by_their_size(double tolerance, long changed) => CheckAsync(
        "create table t (id integer primary key, v {float}); insert into t values (1, 1000000.5), (2, 1e-300), (3, 1e300), (4, -2.0)",
        "create table t (id integer primary key, v {float}); insert into t values (1, 1000000.6), (2, 2e-300), (3, 1.0000000000000002e300), (4, -2.0000001)",
        new ComparisonOptions { FloatTolerance = tolerance },
        changed);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.5, 1)]
    public Task Times_are_near_by_microseconds(double milliseconds, long changed) => CheckAsync(
        "create table t (id integer primary key, at timestamp); insert into t values (1, '2024-01-31 12:00:00.0001'), (2, 'infinity'), (3, null)",
        "create table t (id integer primary key, at timestamp); insert into t values (1, '2024-01-31 12:00:00.0011'), (2, 'infinity'), (3, null)",
        new ComparisonOptions { TimeTolerance = TimeSpan.FromMilliseconds(milliseconds) },
        changed);

    [Fact]
    public Task Nothing_is_near_an_infinity_or_null() => CheckAsync(
        "create table t (id integer primary key, at timestamp, v {float}); insert into t values (1, 'infinity', 0), (2, null, 0), (3, '2024-01-31', null)",
        "create table t (id integer primary key, at timestamp, v {float}); insert into t values (1, '9999-12-31', 0), (2, '2024-01-31', 0), (3, '2024-01-31', 0)",
        new ComparisonOptions { TimeTolerance = TimeSpan.FromDays(10_000_000), FloatTolerance = 1e9 },
        3);

    [Theory]
    [InlineData("'Ä', 'ΣΑΣ'", "'ä', 'σας'", "case", 0)]
    [InlineData("'straße', 'x'", "'STRASSE', 'X'", "case", 1)]
    [InlineData("'ab', ''", "'ab  ', ' '", "padding", 0)]
    [InlineData("'ab', ''", "' ab', ' x'", "padding", 1)]
    [InlineData("'', null", "null, ''", "empty", 0)]
    [InlineData("' ', null", "null, 'NULL'", "empty", 1)]
    public Task Texts_are_alike_as_asked_for(string left, string right, string rule, long changed) => CheckAsync(
        $"create table t (id integer primary key, a text, b text); insert into t values (1, {left})",
        $"create table t (id integer primary key, a text, b text); insert into t values (1, {right})",
        new ComparisonOptions { Text = new TextRules { IgnoreCase = rule == "case", IgnorePadding = rule == "padding", EmptyAsNull = rule == "empty" } },
        changed);

    [Fact]
    public async Task Composition_of_accents_is_left_out_or_the_option_is_refused()
    {
        const string table = "create table t (id integer primary key, c text); insert into t values";
        var options = new ComparisonOptions { Text = new TextRules { Normalize = true } };
        if ("e\u0301".Normalize(NormalizationForm.FormC) == "\u00e9")
        {
            await CheckAsync($"{table} (1, 'e\u0301'), (2, 'e')", $"{table} (1, '\u00e9'), (2, 'é')", options, 1);
            return;
        }

        var error = await Should.ThrowAsync<InvalidRequestException>(() => CheckAsync($"{table} (1, 'e\u0301')", $"{table} (1, '\u00e9')", options, 0));
        error.Message.ShouldContain("normalized");
    }

    private async Task CheckAsync(string source, string target, ComparisonOptions options, long changed)
    {
        foreach (var file in new[] { false, true })
        {
            await using var room = await ComparisonRoom.OpenAsync(file ? new SqliteScratch() : new PostgresScratch(cluster), source, new PostgresScratch(cluster), target);
            foreach (var method in Enum.GetValues<ComparisonMethod>())
            {
                var result = await room.CompareAsync(options with { Method = method });
                (result.Verdict, result.Changed).ShouldBe((changed == 0 ? Verdict.Passed : Verdict.Failed, changed), $"{method} ({result.MethodReason}): {ComparisonRoom.Tell(result)}");
                (result.Missing, result.Extra).ShouldBe((0, 0));
            }
        }
    }
}
