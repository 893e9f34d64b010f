using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Gates;
using MigrationTools.Engine.Tests.Metrics;
using Endpoint = MigrationTools.Engine.Endpoints.Endpoint;

namespace MigrationTools.Engine.Tests.Strategies;

public sealed class StrategyPlanTests
{
    private static readonly DatabaseSystemSpec Data = new() { Name = "data", Source = Place("sqlite:a.db"), Target = Place("sqlite:b.db") };
    private static readonly HttpSystemSpec Api = new() { Name = "api", Source = Place("http://blue"), Target = Place("http://green"), Health = "/healthz" };
    private static readonly TrafficSystemSpec Front = new() { Name = "front", Router = "haproxy", Endpoint = Place("unix:/run/haproxy.sock"), Backend = "shop", Source = "blue", Target = "green" };
    private static readonly CommandSystemSpec Removed = new() { Name = "old servers", At = CommandPhase.Contract, Do = ["remove"], Look = ["look"], Done = new Expectation("=", "gone"), Irreversible = "they are gone" };
    private static readonly RolloutSpec Watched = new() { Gate = new GateSpec { Conditions = ["p95 < 250ms"] }, Weights = [10, 100] };

    [Fact]
    public async Task Blue_green_keeps_writers_out_only_for_the_last_difference_and_cleans_up_after_an_approval()
    {
        var spec = Of(StrategyKind.BlueGreen, Data, Api, Front) with { Rollout = Watched with { Approval = new ApprovalSpec() } };

        (await PlanBench.ActionsAsync(spec)).ShouldBe(
        [
            "Capture:data", "Expand:data", "Copy:data", "Replicate:data", "http.seeHealth:api", "Fence:data", "CatchUp:data", "Compare:data", "CutOver:data",
            "Shift:front front 100 back 0", "gate.watch:front", "gate.approve:data", "Contract:data",
        ]);
    }

    [Theory]
    [InlineData(StrategyKind.BlueGreen)]
    [InlineData(StrategyKind.Canary)]
    public async Task What_nothing_brings_back_waits_for_a_person_also_where_the_spec_asks_for_none(StrategyKind strategy)
    {
        var plan = await PlanBench.PlanAsync(Of(strategy, Api, Front, Removed) with { Rollout = Watched });

        plan.Steps.TakeLast(3).Select(step => step.Action.Verb).ShouldBe(["gate.watch", "gate.approve", "command.do"]);
        plan.Steps.Where(step => step.PointOfNoReturn).ShouldHaveSingleItem().ShouldBe(plan.Steps[^1]);
    }

    [Fact]
    public async Task Blue_is_not_removed_where_nothing_watched_green() =>
        (await Should.ThrowAsync<PlanException>(() => PlanBench.PlanAsync(Of(StrategyKind.BlueGreen, Data, Removed)))).Message.ShouldContain("says nothing of what is measured");

    [Fact]
    public async Task Green_is_watched_before_blue_is_removed_also_where_no_router_moves_its_traffic() =>
        (await PlanBench.ActionsAsync(Of(StrategyKind.BlueGreen, Data, Removed) with { Rollout = Watched })).TakeLast(4)
            .ShouldBe(["gate.watch:data", "gate.approve:data", "Contract:data", "command.do:old servers"]);

    [Fact]
    public async Task What_is_removed_without_harm_needs_nobody_s_word() =>
        (await PlanBench.ActionsAsync(Of(StrategyKind.BlueGreen, Api, Front, Removed with { Undo = ["start"], Irreversible = null }) with { Rollout = Watched })).ShouldNotContain(action => action.StartsWith("gate.approve", StringComparison.Ordinal));

    [Theory]
    [InlineData(StrategyKind.BigBang)]
    [InlineData(StrategyKind.ParallelRun)]
    public async Task A_strategy_that_removes_nothing_does_not_pass_over_what_is_to_be_removed(StrategyKind strategy)
    {
        var spec = Of(strategy, Data, Api, Front, Removed) with { Rollout = Watched with { ParallelRun = new ParallelRunSpec { Paths = ["/"] } } };

        (await Should.ThrowAsync<PlanException>(() => PlanBench.PlanAsync(spec))).Message.ShouldContain("'old servers' has something that is removed in the end");
    }

