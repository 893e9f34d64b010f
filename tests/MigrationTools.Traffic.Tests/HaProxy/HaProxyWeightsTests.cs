using MigrationTools.Traffic.HaProxy;

namespace MigrationTools.Traffic.Tests.HaProxy;

public sealed class HaProxyWeightsTests
{
    [Theory]
    [InlineData("0", 100, 0)]
    [InlineData("7", 93, 7)]
    [InlineData("100", 0, 100)]
    [InlineData("0.5", 199, 1)]
    [InlineData("2.5", 39, 1)]
    [InlineData("99.5", 1, 199)]
    [InlineData("33.2", 167, 83)]
    public void A_share_is_two_weights(string percent, int source, int target)
    {
        HaProxyWeights.TryFor(decimal.Parse(percent), out var weights).ShouldBeTrue();

        weights.ShouldBe(new HaProxyWeights(source, target));
    }

    [Fact]
    public void Every_pair_of_weights_gives_back_exactly_the_share_that_it_was_made_for()
    {
        for (var hundredths = 0; hundredths <= 10_000; hundredths++)
        {
            var percent = hundredths / 100m;
            if (HaProxyWeights.TryFor(percent, out var weights))
            {
                (100m * weights.Target / (weights.Source + weights.Target)).ShouldBe(percent);
                weights.Source.ShouldBeInRange(0, 256);
                weights.Target.ShouldBeInRange(0, 256);
            }
            else
            {
                var (below, above) = HaProxyWeights.Around(percent);
                below.ShouldBeLessThan(percent);
                above.ShouldBeGreaterThan(percent);
            }
        }
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("100.5")]
    [InlineData("0.01")]
    [InlineData("33.33")]
    public void What_two_weights_up_to_256_cannot_say_is_not_rounded(string percent) =>
        HaProxyWeights.TryFor(decimal.Parse(percent), out _).ShouldBeFalse();
}
