using MigrationTools.Databases.Integrity;
using MigrationTools.Databases.Mapping;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;

namespace MigrationTools.Databases.Tests.Integrity;

public abstract class DataQualitySuite(IScratch scratch) : IntegritySuite(scratch)
{
    private const string People = "create table people (id integer primary key, name varchar(20), score decimal(10,2), born date);";

    [Fact]
    public async Task Figures_of_every_column_are_exact()
    {
        var (source, target) = await TwiceAsync(People +
            "insert into people values (1, 'Zoë', 1.50, '2001-02-03'), (2, 'Al', 10, '1999-12-31'), (3, null, 9.25, null), (4, 'Al', null, '2001-02-03')");

        var results = await MeasureAsync(source, target);

        results.ShouldAllBe(result => result.Verdict == Verdict.Passed, string.Join("\n", results.SelectMany(result => result.Notes)));
        results.Select(result => result.Column).ShouldBe(["id", "name", "score", "born"]);
        var name = results[1].Source!;
        (name.Rows, name.Nulls, name.NullRate, name.Distinct).ShouldBe((4, 1, 0.25, 2));
        (name.Minimum, name.Maximum).ShouldBe(("Al", "Zoë"));
        (name.MinimumLength, name.MaximumLength, name.AverageLength).ShouldBe((2, 3, 7.0 / 3));
        var score = results[2].Target!;
        (score.Distinct, score.Nulls).ShouldBe((3, 1));
        score.Minimum.ShouldStartWith("1.5");
        score.Maximum.ShouldStartWith("10");
        score.MinimumLength.ShouldBeNull();
        (results[3].Source!.Minimum, results[3].Source!.Maximum).ShouldBe(("1999-12-31", "2001-02-03"));
    }

