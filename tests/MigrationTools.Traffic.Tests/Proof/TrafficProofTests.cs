using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Endpoints;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Tests.Routers;
using MigrationTools.Traffic.Proof;

namespace MigrationTools.Traffic.Tests.Proof;

public sealed class TrafficProofTests
{
    private static readonly TrafficProofOptions Quick = new() { LookEvery = TimeSpan.FromMilliseconds(20), Window = TimeSpan.FromMilliseconds(200), Settling = TimeSpan.FromMilliseconds(10) };

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(50)]
    [InlineData(100)]
    public async Task A_share_that_requests_follow_passes_with_what_was_counted(int percent)
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();
        await router.SetShareAsync(bench.Lane, percent, default);

        var result = await ProveAsync(bench, router, percent);

        result.Verdict.ShouldBe(Verdict.Passed, result.Message);
        result.Required.ShouldBeTrue();
        var evidence = result.Evidence.ShouldHaveSingleItem();
        evidence.Source.ShouldContain("GET /version, each over a new connection; the side by the header X-Side");
        evidence.Observed!.ShouldContain($"target {bench.Green.Requests}, source {bench.Blue.Requests}, neither 0, no answer 0");
        evidence.Endpoint.ShouldBe(bench.HaProxy.Front);
    }

    [Fact]
    public async Task A_share_that_requests_do_not_follow_fails_whatever_the_router_says()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();
        await router.SetShareAsync(bench.Lane, 50, default);

        var result = await ProveAsync(bench, router, 5);

        result.Verdict.ShouldBe(Verdict.Failed);
        result.Message.ShouldContain("5 % should reach the target");
    }

    [Fact]
    public async Task Answers_that_name_no_side_are_an_error()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();
        bench.Blue.NamesItself = false;

        (await ProveAsync(bench, router, 0)).Verdict.ShouldBe(Verdict.Error);
    }

    [Fact]
    public async Task A_front_that_nobody_serves_is_an_error()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();
        await bench.Blue.DisposeAsync();

        // Connecting is tried again for seconds: what was counted when the time is over is judged.
        var result = await new TrafficProof(TimeProvider.System, Quick with { ProbeLimit = TimeSpan.FromSeconds(1) }).ProveAsync(bench.System, router, bench.Lane, 0, default);

        result.Verdict.ShouldBe(Verdict.Error);
        result.Message.ShouldContain("no request was answered well by either side");
    }

    [Fact]
    public async Task The_side_may_be_told_by_the_body()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();
        var system = bench.System with { Identify = new TrafficIdentitySpec("/", null, "^blue$", "^green$") };

        (await new TrafficProof(TimeProvider.System, Quick).ProveAsync(system, router, bench.Lane, 0, default)).Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task Without_a_front_the_routers_counters_over_live_traffic_tell()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();
        await router.SetShareAsync(bench.Lane, 50, default);
        using var over = new CancellationTokenSource();
        var load = LoadAsync(bench, over.Token);

        var result = await new TrafficProof(TimeProvider.System, Quick with { Window = TimeSpan.FromMinutes(1) })
            .ProveAsync(bench.System with { Front = null }, router, bench.Lane, 50, TestContext.Current.CancellationToken);

        await over.CancelAsync();
        await load;
        result.Verdict.ShouldBe(Verdict.Passed, result.Message);
        result.Evidence[0].Source.ShouldContain("the router's counters over");
    }

    [Fact]
    public async Task No_live_traffic_is_inconclusive_and_never_passes()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();
        await router.SetShareAsync(bench.Lane, 5, default);

        var result = await new TrafficProof(TimeProvider.System, Quick).ProveAsync(bench.System with { Front = null }, router, bench.Lane, 5, default);

        (result.Verdict, result.Required).ShouldBe((Verdict.Inconclusive, true));
        result.Message.ShouldContain("no request came by");
    }

    [Fact]
    public async Task Counters_that_begin_anew_are_inconclusive()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = new Restarting(bench.Open(), bench.HaProxy);
        await bench.SendAsync(5);

        var result = await new TrafficProof(TimeProvider.System, Quick).ProveAsync(bench.System with { Front = null }, router, bench.Lane, 0, default);

        result.Verdict.ShouldBe(Verdict.Inconclusive);
        result.Message.ShouldContain("it was restarted meanwhile");
    }

    [Theory]
    [InlineData("/version", null, "/version")]
    [InlineData("/version", "/orders", "/orders/version")]
    [InlineData("/version", "/orders/", "/orders/version")]
    [InlineData("/orders/version", "/orders", "/orders/version")]
    [InlineData("/", "/orders", "/orders")]
    public void A_route_is_probed_below_its_path(string identity, string? path, string asked) =>
        FrontProbe.PathOf(new TrafficIdentitySpec(identity, null, "a", "b"), new TrafficLane("x", "a", "b") { Path = path }).ShouldBe(asked);

    private static Task<CheckResult> ProveAsync(Bench bench, ITrafficRouter router, decimal percent) =>
        new TrafficProof(TimeProvider.System, Quick).ProveAsync(bench.System, router, bench.Lane, percent, TestContext.Current.CancellationToken);

    private static async Task LoadAsync(Bench bench, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await bench.SendAsync(10);
        }
    }

    /// <summary>A router whose process restarts between two looks at its counters.</summary>
    private sealed class Restarting(ITrafficRouter inner, HaProxyInstance haProxy) : ITrafficRouter
    {
        private int _looks;

        public string Endpoint => inner.Endpoint;

        public TrafficAbilities Abilities => inner.Abilities;

        public Task<TrafficSplit> ReadAsync(TrafficLane lane, CancellationToken cancellationToken) => inner.ReadAsync(lane, cancellationToken);

        public Task<TrafficSplit> SetShareAsync(TrafficLane lane, decimal targetPercent, CancellationToken cancellationToken) => inner.SetShareAsync(lane, targetPercent, cancellationToken);

        public Task<TrafficSplit> SetMemberAsync(TrafficLane lane, string member, TrafficMemberState state, CancellationToken cancellationToken) => inner.SetMemberAsync(lane, member, state, cancellationToken);

        public Task<TrafficSplit> SetMirrorAsync(TrafficLane lane, bool mirrored, CancellationToken cancellationToken) => inner.SetMirrorAsync(lane, mirrored, cancellationToken);

        public async Task<IReadOnlyList<TrafficCounts>> CountAsync(TrafficLane lane, CancellationToken cancellationToken)
        {
            if (++_looks == 2)
            {
                await haProxy.RestartAsync();
            }

            return await inner.CountAsync(lane, cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
