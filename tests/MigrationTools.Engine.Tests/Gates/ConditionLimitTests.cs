using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Tests.Gates;

/// <summary>What a figure stands against, for those who show both.</summary>
public sealed class ConditionLimitTests
{
    [Theory]
    [InlineData("p95 < 1.5s", "api.p95 < 1500")]
    [InlineData("error_rate <= 0.5%", "api.error_rate <= 0.005")]
    [InlineData("250ms >= p95", "api.p95 <= 250")]
    [InlineData("queue.value = 7 and (p99 < 2s or p50 != 3)", "queue.value = 7; api.p99 < 2000; api.p50 != 3")]
    [InlineData("canary.queue.value <= baseline.queue.value * 2", "queue.value <= 8")]
    [InlineData("p95 * 2 < 1s", "")]
    public void Each_figure_that_stands_alone_has_its_limit_in_its_own_unit(string condition, string limits) =>
        Of(condition, Windows.Value(EndpointSide.Source, 4)).ShouldBe(limits);

    [Fact]
    public void A_limit_that_comes_of_what_was_not_measured_is_left_out()
    {
        Of("canary.queue.value <= baseline.queue.value * 2", Windows.Value(EndpointSide.Source, null)).ShouldBeEmpty();
        Of("canary.queue.value <= 4 / baseline.queue.value", Windows.Value(EndpointSide.Source, 0)).ShouldBeEmpty();
    }

    private static string Of(string condition, params MetricWindow[] windows) => string.Join(
        "; ", Condition.Parse(condition, Windows.Metrics).LimitsOver(windows).Select(limit => FormattableString.Invariant($"{limit.Figure} {limit.Comparison} {limit.Value}")));
}
