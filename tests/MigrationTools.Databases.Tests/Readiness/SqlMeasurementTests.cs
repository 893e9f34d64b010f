using MigrationTools.Databases.Readiness;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Databases;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Measures;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Readiness;

public sealed class SqlMeasurementTests(PostgresCluster cluster) : ReadinessTests(cluster)
{
    [Fact]
    public async Task The_value_is_the_one_that_the_query_gives()
    {
        var measured = await MeasureAsync("select 7", await SqliteAsync());

        measured.Value.ShouldBe("7");
        measured.Evidence.Observed.ShouldBe("7");
        measured.Evidence.Source.ShouldStartWith("select 7");
        measured.Evidence.Endpoint.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("select null")]
    [InlineData("select 1 where 1 = 0")]
    public async Task Null_and_no_row_give_no_value(string sql)
    {
        (await MeasureAsync(sql, await SqliteAsync())).Value.ShouldBeNull();
        (await MeasureAsync(sql, await PostgresAsync())).Value.ShouldBeNull();
    }

    [Theory]
    [InlineData("select 0 as n union all select 5 order by n", "gives 2 rows where one value is expected")]
    [InlineData("select 0, 5", "gives 2 columns where one value is expected")]
    public async Task More_than_one_value_is_a_failed_measurement_and_not_the_first_of_them(string sql, string reason)
    {
        foreach (var endpoint in new[] { await SqliteAsync(), await PostgresAsync() })
        {
            (await Should.ThrowAsync<MeasurementException>(() => MeasureAsync(sql, endpoint))).Message.ShouldContain(reason);
        }
    }

    [Fact]
    public async Task A_setting_of_the_server_can_be_shown_and_held_against_an_expectation()
    {
        var spec = Spec(NoFile, await PostgresAsync()) with
        {
            Dependencies =
            [
                new DependencySpec { Name = "new enough", Measure = Show("show server_version_num"), Expect = new Expectation(">=", "100000") },
                new DependencySpec { Name = "too new", Measure = Show("show server_version_num"), Expect = new Expectation(">=", "99990000") },
                new DependencySpec { Name = "nothing", Measure = Show("select null"), Expect = new Expectation("=", "1") },
                new DependencySpec { Name = "broken", Measure = Show("show no_such_setting"), Expect = new Expectation("=", "1") },
            ],
        };

        var results = await AskAsync(new DependencyCheck(new Measurements([new SqlMeasurement(Catalog, TimeProvider.System)]), TimeProvider.System), spec);

        results.Select(result => result.Verdict).ShouldBe([Verdict.Passed, Verdict.Failed, Verdict.Inconclusive, Verdict.Error]);
        results[0].Id.ShouldBe("dependency:new-enough");
    }

    [Fact]
    public async Task A_query_that_fails_throws() =>
        await Should.ThrowAsync<DatabaseException>(async () => await MeasureAsync("select nonsense", await SqliteAsync()));

    [Fact]
    public async Task A_measure_without_sql_for_the_engine_throws() =>
        (await Should.ThrowAsync<MeasurementException>(async () =>
            await MeasureAsync(new EngineSql { ByEngine = new Dictionary<string, string> { ["postgresql"] = "select 1" } }, await SqliteAsync()))).Message.ShouldContain("no SQL for sqlite");

    [Fact]
    public async Task A_system_that_is_not_there_throws_by_name()
    {
        var measurement = new SqlMeasurement(Catalog, TimeProvider.System);

        var error = await Should.ThrowAsync<MeasurementException>(() =>
            measurement.MeasureAsync(new SqlMeasureSpec("elsewhere", EndpointSide.Target, "select 1"), Spec(NoFile, NoFile), default));

        error.Message.ShouldContain("'elsewhere'");
    }

    private static SqlMeasureSpec Show(string sql) => new("shop", EndpointSide.Target, sql);

    private Task<MeasuredValue> MeasureAsync(EngineSql sql, Engine.Endpoints.Endpoint target) =>
        new SqlMeasurement(Catalog, TimeProvider.System).MeasureAsync(new SqlMeasureSpec("shop", EndpointSide.Target, sql), Spec(NoFile, target), default);
}
