using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Traffic;
using MigrationTools.Traffic.HaProxy;
using MigrationTools.Traffic.Proof;
using MigrationTools.Traffic.Steps;

namespace MigrationTools.Traffic.Tests.Steps;

public sealed class TrafficStepTests
{
    private static readonly TrafficCatalog Catalog = new([new HaProxyRouterProvider(TimeProvider.System)]);

    private static readonly StepActionCatalog Actions = new(TrafficSteps.All(Catalog, new TrafficProof(TimeProvider.System), TimeProvider.System));

    [Fact]
    public async Task A_shift_is_set_read_back_and_proven_and_its_compensation_takes_it_back()
    {
        await using var bench = await Bench.StartAsync();
        var draft = TrafficDrafts.Shift(bench.System, null, 25);
        var context = Context(bench.System, draft);
        context = context with { Prior = await Actions.Find(draft.Action.Verb).CaptureAsync(context, default) };

        var observation = await ExecuteAsync(context);

        observation.Checks.Select(check => (check.Id, check.Verdict, check.Required)).ShouldBe([("traffic-set:front/front", Verdict.Passed, true), ("traffic-proof:front/front", Verdict.Passed, true)]);
        draft.GateAfter!.Judge(observation.Checks).Verdict.ShouldBe(Verdict.Passed);
        (TrafficText(observation.Data["percent"]), TrafficText(observation.Data["before"]), (string?)observation.Data["lane"]).ShouldBe(("25", "0", "front"));
        (await LookAsync(context)).Effect.ShouldBe(Effect.Applied);

        var back = context with { Action = draft.Compensation! };
        (await LookAsync(back)).Effect.ShouldBe(Effect.NotApplied);
        (await ExecuteAsync(back)).Checks.ShouldAllBe(check => check.Verdict == Verdict.Passed);
        (await LookAsync(back)).Effect.ShouldBe(Effect.Applied);
        (await LookAsync(context)).Effect.ShouldBe(Effect.NotApplied);
        (await bench.SendAsync(20))["blue"].ShouldBe(20);
    }

    [Fact]
    public async Task A_compensation_goes_back_to_the_share_before_and_not_to_nothing()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();
        await router.SetShareAsync(bench.Lane, 10, default);
        var draft = TrafficDrafts.Shift(bench.System, null, 50);
        var context = Context(bench.System, draft);
        context = Journalled(context with { Prior = await Actions.Find(draft.Action.Verb).CaptureAsync(context, default) });
        await ExecuteAsync(context);

        await ExecuteAsync(context with { Action = draft.Compensation! });

        (await router.ReadAsync(bench.Lane, default)).TargetPercent.ShouldBe(10);

