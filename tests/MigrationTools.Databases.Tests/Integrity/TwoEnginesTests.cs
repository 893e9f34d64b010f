using MigrationTools.Databases.Integrity;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Operations;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Integrity;

/// <summary>SQLite on one side, PostgreSQL on the other, holding the same values each in its own way.</summary>
public sealed class TwoEnginesTests : IAsyncDisposable
{
    private readonly SqliteScratch _sqlite = new();
    private readonly PostgresScratch _postgres;
    private readonly List<IDatabase> _opened = [];

    public TwoEnginesTests(PostgresCluster cluster) => _postgres = new PostgresScratch(cluster);

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }

        await _sqlite.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task The_same_values_pass_in_both_directions()
    {
        var sqlite = await OpenAsync(_sqlite, """
            create table t (id integer primary key, b boolean, n decimal(12,2), big decimal text(38,10), f real, c varchar(20), d date, ts timestamp, tz timestamptz, u uuid text, raw blob);
            insert into t values
                (-5, 0, 1.50, '9.5', 0.1, 'Zoë', '2024-01-31', '2024-01-31 12:00:00.5', '2024-01-31 06:15:00+00:00', '00112233-4455-6677-8899-aabbccddeeff', x'00ff'),
                (7, 1, 10, '10.25', 1e300, '😀', '1999-12-31', '1999-12-31 00:00:00', '1999-12-31 00:00:00+00:00', 'ffffffff-0000-0000-0000-000000000000', x''),
                (8, null, null, null, null, null, null, null, null, null, null)
            """);
        var postgres = await OpenAsync(_postgres, """
            create table t (id int primary key, b boolean, n decimal(12,2), big decimal(38,10), f float8, c varchar(20), d date, ts timestamp, tz timestamptz, u uuid, raw bytea);
            insert into t values
                (-5, false, 1.50, 9.5, 0.1, 'Zoë', '2024-01-31', '2024-01-31 12:00:00.5', '2024-01-31 12:00:00+05:45', '00112233-4455-6677-8899-aabbccddeeff', '\x00ff'),
                (7, true, 10, 10.25, 1e300, '😀', '1999-12-31', '1999-12-31 00:00:00', '1999-12-31 00:00:00+00', 'ffffffff-0000-0000-0000-000000000000', ''),
                (8, null, null, null, null, null, null, null, null, null, null)
            """);

        foreach (var (source, target) in new[] { (sqlite, postgres), (postgres, sqlite) })
        {
            var results = await MeasureAsync(source, target);
            results.Count.ShouldBe(11);
            results.ShouldAllBe(result => result.Verdict == Verdict.Passed, string.Join("\n", results.SelectMany(result => result.Notes.Select(note => $"{result.Column}: {note}"))));
        }
    }

    [Fact]
    public async Task Every_changed_value_is_seen()
    {
        var sqlite = await OpenAsync(_sqlite, """
            create table t (b boolean, n decimal(12,2), f real, c text, d date, ts timestamp, u uuid text);
            insert into t values (0, 1.5, 0.1, 'a', '2024-01-31', '2024-01-31 12:00:00.5', '00112233-4455-6677-8899-aabbccddeeff')
            """);
        var postgres = await OpenAsync(_postgres, """
            create table t (b boolean, n decimal(12,2), f float8, c text, d date, ts timestamp, u uuid);
            insert into t values (true, 1.51, 0.10000000000000002, 'A', '2024-02-01', '2024-01-31 12:00:00.500001', '00112233-4455-6677-8899-aabbccddeefe')
            """);

        var results = await MeasureAsync(sqlite, postgres);

        results.ShouldAllBe(result => result.Verdict != Verdict.Passed, string.Join(", ", results.Where(result => result.Verdict == Verdict.Passed).Select(result => result.Column)));
        results.Where(result => result.Verdict == Verdict.Failed).Select(result => result.Column).ShouldBe(["b", "n", "f", "c"]);
    }

    [Fact]
    public async Task A_null_that_became_an_empty_text_is_seen()
    {
        var sqlite = await OpenAsync(_sqlite, "create table t (c text); insert into t values (null), ('null')");
        var postgres = await OpenAsync(_postgres, "create table t (c text); insert into t values (''), ('null')");

        (await MeasureAsync(sqlite, postgres)).ShouldHaveSingleItem().Notes.ShouldContain("nulls: 1 in the source, 0 in the target");
    }

    [Fact]
    public async Task Rows_are_counted_on_both()
    {
        var sqlite = await OpenAsync(_sqlite, "create table t (c text); insert into t values (null), (null)");
        var postgres = await OpenAsync(_postgres, "create table t (c text); insert into t values (null)");

        var result = await new RecordCounts(TimeProvider.System)
            .CountAsync(new TwoSidedRequest { Source = sqlite, Target = postgres, Pairs = await Pairs.ByNameAsync(sqlite, postgres) }, SilentObserver.Instance, default)
            .SingleAsync();

        (result.Source, result.Target, result.SourceRows, result.TargetRows, result.Verdict).ShouldBe(("t", "public.t", 2, 1, Verdict.Failed));
    }

    private async Task<IDatabase> OpenAsync(IScratch scratch, string sql)
    {
        var database = scratch.Provider.Open(await scratch.NewAsync(sql));
        _opened.Add(database);
        return database;
    }

    private static async Task<List<ColumnQualityResult>> MeasureAsync(IDatabase source, IDatabase target) =>
        await new DataQuality(TimeProvider.System)
            .MeasureAsync(new TwoSidedRequest { Source = source, Target = target, Pairs = await Pairs.ByNameAsync(source, target) }, SilentObserver.Instance, default)
            .ToListAsync();
}
