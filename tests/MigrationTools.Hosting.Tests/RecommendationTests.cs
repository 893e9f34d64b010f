using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Strategies.Recommendation;
using MigrationTools.Tests.Postgres;

namespace MigrationTools.Hosting.Tests;

/// <summary>Strategies recommended from what is seen of real databases.</summary>
public sealed class RecommendationTests(PostgresCluster cluster)
{
    private static readonly StrategyKind[] NeedARouter = [StrategyKind.Canary, StrategyKind.Rolling, StrategyKind.StranglerFig];

    [Fact]
    public async Task A_small_file_with_a_long_window_is_moved_at_once()
    {
        using var bench = new Workbench();

        var advice = await RecommendAsync(bench, bench.Small(), TimeSpan.FromHours(1));

        advice.Count.ShouldBe(7);
        advice.Select(item => item.Place).ShouldBe([1, 2, 3, 4, 5, 6, 7]);
        advice[0].Strategy.ShouldBe(StrategyKind.BigBang);
        advice[0].Rank.ShouldBe(AdviceRank.Recommended);
        advice[0].Summary.ShouldContain("within the window of 60 min");
        advice[0].Reasons.ShouldContain(reason => reason.Fact.Observed!.Contains("rows/s"));
        advice.Where(item => NeedARouter.Contains(item.Strategy)).ShouldAllBe(item => item.Rank == AdviceRank.Rejected && item.Summary.Contains("no"));
    }

    [Fact]
    public async Task A_window_that_is_shorter_than_the_copy_rejects_what_copies_behind_the_fence()
    {
        using var bench = new Workbench();

        var advice = await RecommendAsync(bench, bench.Small(), TimeSpan.FromTicks(1));

        var bigBang = advice.Single(item => item.Strategy == StrategyKind.BigBang);
        bigBang.Rank.ShouldBe(AdviceRank.Rejected);
        bigBang.Summary.ShouldContain("longer than the window");
        advice[0].Strategy.ShouldBe(StrategyKind.BlueGreen);
        advice[0].Rank.ShouldBe(AdviceRank.Recommended);
    }

    [Fact]
    public async Task Without_a_window_nothing_that_rests_on_one_is_recommended()
    {
        using var bench = new Workbench();

        var bigBang = (await RecommendAsync(bench, bench.Small(), null)).Single(item => item.Strategy == StrategyKind.BigBang);

        bigBang.Rank.ShouldBe(AdviceRank.Possible);
        bigBang.Reasons.ShouldContain(reason => reason.Kind == ReasonKind.NotSeen && reason.Text.Contains("no maintenance window was given") && reason.Fact.Observed == null);
    }

    [Fact]
    public async Task A_source_that_can_t_be_read_is_said_and_nothing_is_recommended_on_it()
    {
        using var bench = new Workbench();
        var spec = bench.Small();
        File.Delete(bench.PathOf("source.db"));

        var advice = await RecommendAsync(bench, spec, TimeSpan.FromHours(1));

        advice.ShouldNotContain(item => item.Rank == AdviceRank.Recommended);
        advice.Single(item => item.Strategy == StrategyKind.BigBang).Reasons.ShouldContain(reason => reason.Kind == ReasonKind.NotSeen && reason.Fact.Observed == null);
    }

    [Fact]
    public async Task Servers_that_can_replicate_speak_for_blue_green_and_one_without_a_key_is_named()
    {
        await using var bench = await ReplicationBench.MakeAsync(cluster);
        var fit = await RecommendAsync(bench.Work, bench.Spec("none"), TimeSpan.FromTicks(1));
        await bench.OfBlueAsync("create table keyless (id int)");
        var unfit = await RecommendAsync(bench.Work, bench.Spec("none"), TimeSpan.FromTicks(1));

        BlueGreen(fit).Summary.ShouldContain("wal_level of the source is logical");
        fit[0].Strategy.ShouldBe(StrategyKind.BlueGreen);
        fit[0].Rank.ShouldBe(AdviceRank.Recommended);
        BlueGreen(unfit).Summary.ShouldContain("without a primary key or a replica identity: public.keyless");
        (await bench.LeftAsync()).ShouldBeEmpty();

        static StrategyAdvice BlueGreen(IReadOnlyList<StrategyAdvice> advice) => advice.Single(item => item.Strategy == StrategyKind.BlueGreen);
    }

    [Fact]
    public async Task A_router_that_does_not_answer_is_said_of_every_strategy_that_needs_it()
    {
        using var bench = new Workbench();
        var spec = bench.Write("""
            id: front
            systems:
              front: { kind: traffic, router: haproxy, endpoint: 'unix:/nowhere/haproxy.sock', backend: shop, source: blue, target: green }
            """);

        var advice = await RecommendAsync(bench, spec, null);

        advice.ShouldNotContain(item => item.Rank == AdviceRank.Recommended && item.Strategy != StrategyKind.BigBang);
        advice.Single(item => item.Strategy == StrategyKind.Canary).Reasons.ShouldContain(reason => reason.Kind == ReasonKind.NotSeen && reason.Text.Contains("could not be asked"));
    }

    private static Task<IReadOnlyList<StrategyAdvice>> RecommendAsync(Workbench bench, MigrationSpec spec, TimeSpan? window) =>
        bench.Host.RecommendAsync(spec, window, SilentObserver.Instance, TestContext.Current.CancellationToken);
}