    [Fact]
    public async Task A_value_that_became_null_fails_its_column_and_no_other()
    {
        var source = await DatabaseAsync(People + "insert into people values (1, 'Al', 1, null), (2, 'Bo', 2, null), (3, 'Al', 1, null)");
        var target = await DatabaseAsync(People + "insert into people values (1, 'Al', 1, null), (2, 'Bo', 2, null), (3, null, 1, null)");

        var results = await MeasureAsync(source, target);

        results.Where(result => result.Verdict == Verdict.Failed).Select(result => result.Column).ShouldBe(["name"]);
        var failed = results[1] with { System = "shop_database" };
        failed.Notes.ShouldContain("nulls: 0 in the source, 1 in the target");
        var check = failed.ToCheck();
        check.Id.ShouldBe($"quality:shop_database/{failed.Table}.name");
        check.Remedy.ShouldNotBeNullOrEmpty();
        check.Evidence.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("'Al'", "''", "minimum")]
    [InlineData("'Al'", "' '", "minimum")]
    [InlineData("'Al'", "'al'", "maximum")]
    [InlineData("'Al'", "'Al '", "longest length")]
    [InlineData("'Al'", "'Bo'", "distinct values")]
    public async Task A_changed_text_is_seen(string before, string after, string figure)
    {
        var source = await DatabaseAsync(People + $"insert into people values (1, 'Bo', 1, null), (2, {before}, 1, null)");
        var target = await DatabaseAsync(People + $"insert into people values (1, 'Bo', 1, null), (2, {after}, 1, null)");

        var result = (await MeasureAsync(source, target))[1];

        result.Verdict.ShouldBe(Verdict.Failed);
        result.Notes.ShouldContain(note => note.StartsWith(figure, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_row_fails_every_column()
    {
        var source = await DatabaseAsync(People + "insert into people values (1, 'Al', 1, null), (2, 'Al', 1, null)");
        var target = await DatabaseAsync(People + "insert into people values (1, 'Al', 1, null)");

        var results = await MeasureAsync(source, target);

        results.ShouldAllBe(result => result.Verdict == Verdict.Failed);
        results.ShouldAllBe(result => result.Notes.Contains("rows: 2 in the source, 1 in the target"));
    }

    [Fact]
    public async Task Empty_tables_have_no_rate_and_say_that_they_are_empty()
    {
        var (source, target) = await TwiceAsync(People);

        var results = await MeasureAsync(source, target);

        results.ShouldAllBe(result => result.Verdict == Verdict.Passed && result.Source!.NullRate == null && result.Source.Distinct == 0 && result.Source.Minimum == null);
        results.ShouldAllBe(result => result.Notes.Contains("both sides are empty"));
    }

    [Fact]
    public async Task Only_nulls_have_no_bounds()
    {
        var (source, target) = await TwiceAsync(People + "insert into people values (1, null, null, null)");

        var profile = (await MeasureAsync(source, target))[1].Source!;

        (profile.NullRate, profile.Distinct, profile.Minimum, profile.MinimumLength, profile.AverageLength).ShouldBe((1, 0, null, null, null));
    }

    [Fact]
    public async Task The_case_of_letters_and_accents_tell_values_apart()
    {
        var (source, target) = await TwiceAsync(People + "insert into people values (1, 'a', 1, null), (2, 'A', 1, null), (3, '\u00e1', 1, null), (4, 'a\u0301', 1, null)");

        (await MeasureAsync(source, target))[1].Source!.Distinct.ShouldBe(4);
    }

    [Fact]
    public async Task Numbers_are_ordered_by_value_and_equal_by_value()
    {
        var source = await DatabaseAsync("create table t (n decimal(10,2)); insert into t values (9), (10), (1.50)");
        var target = await DatabaseAsync("create table t (n decimal(12,4)); insert into t values (9.0), (10.00), (1.5000)");

        var result = (await MeasureAsync(source, target)).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Passed, string.Join("; ", result.Notes));
        result.Source!.Maximum!.ShouldStartWith("10");
    }

    [Fact]
    public async Task Expressions_conditions_and_queries_of_the_source_are_looked_at_as_they_are_taken()
    {
        var source = await DatabaseAsync("create table users (id integer primary key, first text, last text); insert into users values (1, 'Al', 'Bo'), (2, 'Cy', 'Do'), (-3, 'x', 'x')");
        var target = await DatabaseAsync("create table customers (id integer primary key, name text); insert into customers values (1, 'Al Bo'), (2, 'Cy Do')");
        var (from, to) = ((await source.ReadSchemaAsync(default)).Tables.Single(), (await target.ReadSchemaAsync(default)).Tables.Single());
        var name = new ColumnPair(new ReadColumn("name", new LogicalType(LogicalKind.Text)) { Expression = "first || ' ' || last -- both" }, to.FindColumn("name")!);
        var id = new ColumnPair(new ReadColumn("id", from.FindColumn("id")!.Type), to.FindColumn("id")!);
        var pair = new TablePair { Source = from, Target = to, Columns = [id, name], Where = "id > 0 -- the living" };

        (await MeasureAsync(source, target, pair)).ShouldAllBe(result => result.Verdict == Verdict.Passed && result.Source!.Rows == 2);

        var query = pair with
        {
            Source = null,
            SourceSql = "select id, first || ' ' || last as name from users;",
            Columns = [id, name with { Source = name.Source with { Expression = null } }],
        };
        (await MeasureAsync(source, target, query)).ShouldAllBe(result => result.Verdict == Verdict.Passed && result.Source!.Rows == 2);
    }

    [Fact]
    public async Task A_table_that_is_gone_is_an_error_of_its_columns_and_the_next_one_is_looked_at()
    {
        var (source, target) = await TwiceAsync("create table a (id integer); create table b (id integer); insert into b values (1)");
        var pairs = await Pairs.ByNameAsync(source, target);
        await RunAsync(target, "drop table a");

        var results = await MeasureAsync(source, target, [.. pairs]);

        results.Select(result => result.Verdict).ShouldBe([Verdict.Error, Verdict.Passed]);
        results[0].Source.ShouldNotBeNull();
        results[0].Target.ShouldBeNull();
        results[0].Notes.ShouldHaveSingleItem().ShouldContain(target.Endpoint.Redacted);
    }

    [Fact]
    public async Task The_evidence_can_be_asked_again()
    {
        var (source, target) = await TwiceAsync(People + "insert into people values (1, 'Al', 1, null)");

        var evidence = (await MeasureAsync(source, target))[1].Evidence[0];

        evidence.Observed.ShouldBe("1 rows, 0 nulls, 1 distinct, Al to Al");
        await using var snapshot = await source.OpenSnapshotAsync(default);
        (await snapshot.ScalarAsync(evidence.Source, default)).ShouldBe("1");
    }

    [Fact]
    public async Task A_table_of_a_thousand_columns_is_looked_at_whole()
    {
        var columns = string.Join(", ", Enumerable.Range(1, 1000).Select(index => $"c{index} text"));
        var values = string.Join(", ", Enumerable.Range(1, 1000).Select(index => $"'{index}'"));
        var (source, target) = await TwiceAsync($"create table wide ({columns}); insert into wide values ({values})");

        var results = await MeasureAsync(source, target);

        results.Count.ShouldBe(1000);
        results.ShouldAllBe(result => result.Verdict == Verdict.Passed);
        results[999].Source!.Minimum.ShouldBe("1000");
    }

    [Fact]
    public async Task A_long_value_is_cut_and_its_length_said()
    {
        var source = await DatabaseAsync($"create table t (c text); insert into t values ('{new string('x', 5000)}y')");
        var target = await DatabaseAsync($"create table t (c text); insert into t values ('{new string('x', 5000)}z')");

        var result = (await MeasureAsync(source, target)).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Failed);
        result.Source!.Minimum.ShouldBe($"{new string('x', 100)}… (5001 characters)");
    }

    protected async Task<(IDatabase Source, IDatabase Target)> TwiceAsync(string sql) => (await DatabaseAsync(sql), await DatabaseAsync(sql));

    protected static async Task<List<ColumnQualityResult>> MeasureAsync(IDatabase source, IDatabase target, params TablePair[] pairs) =>
        await new DataQuality(TimeProvider.System)
            .MeasureAsync(
                new TwoSidedRequest { Source = source, Target = target, Pairs = pairs.Length > 0 ? pairs : await Pairs.ByNameAsync(source, target) },
                SilentObserver.Instance,
                default)
            .ToListAsync();
}

public sealed class SqliteDataQualityTests() : DataQualitySuite(new SqliteScratch())
{
    [Fact]
    public async Task Decimals_kept_as_text_are_ordered_as_numbers_and_that_is_said()
    {
        var source = await DatabaseAsync("create table t (n decimal text(30,10)); insert into t values ('9.5'), ('10.25'), ('-3')");
        var target = await DatabaseAsync("create table t (n decimal(10,2)); insert into t values (9.5), (10.25), (-3)");

        var result = (await MeasureAsync(source, target)).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Passed, string.Join("; ", result.Notes));
        result.Notes.ShouldContain("maximum compared to 15 digits, for one side keeps its numbers as text");
    }

