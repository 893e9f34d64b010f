using MigrationTools.Databases.Readiness;
using MigrationTools.Databases.Tests.Readiness;
using MigrationTools.Engine;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Metrics;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Metrics.Windows.Sql;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Metrics;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Databases.Tests.Metrics;

/// <summary>Figures by queries on real databases.</summary>
public sealed class SqlMetricSourceTests(PostgresCluster cluster) : ReadinessTests(cluster)
{
    [Theory]
    [InlineData("select 0.25", 0.25)]
    [InlineData("select count(*) from (select 1 as one union all select 2) as two", 2)]
    [InlineData("select -3", -3)]
    public async Task The_first_value_is_the_figure(string sql, double value)
    {
        foreach (var target in new[] { await SqliteAsync(), await PostgresAsync() })
        {
            var window = await MeasureAsync(sql, target);

            window.Figures.ShouldBe(new Dictionary<string, double> { ["value"] = value });
            window.Samples.ShouldBe(1);
            window.Missing.ShouldBeNull();
            window.Evidence.Source.ShouldStartWith("select");
        }
    }

    [Theory]
    [InlineData("select null", "gave no value")]
    [InlineData("select 1 where 1 = 0", "gave no value")]
    [InlineData("select 'many'", "is no number")]
    [InlineData("select '1,5'", "is no number")]
    public async Task What_is_no_number_is_no_figure_and_no_sample(string sql, string why)
    {
        foreach (var target in new[] { await SqliteAsync(), await PostgresAsync() })
        {
            var window = await MeasureAsync(sql, target);

            window.Figures.ShouldBeEmpty();
            window.Samples.ShouldBe(0);
            window.Missing!.ShouldContain(why);
        }
    }

    [Fact]
    public async Task Not_a_number_and_infinity_are_no_figures()
    {
        var target = await PostgresAsync();
        foreach (var odd in (string[])["'NaN'::float8", "'Infinity'::float8"])
        {
            var window = await MeasureAsync($"select {odd}", target);

            window.Figures.ShouldBeEmpty(odd);
            window.Samples.ShouldBe(0, odd);
        }
    }

    [Fact]
    public async Task A_query_that_is_wrong_and_a_database_that_is_not_there_are_errors()
    {
        await Should.ThrowAsync<MigrationToolsException>(async () => await MeasureAsync("select from nowhere", await SqliteAsync()));
        await Should.ThrowAsync<MigrationToolsException>(() => MeasureAsync("select 1", NoFile));
        await Should.ThrowAsync<MigrationToolsException>(() => MeasureAsync("select 1", Endpoint.Parse("postgresql://me@127.0.0.1:1/x", "/")));
    }

    [Fact]
    public async Task It_only_reads()
    {
        var target = await SqliteAsync();

        await Should.ThrowAsync<MigrationToolsException>(() => MeasureAsync("delete from sqlite_master", target));
    }

    private async Task<MetricWindow> MeasureAsync(string sql, Endpoint target)
    {
        var metric = new SqlMetricSpec("shop", sql) { Name = "lag", Side = EndpointSide.Target };
        var source = new SqlMetricSource(new Measurements([new SqlMeasurement(Catalog, TimeProvider.System)]), TimeProvider.System);
        await using var probe = source.Open(metric, Spec(NoFile, target));
        return await probe.MeasureAsync(EndpointSide.Target, TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);
    }
}
