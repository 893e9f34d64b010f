using FsCheck;
using FsCheck.Fluent;
using MigrationTools.Engine.Metrics;

namespace MigrationTools.Engine.Tests.Metrics;

public sealed class LatencyStatisticTests
{
    private static readonly double[] OneToTwenty = [.. Enumerable.Range(1, 20).Select(value => (double)value).Reverse()];

    [Theory]
    [InlineData("mean", 10.5)]
    [InlineData("p50", 10)]
    [InlineData("p95", 19)]
    [InlineData("p99", 20)]
    public void A_figure_of_a_known_series(string statistic, double expected) =>
        LatencyStatistic.For(statistic)(OneToTwenty).ShouldBe(expected);

    [Theory]
    [InlineData("mean")]
    [InlineData("p50")]
    public void An_empty_series_has_no_figure(string statistic) =>
        Should.Throw<ArgumentOutOfRangeException>(() => LatencyStatistic.For(statistic)([]));

    [Fact]
    public void An_unknown_statistic_is_refused_by_name() =>
        Should.Throw<MeasurementException>(() => LatencyStatistic.For("p42")).Message.ShouldContain("p42");

    [Fact]
    public void A_percentile_is_a_measured_value_that_enough_of_the_series_do_not_exceed() => Prop.ForAll<NonEmptyArray<int>>(series =>
    {
        double[] values = [.. series.Get.Select(value => (double)value)];
        foreach (var (name, share) in new[] { ("p50", 0.5), ("p95", 0.95), ("p99", 0.99) })
        {
            var percentile = LatencyStatistic.For(name)(values);
            values.ShouldContain(percentile);
            ((double)values.Count(value => value <= percentile) / values.Length).ShouldBeGreaterThanOrEqualTo(share);
            ((double)values.Count(value => value < percentile) / values.Length).ShouldBeLessThan(share);
        }
    }).QuickCheckThrowOnFailure();
}
