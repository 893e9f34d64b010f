using System.Globalization;
using System.Text.Json.Nodes;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Statistics;
using ShopService;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary><c>rollback.style: gradual</c> on real traffic: a version that turns bad goes back share by share, seen in the router and by the clients.</summary>
public sealed class GradualReturnTests
{
    private const string Rollback = "mode: automatic, style: gradual, triggers: ['error_rate > 5%'], interval: 300ms, minSamples: 5";
    private const string Rollout = "weights: [10, 30, 60, 100], gate: { conditions: ['requests > 0'], interval: 500ms, count: 1, minSamples: 1, inconclusiveLimit: 100, deadline: 3m }";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_version_that_errs_at_60_percent_goes_back_by_the_stages_that_it_came_by()
    {
        await using var shop = await ShopFront.StartAsync();
        await using var load = new SteadyLoad(shop.Router.Front, "/orders/1002", "/healthz");
        await using var weights = new SampledWeights(shop);
        var spec = shop.Spec("Canary", Rollout, Rollback);

        var running = shop.Bench.RunAsync(spec);
        await weights.UntilAsync(60, running);
        await shop.V3.BreakAsync(new ShopFaults { ErrorPercent = 30 });
        var state = await running;

        state.Status.ShouldBe(RunStatus.RolledBack, state.Message);
        await weights.UntilItStandsAsync(0);
        await load.GoOnAsync();
        var stages = await weights.EndAsync();
        stages.Select(stage => stage.Green).SkipWhile(green => green != 60).ShouldBe([60, 30, 10, 0]);
        var journal = await shop.Bench.Host.Runs.ReadJournalAsync(state.RunId, Token);
        Returned(journal).ShouldBe([30, 10, 0]);
        await load.EndAsync();
        var landed = stages.SkipWhile(stage => stage.Green != 60).Select(stage => Landed(load, stage)).ToList();
        var back = state.TrafficReturn.ShouldNotBeNull();
        back.Reaction.ShouldNotBeNull();
        back.ReturnedAt!.Value.ShouldBeGreaterThan(back.RaisedAt);
        load.Sent.Where(request => request.Status is null || (request.Status >= 500 && request.Version != "3.0.0")).ShouldBeEmpty();
        TestContext.Current.SendDiagnosticMessage(string.Create(
            CultureInfo.InvariantCulture,
            $"gradual | errs 30 % at 60 % | {(back.RaisedAt - back.FirstBadAt).TotalSeconds:0.00} s to the alarm | {back.Reaction!.Value.TotalSeconds:0.00} s to the complete return | {string.Join(", ", landed)} | {load.Sent.Count} requests, {load.Failed.Count} failed by the new version itself"));
    }

    [Fact]
    public async Task A_version_that_dies_is_taken_back_at_once_for_no_share_of_it_is_one()
    {
        await using var shop = await ShopFront.StartAsync();
        await using var load = new SteadyLoad(shop.Router.Front, "/orders/1002");
        await using var weights = new SampledWeights(shop);
        var spec = shop.Spec("Canary", Rollout, Rollback);

        var running = shop.Bench.RunAsync(spec);
        await weights.UntilAsync(60, running);
        await shop.V3.StopAsync();
        var state = await running;

        state.Status.ShouldBe(RunStatus.RolledBack, state.Message);
        (await shop.WeightsAsync()).ShouldBe((100, 0));
        var journal = await shop.Bench.Host.Runs.ReadJournalAsync(state.RunId, Token);
        Returned(journal).ShouldAllBe(percent => percent == 0);
        var back = state.TrafficReturn.ShouldNotBeNull();
        var returned = back.ReturnedAt!.Value;
        (await load.GoOnAsync()).ShouldAllBe(request => request.Status == 200);
        await load.EndAsync();
        load.Sent.Where(request => request.At > returned).ShouldAllBe(request => request.Status == 200);
        TestContext.Current.SendDiagnosticMessage(string.Create(
            CultureInfo.InvariantCulture, $"gradual | dies at 60 % | {(back.RaisedAt - back.FirstBadAt).TotalSeconds:0.00} s to the alarm | {back.Reaction!.Value.TotalSeconds:0.00} s to the complete return | {load.Sent.Count} requests, {load.Failed.Count} failed"));
    }

    /// <summary>The shares that the compensations were seen to bring about, in their order.</summary>
    private static List<decimal> Returned(IReadOnlyList<JournalEntry> journal) =>
        [.. journal.Where(entry => entry.Kind == JournalKinds.CompensationObserved).Select(entry => entry.Get<JsonObject>("data")?["percent"]).OfType<JsonNode>().Select(percent => percent.GetValue<decimal>())];

    /// <summary>Where the requests of a stage landed, which has to fit its share.</summary>
    private static string Landed(SteadyLoad load, SampledWeights.Stage stage)
    {
        var sent = load.Sent.Where(request => request.At > stage.From && request.At < stage.To && request.Version is not null).ToList();
        var green = sent.Count(request => request.Version == "3.0.0");
        sent.ShouldNotBeEmpty($"at {stage.Green} %");
        BinomialInterval.Of(green, sent.Count, 0.9999).Contains(stage.Green / 100d).ShouldBeTrue($"at {stage.Green} %: {green} of {sent.Count}");
        return string.Create(CultureInfo.InvariantCulture, $"at {stage.Green} %: {green} of {sent.Count} for {(stage.To - stage.From).TotalSeconds:0.00} s");
    }
}