    [Fact]
    public async Task What_nothing_brings_back_is_not_removed_before_a_phase_that_may_fail()
    {
        var spec = Of(StrategyKind.Phased, Data, Api, Front, Removed) with
        {
            Rollout = Watched,
            Phases = [new PhaseSpec("traffic", ["api", "front", Removed.Name], StrategyKind.Canary), new PhaseSpec("data", ["data"], StrategyKind.BigBang)],
        };

        (await Should.ThrowAsync<PlanException>(() => PlanBench.PlanAsync(spec))).Message.ShouldContain("more would follow");
    }

    [Fact]
    public async Task A_phase_removes_what_it_moved()
    {
        var spec = Of(StrategyKind.Phased, Data, Api, Front, Removed) with
        {
            Rollout = Watched,
            Phases = [new PhaseSpec("data", ["data"], StrategyKind.BigBang), new PhaseSpec("traffic", ["api", "front", Removed.Name], StrategyKind.Canary)],
        };

        (await PlanBench.PlanAsync(spec)).Steps.Where(step => step.Contracts).Select(step => step.Action.Verb).ShouldBe(["gate.approve", "command.do"]);
    }

    [Fact]
    public async Task A_canary_watches_every_share_and_compares_the_data_once_more_before_it_cuts_over()
    {
        var plan = await PlanBench.ActionsAsync(Of(StrategyKind.Canary, Data, Api, Front) with { Rollout = Watched });

        plan.ShouldBe(
        [
            "Capture:data", "Fence:data", "Expand:data", "Copy:data", "Compare:data", "http.seeHealth:api",
            "Shift:front front 10 back 0", "gate.watch:front", "Shift:front front 100 back 0", "gate.watch:front",
            "Compare:data", "CutOver:data", "Contract:data",
        ]);
    }

    [Fact]
    public async Task A_gradual_rollback_goes_back_share_by_share()
    {
        var spec = Of(StrategyKind.Canary, Api, Front) with { Rollout = Watched, Rollback = new RollbackSpec { Style = RollbackStyle.Gradual } };

        (await PlanBench.ActionsAsync(spec)).Where(action => action.StartsWith("Shift", StringComparison.Ordinal))
            .ShouldBe(["Shift:front front 10 back 0", "Shift:front front 100 back 10"]);
    }

    [Fact]
    public async Task Rolling_takes_so_many_units_out_at_a_time()
    {
        var units = new[] { "web1", "web2", "web3" }.Select(name => new TrafficUnitSpec(name, ["up"], ["down"])).ToList();
        var spec = Of(StrategyKind.Rolling, Front with { Units = units }) with { Rollout = Watched with { MaxUnavailable = 2 } };

        (await PlanBench.ActionsAsync(spec)).ShouldBe(
        [
            "Drain:front web1", "Drain:front web2", "Upgrade:front web1", "Upgrade:front web2", "Verify:front web1", "Verify:front web2",
            "Undrain:front web1", "Undrain:front web2", "gate.watch:front",
            "Drain:front web3", "Upgrade:front web3", "Verify:front web3", "Undrain:front web3", "gate.watch:front",
        ]);
    }

    [Fact]
    public async Task Rolling_refuses_to_take_out_every_unit_at_once()
    {
        var spec = Of(StrategyKind.Rolling, Front with { Units = [new TrafficUnitSpec("web1", ["up"], ["down"])] }) with { Rollout = Watched };

        (await Should.ThrowAsync<PlanException>(() => PlanBench.PlanAsync(spec))).Message.ShouldContain("none would be left to serve");
    }

    [Fact]
    public async Task A_strangler_fig_moves_route_by_route()
    {
        var routes = new[] { "orders", "users" }.Select(name => new TrafficRouteSpec(name) { Path = $"/{name}", Backend = name }).ToList();
        var spec = Of(StrategyKind.StranglerFig, Front with { Routes = routes }) with { Rollout = Watched };

        (await PlanBench.ActionsAsync(spec)).ShouldBe(
        [
            "Shift:front orders 10 back 0", "gate.watch:front", "Shift:front orders 100 back 0", "gate.watch:front",
            "Shift:front users 10 back 0", "gate.watch:front", "Shift:front users 100 back 0", "gate.watch:front",
        ]);
    }

