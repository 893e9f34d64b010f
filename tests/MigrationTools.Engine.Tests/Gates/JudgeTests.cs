using FsCheck;
using FsCheck.Fluent;
using MigrationTools.Engine.Gates.Judging;

namespace MigrationTools.Engine.Tests.Gates;

public sealed class JudgeTests
{
    [Theory]
    [InlineData(1.0, JudgeAnswer.Same)]
    [InlineData(1.5, JudgeAnswer.Worse)]
    [InlineData(0.6, JudgeAnswer.Better)]
    public void A_shift_of_a_thousand_latencies_is_told(double factor, JudgeAnswer answer)
    {
        var judgement = LatencyJudge.Judge(LatencyWorlds.Lognormal.Take(1, 1000), LatencyWorlds.Lognormal.Take(2, 1000, factor), 0.1, 0.99, 20);

        judgement.Answer.ShouldBe(answer);
        judgement.Ratio!.Value.ShouldBeInRange(factor * 0.93, factor * 1.07);
        judgement.RatioLow!.Value.ShouldBeLessThan(judgement.Ratio.Value);
        judgement.RatioHigh!.Value.ShouldBeGreaterThan(judgement.Ratio.Value);
    }

    [Theory]
    [InlineData(200, 0.4)]
    [InlineData(1000, 0.4)]
    [InlineData(1000, 0.25)]
    public void A_part_of_the_requests_that_takes_ten_times_as_long_is_worse_though_the_most_are_as_fast(int samples, double slow)
    {
        foreach (var world in LatencyWorlds.All)
        {
            var random = new Random(samples);
            double[] canary = [.. world.Take(random, samples).Select(latency => random.NextDouble() < slow ? 10 * latency : latency)];

            var judgement = LatencyJudge.Judge(world.Take(random, samples), canary, 0.1, 0.995, 20);

            judgement.Answer.ShouldBe(JudgeAnswer.Worse, $"{world.Name}: {judgement.Message}");
        }
    }

    [Fact]
    public void A_tail_that_decides_is_told()
    {
        double[] baseline = [.. Enumerable.Range(0, 300).Select(index => 80.0 + (index % 5))];
        double[] canary = [.. Enumerable.Range(0, 300).Select(index => index % 5 < 2 ? 1500.0 + index : 80.0 + (index % 5))];

        var judgement = LatencyJudge.Judge(baseline, canary, 0.1, 0.995, 20);

        judgement.Answer.ShouldBe(JudgeAnswer.Worse);
        judgement.Message.ShouldContain("Its slowest requests decide");
        judgement.Message.ShouldContain("of the baseline's (with the tolerance of 10% added) 0%");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(19, 1000)]
    [InlineData(1000, 19)]
    public void Too_few_samples_are_not_judged(int baseline, int canary) =>
        LatencyJudge.Judge(LatencyWorlds.Lognormal.Take(1, baseline), LatencyWorlds.Lognormal.Take(2, canary), 0.1, 0.99, 20).Answer.ShouldBe(JudgeAnswer.NotEnoughData);

    [Fact]
    public void What_could_be_either_is_not_called_the_same()
    {
        var judgement = LatencyJudge.Judge(LatencyWorlds.Pareto.Take(1, 30), LatencyWorlds.Pareto.Take(2, 30), 0.05, 0.99, 20);

        judgement.Answer.ShouldBe(JudgeAnswer.NotEnoughData);
        judgement.Message.ShouldContain("not enough data to tell");
    }

    [Fact]
    public void A_latency_that_is_no_number_is_refused() =>
        Should.Throw<ArgumentException>(() => LatencyJudge.Judge([1, double.NaN], [1, 2], 0.1, 0.99, 2));

    /// <summary>Values of R's wilcox.test, exact: x = 1..5, y = 4.5, 6, 7, 8, 9 gives W of y = 24, one-sided p = 2/252.</summary>
    [Fact]
    public void The_exact_test_counts_arrangements()
    {
        var test = MannWhitney.Of([1, 2, 3, 4, 5], [4.5, 6, 7, 8, 9]);

        test.ProbabilityGreater.ShouldBe(24 / 25.0);
        test.GreaterP.ShouldBe(2 / 252.0, 1e-12);
        test.LessP.ShouldBe(251 / 252.0, 1e-12);
    }

    [Fact]
    public void The_approximation_is_close_to_the_exact_test()
    {
        var (x, y) = (LatencyWorlds.Lognormal.Take(3, 25).Order().ToArray(), LatencyWorlds.Lognormal.Take(4, 25, 1.3).Order().ToArray());
        var exact = MannWhitney.Of(x, y);

        // One value more is past the limit of the exact test, and there are no ties either way.
        var approximate = MannWhitney.Of(x, [.. y, y[^1] + 1]);

        approximate.GreaterP.ShouldBe(exact.GreaterP, 0.03);
    }