    [Fact]
    public async Task A_decimal_kept_as_text_that_differs_fails()
    {
        var source = await DatabaseAsync("create table t (n decimal text(30,10)); insert into t values ('9.5'), ('10.25')");
        var target = await DatabaseAsync("create table t (n decimal(10,2)); insert into t values (9.5), (10.26)");

        (await MeasureAsync(source, target)).ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public async Task Moments_kept_as_text_in_two_spellings_are_inconclusive_by_name()
    {
        var source = await DatabaseAsync("create table t (at timestamp); insert into t values ('2024-01-31T12:00:00'), ('2024-01-31 12:00:00')");
        var target = await DatabaseAsync("create table t (at timestamp); insert into t values ('2024-01-31 12:00:00'), ('2024-01-31 12:00:00')");

        var result = (await MeasureAsync(source, target)).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Inconclusive);
        result.Notes.ShouldHaveSingleItem().ShouldBe(
            "distinct values: 2 in the source, 1 in the target, which can't be compared: the source holds Timestamp kept as text (Timestamp), the target Timestamp kept as text (Timestamp)");
        result.ToCheck().Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Moments_kept_as_text_whose_bounds_mean_the_same_pass()
    {
        var source = await DatabaseAsync("create table t (at timestamp); insert into t values ('2024-01-31T12:00:00'), ('2024-02-01T00:00:00.500')");
        var target = await DatabaseAsync("create table t (at timestamp); insert into t values ('2024-01-31 12:00:00'), ('2024-02-01 00:00:00.5')");

        (await MeasureAsync(source, target)).ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task Values_of_several_storage_classes_are_inconclusive_where_they_differ()
    {
        var source = await DatabaseAsync("create table t (n integer); insert into t values (1), ('many'), (x'00')");
        var target = await DatabaseAsync("create table t (n integer); insert into t values (1), ('more'), (x'01')");

        var result = (await MeasureAsync(source, target)).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Inconclusive);
        result.Notes.ShouldContain(note => note.Contains("several storage classes (1 numbers, 1 texts, 1 blobs)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_collation_of_the_column_does_not_hide_a_difference()
    {
        var (source, target) = await TwiceAsync("create table t (c text collate nocase); insert into t values ('a'), ('A'), ('b')");

        var profile = (await MeasureAsync(source, target)).ShouldHaveSingleItem().Source!;

        (profile.Distinct, profile.Minimum, profile.Maximum).ShouldBe((3, "A", "b"));
    }

    [Fact]
    public async Task Blobs_are_told_apart_by_their_bytes_and_measured_in_them()
    {
        var source = await DatabaseAsync("create table t (b blob); insert into t values (x'00'), (x'0000'), (x'')");
        var target = await DatabaseAsync("create table t (b blob); insert into t values (x'00'), (x'00'), (x'')");

        var result = (await MeasureAsync(source, target)).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Failed);
        (result.Source!.Distinct, result.Source.MaximumLength, result.Source.Minimum).ShouldBe((3, 2, null));
    }

    [Fact]
    public async Task Uuids_as_blobs_and_as_text_agree_where_they_are_the_same()
    {
        var source = await DatabaseAsync("create table t (u uuid); insert into t values (x'00112233445566778899aabbccddeeff')");
        var target = await DatabaseAsync("create table t (u uuid text); insert into t values ('00112233-4455-6677-8899-AABBCCDDEEFF')");

        (await MeasureAsync(source, target)).ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task Text_in_utf16_has_another_order_and_that_makes_bounds_inconclusive()
    {
        // U+1F600 sorts before U+FFEE in UTF-16 (big-endian surrogates) and after it in UTF-8.
        const string rows = "create table t (c text); insert into t values ('😀'), ('￮')";
        var source = await DatabaseAsync("pragma encoding = 'UTF-16be'; " + rows);
        var target = await DatabaseAsync(rows);

        var result = (await MeasureAsync(source, target)).ShouldHaveSingleItem();

        result.Verdict.ShouldBe(Verdict.Inconclusive);
        result.Notes.ShouldContain(note => note.StartsWith("minimum: 😀 in the source, ￮ in the target", StringComparison.Ordinal));
    }
}
