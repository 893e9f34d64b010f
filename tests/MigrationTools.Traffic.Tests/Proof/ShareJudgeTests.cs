using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Statistics;
using MigrationTools.Traffic.Proof;

namespace MigrationTools.Traffic.Tests.Proof;

public sealed class ShareJudgeTests
{
    [Theory]
    [InlineData(10, 180, 20, Verdict.Passed)]
    [InlineData(10, 200, 0, Verdict.Failed)]
    [InlineData(10, 100, 100, Verdict.Failed)]
    [InlineData(50, 5, 5, Verdict.Inconclusive)]
    [InlineData(5, 100, 5, Verdict.Inconclusive)]
    [InlineData(0, 200, 0, Verdict.Passed)]
    [InlineData(0, 199, 1, Verdict.Failed)]
    [InlineData(100, 0, 200, Verdict.Passed)]
    [InlineData(100, 1, 199, Verdict.Failed)]
    [InlineData(100, 1, 9, Verdict.Failed)]
    [InlineData(100, 0, 9, Verdict.Inconclusive)]
    [InlineData(0, 0, 0, Verdict.Inconclusive)]
    [InlineData(50, 0, 0, Verdict.Inconclusive)]
    public void A_count_is_held_against_the_share(int percent, int source, int target, Verdict verdict) =>
        ShareJudge.Judge(percent, new ShareCount(source, target, 0, 0)).Verdict.ShouldBe(verdict);

    [Fact]
    public void Only_errors_are_an_error_and_no_share()
    {
        ShareJudge.Judge(50, new ShareCount(0, 0, 0, 200)).Verdict.ShouldBe(Verdict.Error);
        ShareJudge.Judge(50, new ShareCount(0, 0, 200, 0) { ServerErrors = 200 }).Verdict.ShouldBe(Verdict.Error);
        ShareJudge.Judge(50, new ShareCount(100, 100, 0, 0) { ServerErrors = 200 }).Verdict.ShouldBe(Verdict.Error);
        ShareJudge.Judge(50, new ShareCount(100, 100, 0, 50) { ServerErrors = 200 }).Verdict.ShouldBe(Verdict.Error);
    }

    [Fact]
    public void Answers_of_neither_side_are_no_proof_where_they_could_have_been_either()
    {
        ShareJudge.Judge(50, new ShareCount(300, 300, 5, 0)).Verdict.ShouldBe(Verdict.Passed);
        ShareJudge.Judge(50, new ShareCount(300, 300, 300, 0)).Verdict.ShouldBe(Verdict.Inconclusive);
        ShareJudge.Judge(0, new ShareCount(200, 0, 1, 0)).Verdict.ShouldBe(Verdict.Inconclusive);
        ShareJudge.Judge(100, new ShareCount(0, 200, 0, 1)).Verdict.ShouldBe(Verdict.Inconclusive);
    }

    /// <summary>Limits of 95 % intervals as tables have them: 0 of 10, 5 of 10, 81 of 263 (Newcombe, Statistics in Medicine 17, 1998, method 5).</summary>
    [Theory]
    [InlineData(0, 10, 0, 0.3085)]
    [InlineData(5, 10, 0.1871, 0.8129)]
    [InlineData(81, 263, 0.2527, 0.3676)]
    [InlineData(10, 10, 0.6915, 1)]
    public void The_interval_is_that_of_Clopper_and_Pearson(int hits, int trials, double low, double high)
    {
        var interval = BinomialInterval.Of(hits, trials, 0.95);

        interval.Low.ShouldBe(low, 0.00006);
        interval.High.ShouldBe(high, 0.00006);
    }

    [Theory]
    [InlineData("0", 100)]
    [InlineData("100", 100)]
    [InlineData("50", 100)]
    [InlineData("5", 135)]
    [InlineData("1", 688)]
    [InlineData("99.5", 1379)]
    public void So_many_requests_are_needed_that_the_smaller_side_would_show(string percent, long needed) =>
        ShareJudge.Needed(decimal.Parse(percent)).ShouldBe(needed);

    [Fact]
    public void A_right_share_is_seldom_called_wrong_and_three_times_the_share_nearly_always()
    {
        // The exact chances that the verdict is Failed, from the binomial itself.
        ChanceOfFailed(0.05, 5, 270).ShouldBeLessThan(0.001);
        ChanceOfFailed(0.15, 5, 270).ShouldBeGreaterThan(0.98);
        ChanceOfFailed(0.02, 0, 200).ShouldBeGreaterThan(0.98);
    }

    private static double ChanceOfFailed(double share, decimal percent, int requests) => Enumerable.Range(0, requests + 1)
        .Where(hits => ShareJudge.Judge(percent, new ShareCount(requests - hits, hits, 0, 0)).Verdict == Verdict.Failed)
        .Sum(hits => MathNet.Numerics.Distributions.Binomial.PMF(share, requests, hits));
}