        var all = context with { Action = TrafficDrafts.Return(bench.System, null, 0) };
        await ExecuteAsync(all);
        (await router.ReadAsync(bench.Lane, default)).TargetPercent.ShouldBe(0);
        (await LookAsync(all)).Effect.ShouldBe(Effect.Applied);
    }

    [Fact]
    public async Task A_target_that_is_out_of_service_gets_nothing_back_instead_of_its_old_share()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();
        await router.SetShareAsync(bench.Lane, 50, default);
        await router.SetMemberAsync(bench.Lane, "green", TrafficMemberState.Maintenance, default);
        var context = Context(bench.System, TrafficDrafts.Shift(bench.System, null, 50)) with { Action = TrafficDrafts.Return(bench.System, null, 25) };

        var observation = await ExecuteAsync(context);

        observation.Summary.ShouldContain("0 % of new requests go to green again");
        observation.Summary.ShouldContain("instead of 25 %, for green takes no requests");
        (await LookAsync(context)).Effect.ShouldBe(Effect.Applied);
    }

    [Fact]
    public async Task A_stage_on_the_way_back_that_nobody_answers_at_gives_way_to_nothing_at_all()
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();
        await router.SetShareAsync(bench.Lane, 50, default);
        var context = Context(bench.System, TrafficDrafts.Shift(bench.System, null, 50)) with { Action = TrafficDrafts.Return(bench.System, null, 25) };

        // It is dead, and no health check of the router's says so.
        await bench.Green.DisposeAsync();
        var observation = await ExecuteAsync(context);

        (await router.ReadAsync(bench.Lane, default)).TargetPercent.ShouldBe(0);
        observation.Checks.ShouldAllBe(check => check.Verdict == Verdict.Passed);
        observation.Summary.ShouldContain("instead of 25 %, for that share was not seen");
        (await LookAsync(context)).Effect.ShouldBe(Effect.Applied);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task What_has_gone_further_back_already_is_given_no_share_again(int has)
    {
        await using var bench = await Bench.StartAsync();
        await using var router = bench.Open();
        await router.SetShareAsync(bench.Lane, has, default);
        var context = Context(bench.System, TrafficDrafts.Shift(bench.System, null, 50)) with { Action = TrafficDrafts.Return(bench.System, null, 25) };

        (await ExecuteAsync(context)).Checks.ShouldAllBe(check => check.Verdict == Verdict.Passed);

        (await router.ReadAsync(bench.Lane, default)).TargetPercent.ShouldBe(has);
        (await LookAsync(context)).Effect.ShouldBe(Effect.Applied);
    }

    [Fact]
    public async Task A_shift_that_nothing_can_prove_says_so_and_passes_on_what_was_read_back()
    {
        await using var bench = await Bench.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(bench.HaProxy.DirectoryPath, "share"), "0", TestContext.Current.CancellationToken);
        var catalog = new TrafficCatalog([new Traffic.Command.CommandRouterProvider(TimeProvider.System)]);
        var system = bench.System with
        {
            Router = "command",
            Front = null,
            Programs = new RouterProgramsSpec { Get = ["/bin/cat", "share"], Set = ["/bin/sh", "-c", "printf %s \"$1\" > share", "set", "{percent}"] },
        };
        var draft = TrafficDrafts.Shift(system, null, 25);

        var observation = await new ShiftStep(catalog, new TrafficProof(TimeProvider.System), TimeProvider.System)
            .ExecuteAsync(Context(system, draft, bench.HaProxy.DirectoryPath), default);

        observation.Checks[1].ShouldSatisfyAllConditions(
            check => check.Verdict.ShouldBe(Verdict.Inconclusive),
            check => check.Required.ShouldBeFalse(),
            check => check.Message.ShouldContain("can't be counted"));
        draft.GateAfter!.Judge(observation.Checks).Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task A_router_that_restarted_is_found_by_looking()
    {
        await using var bench = await Bench.StartAsync();
        var context = Context(bench.System, TrafficDrafts.Shift(bench.System, null, 50));
        await ExecuteAsync(context);

        await bench.HaProxy.RestartAsync();

        var look = await LookAsync(context);
        look.Effect.ShouldBe(Effect.NotApplied);
        look.Message.ShouldContain("the router gives the target 0 % where the step sets 50 %");
    }

    [Fact]
    public async Task A_watch_tells_the_drift_of_a_restarted_router_and_puts_it_right()
    {
        await using var bench = await Bench.StartAsync();
        var watch = new ShareWatch(Catalog);
        await ExecuteAsync(Context(bench.System, TrafficDrafts.Shift(bench.System, null, 50)));
        (await watch.EnsureAsync(bench.System, "/", null, 50, default)).ShouldSatisfyAllConditions(look => look.Drift.ShouldBeNull(), look => look.Mended.ShouldBeFalse());
        await bench.HaProxy.RestartAsync();

        (await watch.LookAsync(bench.System, "/", null, 50, default)).Drift!.ShouldContain("gives green 0 % instead of 50 %");
        var mended = await watch.EnsureAsync(bench.System, "/", null, 50, default);

        mended.Drift!.ShouldContain("gives green 0 % instead of 50 %");
        mended.Mended.ShouldBeTrue();
        mended.Split.TargetPercent.ShouldBe(50);
        (await watch.LookAsync(bench.System, "/", null, 50, default)).Drift.ShouldBeNull();
    }

    [Fact]
    public async Task A_router_that_is_gone_leaves_the_effect_unknown()
    {
        await using var bench = await Bench.StartAsync();
        var context = Context(bench.System, TrafficDrafts.Shift(bench.System, null, 50));
        await bench.HaProxy.KillAsync();

        var look = await LookAsync(context);

        look.Effect.ShouldBe(Effect.Unknown);
        look.Message.ShouldContain("can't be asked");
    }

    [Fact]
    public async Task Draining_waits_for_what_is_under_way_and_undraining_puts_back_what_was()
    {
        await using var bench = await Bench.StartAsync();
        var draft = TrafficDrafts.Drain(bench.System, null, "blue");
        var context = Context(bench.System, draft);
        context = Journalled(context with { Prior = await Actions.Find(draft.Action.Verb).CaptureAsync(context, default) });
        var answer = new TaskCompletionSource();
        bench.Blue.Until = answer.Task;
        await using var router = bench.Open();
        await router.SetShareAsync(bench.Lane, 50, default);
        var underWay = Enumerable.Range(0, 8).Select(_ => bench.SendAsync(1)).ToList();
        while (bench.Blue.Requests + bench.Green.Requests < 8)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        var draining = ExecuteAsync(context);
        while ((await router.ReadAsync(bench.Lane, default)).Members[0].State != TrafficMemberState.Draining)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        draining.IsCompleted.ShouldBeFalse();
        answer.SetResult();
        var drained = await draining;

        drained.Checks.ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Passed);
        drained.Summary.ShouldContain("blue gets nothing new and has nothing under way");
        (await Task.WhenAll(underWay)).Sum(counts => counts["blue"] + counts["green"]).ShouldBe(8);
        (await LookAsync(context)).Effect.ShouldBe(Effect.Applied);

        var back = context with { Action = draft.Compensation! };
        (await ExecuteAsync(back)).Summary.ShouldContain("blue takes requests again");
        (await LookAsync(back)).Effect.ShouldBe(Effect.Applied);
        (await LookAsync(context)).Effect.ShouldBe(Effect.NotApplied);
    }

    [Fact]
    public async Task A_server_that_keeps_requests_past_the_wait_is_inconclusive()
    {
        await using var bench = await Bench.StartAsync();
        var answer = new TaskCompletionSource();
        bench.Blue.Until = answer.Task;
        var underWay = bench.SendAsync(1);
        while (bench.Blue.Requests == 0)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        var observation = await ExecuteAsync(Context(bench.System, TrafficDrafts.Drain(bench.System, null, "blue", TimeSpan.FromMilliseconds(1))));

        answer.SetResult();
        await underWay;
        observation.Checks.ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Inconclusive);
        observation.Summary.ShouldContain("blue gets nothing new, and has 1 requests under way");
    }

    [Fact]
    public void A_route_that_is_not_there_is_told_with_the_nearest_one()
    {
        var system = new TrafficSystemSpec
        {
            Name = "front",
            Router = "haproxy",
            Endpoint = Engine.Endpoints.Endpoint.Parse("unix:/x", "/"),
            Routes = [new TrafficRouteSpec("orders"), new TrafficRouteSpec("users")],
        };

        Should.Throw<Engine.InvalidRequestException>(() => TrafficDrafts.Shift(system, "order", 5)).Message.ShouldContain("did you mean 'orders'?");
        Should.Throw<Engine.InvalidRequestException>(() => TrafficDrafts.Shift(system, null, 5)).Message.ShouldContain("has 2 routes (orders, users); name one");
    }

    private static Task<StepObservation> ExecuteAsync(StepContext context) => Actions.Find(context.Action.Verb).ExecuteAsync(context, TestContext.Current.CancellationToken);

    private static Task<EffectReport> LookAsync(StepContext context) => Actions.Find(context.Action.Verb).LookAsync(context, TestContext.Current.CancellationToken);

    private static string? TrafficText(JsonNode? node) => node?.ToJsonString();

    /// <summary>As a resumed run has it: read from text.</summary>
    private static StepContext Journalled(StepContext context) => context with { Prior = (JsonObject)JsonNode.Parse(context.Prior.ToJsonString())! };

    private static StepContext Context(TrafficSystemSpec system, StepDraft draft, string directory = "/") => new()
    {
        RunId = "run",
        RunDirectory = "/nowhere",
        Spec = new MigrationSpec { Id = "shop", Name = "Shop", Systems = [system], Directory = directory, Hash = "" },
        Step = new PlanStep
        {
            Id = "01-" + draft.Action.Verb,
            ParentHash = "",
            Hash = "",
            Phase = draft.Phase,
            System = draft.System,
            Action = draft.Action,
            Compensation = draft.Compensation,
            GateAfter = draft.GateAfter,
            Estimate = draft.Estimate,
        },
        Action = draft.Action,
        Observer = SilentObserver.Instance,
    };
}