    [Fact]
    public async Task A_parallel_run_compares_answers_before_any_traffic_moves()
    {
        var spec = Of(StrategyKind.ParallelRun, Api, Front) with { Rollout = Watched with { ParallelRun = new ParallelRunSpec { Paths = ["/orders/{n}"] } } };

        (await PlanBench.ActionsAsync(spec)).ShouldBe(["http.seeHealth:api", "parallel.run:api", "Shift:front front 100 back 0", "gate.watch:front"]);
    }

    [Fact]
    public async Task Phases_are_planned_one_after_the_other_each_by_its_own_strategy()
    {
        var spec = Of(StrategyKind.Phased, Data, Api, Front) with
        {
            Rollout = Watched,
            Phases = [new PhaseSpec("move the data", ["data"], StrategyKind.BigBang), new PhaseSpec("move the traffic", ["api", "front"], StrategyKind.Canary)],
        };

        var plan = await PlanBench.PlanAsync(spec);

        plan.Steps.Select(step => step.Phase.Split(':')[0]).Distinct().ShouldBe(["move the data", "move the traffic"]);
        plan.Steps.Last(step => step.Phase.StartsWith("move the data", StringComparison.Ordinal)).Action.Verb.ShouldBe("CutOver");
        plan.Steps.Select(step => step.Part).Distinct().ShouldBe(["move the data", "move the traffic"]);
        plan.Notes.ShouldContain(note => note.Contains("a phase that fails is undone alone", StringComparison.Ordinal));
        plan.Notes.ShouldContain(note => note.Contains("what comes after it rests on it, and is undone first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_phase_s_own_style_decides_how_its_traffic_goes_back()
    {
        var spec = Of(StrategyKind.Phased, Data, Api, Front) with
        {
            Rollout = Watched,
            Rollback = new RollbackSpec { Style = RollbackStyle.Immediate },
            Phases =
            [
                new PhaseSpec("data", ["data"], StrategyKind.BigBang),
                new PhaseSpec("traffic", ["api", "front"], StrategyKind.Canary) { Rollback = new PhaseRollbackSpec { Style = RollbackStyle.Gradual } },
            ],
        };

        (await PlanBench.ActionsAsync(spec)).ShouldContain("Shift:front front 100 back 10");
    }

    [Fact]
    public async Task A_step_of_no_phase_has_the_hash_that_it_had_before_there_were_phases()
    {
        var step = (await PlanBench.PlanAsync(Of(StrategyKind.BigBang, Data))).Steps[0];

        System.Text.Json.JsonSerializer.Serialize(step, MigrationJson.Line).ShouldNotContain("\"part\"");
    }

    [Theory]
    [InlineData(StrategyKind.Canary, "no system is a router")]
    [InlineData(StrategyKind.Rolling, "no router lists any")]
    [InlineData(StrategyKind.StranglerFig, "no router lists any")]
    [InlineData(StrategyKind.ParallelRun, "no system is of kind http")]
    [InlineData(StrategyKind.Phased, "has no 'phases:'")]
    public async Task What_a_strategy_lacks_is_said_when_it_is_planned(StrategyKind strategy, string reason) =>
        (await Should.ThrowAsync<PlanException>(() => PlanBench.PlanAsync(Of(strategy, Data)))).Message.ShouldContain(reason);

    [Fact]
    public async Task Traffic_is_not_moved_where_nothing_is_measured() =>
        (await Should.ThrowAsync<PlanException>(() => PlanBench.PlanAsync(Of(StrategyKind.Canary, Api, Front)))).Message.ShouldContain("says nothing of what is measured");

    private static Endpoint Place(string uri) => Endpoint.Parse(uri, Path.GetTempPath());

    private static MigrationSpec Of(StrategyKind strategy, params SystemSpec[] systems) => Sample.Spec(systems) with { Strategy = strategy };
}