    [Fact]
    public void Values_that_are_all_the_same_show_nothing()
    {
        var test = MannWhitney.Of([.. Enumerable.Repeat(5.0, 100)], [.. Enumerable.Repeat(5.0, 100)]);

        (test.GreaterP, test.LessP).ShouldBe((1, 1));
        test.ProbabilityGreater.ShouldBe(0.5);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.841344746068543)]
    [InlineData(-1.959963984540054, 0.025)]
    [InlineData(-4, 3.167124183311986e-5)]
    [InlineData(-8, 6.220960574271785e-16)]
    public void The_normal_distribution_is_that_of_the_tables(double z, double below) => NormalDistribution.Below(z).ShouldBe(below, below * 1e-9);

    [Fact]
    public void A_quantile_is_the_way_back() => NormalDistribution.Quantile(0.99).ShouldBe(2.326347874040841, 1e-9);

    /// <summary>Fisher's tea: 3 of 4 guessed, p = 17/70; 4 of 4, p = 1/70.</summary>
    [Theory]
    [InlineData(4, 1 / 70.0)]
    [InlineData(3, 17 / 70.0)]
    [InlineData(0, 1.0)]
    public void Fisher_tastes_tea(int right, double p) => Fisher.AtLeast(right, 4, 4, 8).ShouldBe(p, 1e-9);

    [Theory]
    [InlineData(1000, 0, 1000, 0, JudgeAnswer.Same)]
    [InlineData(1000, 5, 1000, 80, JudgeAnswer.Worse)]
    [InlineData(1000, 80, 1000, 5, JudgeAnswer.Better)]
    [InlineData(50, 0, 50, 1, JudgeAnswer.NotEnoughData)]
    [InlineData(50, 0, 0, 0, JudgeAnswer.NotEnoughData)]
    [InlineData(1_000_000, 100, 1_000_000, 110, JudgeAnswer.Same)]
    [InlineData(100, 100, 100, 100, JudgeAnswer.NotEnoughData)]
    public void Shares_of_failures_are_judged(long baseline, long baselineErrors, long canary, long canaryErrors, JudgeAnswer answer) =>
        ErrorJudge.Judge((baseline, baselineErrors), (canary, canaryErrors), 0.02, 0.99, 20).Answer.ShouldBe(answer);

    /// <summary>Newcombe 1998, example (a): 56/70 against 48/80, at 95 % two-sided 0.0524 to 0.3339.</summary>
    [Fact]
    public void The_interval_of_a_difference_is_Newcombes()
    {
        var judgement = ErrorJudge.Judge((80, 48), (70, 56), 0.01, 0.975, 20);

        judgement.DifferenceLow!.Value.ShouldBe(0.0524, 0.0001);
        judgement.DifferenceHigh!.Value.ShouldBe(0.3339, 0.0001);
    }

    [Fact]
    public void What_is_better_one_way_is_worse_the_other_way() => Prop.ForAll<NonEmptyArray<PositiveInt>, NonEmptyArray<PositiveInt>>((one, other) =>
    {
        double[] left = [.. one.Get.Select(value => (double)value.Get)], right = [.. other.Get.Select(value => (double)value.Get)];
        var there = LatencyJudge.Judge(left, right, 0.1, 0.9, 1);
        var back = LatencyJudge.Judge(right, left, 0.1, 0.9, 1);

        // One may be faster for the most and slower for some: then each is worse than the other.
        (there.Answer == JudgeAnswer.Worse && back.Answer == JudgeAnswer.Same).ShouldBeFalse();
        (back.Answer == JudgeAnswer.Better && there.Answer != JudgeAnswer.Worse).ShouldBeFalse();
        (there.Answer == JudgeAnswer.Better && back.Answer != JudgeAnswer.Worse).ShouldBeFalse();
        back.CliffsDelta!.Value.ShouldBe(-there.CliffsDelta!.Value, 1e-9);
        LatencyJudge.Judge([.. left.Reverse()], [.. right.Reverse()], 0.1, 0.9, 1).ShouldBe(there);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [MemberData(nameof(LatencyWorlds.Names), MemberType = typeof(LatencyWorlds))]
    public void The_same_service_is_seldom_called_worse_and_one_much_worse_is_seldom_passed(string name)
    {
        var world = LatencyWorlds.Of(name);

        new JudgeTrials(world, 1, 200).Run(200).Worse.ShouldBeLessThanOrEqualTo(4);
        new JudgeTrials(world, 1.5, 500).Run(200).Passed.ShouldBe(0);
    }
}
