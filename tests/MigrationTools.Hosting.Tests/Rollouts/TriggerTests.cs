using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using ShopService;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>New versions that turn bad while traffic is shifted: each is taken back by the right trigger, at once.</summary>
public sealed class TriggerTests
{
    private const string AllTriggers = "'error_rate > 5%', 'response_time > 1s', 'availability < 60%'";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("slow at 25 %", AllTriggers, "response_time > 1s")]
    [InlineData("slow at 25 %", "'response_time > 500ms'", "response_time > 500ms")]
    [InlineData("errs 8 %", AllTriggers, "error_rate > 5%")]
    [InlineData("dies", AllTriggers, "error_rate > 5%")]
    [InlineData("dies", "'availability < 99.9%'", "availability < 99.9%")]
    public async Task A_version_that_turns_bad_is_taken_back_by_the_right_trigger(string fault, string triggers, string trigger)
    {
        await using var shop = await ShopFront.StartAsync();
        await using var load = new SteadyLoad(shop.Router.Front, "/orders/1002");
        var spec = shop.Spec("Canary", "weights: [25, 100], hold: 60s, gate: { conditions: ['requests > 0'], interval: 1s, count: 2, minSamples: 1, inconclusiveLimit: 100, deadline: 3m }", Rollback(triggers));

        var running = shop.Bench.RunAsync(spec);
        await UntilAsync(shop, running, green: 25);
        switch (fault)
        {
            case "slow at 25 %":
                await shop.V3.BreakAsync(new ShopFaults { DelayMilliseconds = 1500 });
                break;
            case "errs 8 %":
                await shop.V3.BreakAsync(new ShopFaults { ErrorPercent = 8 });
                break;
            default:
                await shop.V3.StopAsync();
                break;
        }

        var state = await running;

        state.Status.ShouldBe(RunStatus.RolledBack, state.Message);
        (await shop.WeightsAsync()).ShouldBe((100, 0));
        var journal = await shop.Bench.Host.Runs.ReadJournalAsync(state.RunId, Token);
        journal.Single(entry => entry.Kind == "alarm").Get<string>("condition").ShouldBe(trigger);
        var back = state.TrafficReturn.ShouldNotBeNull();
        back.Reaction.ShouldNotBeNull();
        await load.EndAsync();
        load.Sent.Where(request => request.At > back.ReturnedAt!.Value.AddSeconds(1)).ShouldAllBe(request => request.Status == 200);
        TestContext.Current.SendDiagnosticMessage(string.Create(
            CultureInfo.InvariantCulture,
            $"reaction | {fault} | {trigger} | {(back.RaisedAt - back.FirstBadAt).TotalSeconds:0.00} s to the alarm | {back.Reaction!.Value.TotalSeconds:0.00} s to the return | {load.Sent.Count} requests, {load.Failed.Count} failed"));
    }

    [Fact]
    public async Task A_version_that_fails_only_at_50_percent_is_taken_back_from_there()
    {
        await using var shop = await ShopFront.StartAsync();
        await using var load = new SteadyLoad(shop.Router.Front, "/orders/1002");
        var spec = shop.Spec("Canary", "weights: [10, 50, 100], hold: 2s, gate: { conditions: ['error_rate <= 1%'], interval: 500ms, count: 2, minSamples: 1, inconclusiveLimit: 100, deadline: 3m }", Rollback(AllTriggers));

        var running = shop.Bench.RunAsync(spec);
        await UntilAsync(shop, running, green: 50);
        await shop.V3.BreakAsync(new ShopFaults { ErrorPercent = 60 });
        var state = await running;

        state.Status.ShouldBe(RunStatus.RolledBack, state.Message);
        (await shop.WeightsAsync()).ShouldBe((100, 0));
        state.TrafficReturn.ShouldNotBeNull();
        await load.EndAsync();

        // It was well at 10 %, and nobody saw 100 %.
        load.Sent.Where(request => request.At < state.TrafficReturn.FirstBadAt.AddSeconds(-2)).ShouldAllBe(request => request.Status == 200);
        var journal = await shop.Bench.Host.Runs.ReadJournalAsync(state.RunId, Token);
        var (shifts, watches) = (Ids("traffic.shift"), Ids("gate.watch"));
        journal.Count(entry => entry.Kind == JournalKinds.Committed && entry.Step == watches[0]).ShouldBe(1);
        journal.ShouldNotContain(entry => entry.Kind == JournalKinds.Committed && entry.Step == watches[1]);
        journal.ShouldNotContain(entry => entry.Kind == JournalKinds.Intent && entry.Step == shifts[2]);

        List<string> Ids(string verb) => [.. state.Steps.Where(step => step.Step.Action.Verb == verb).Select(step => step.Step.Id)];
    }

    private static string Rollback(string triggers) => $"mode: automatic, triggers: [{triggers}], interval: 300ms, minSamples: 5";

    private static async Task UntilAsync(ShopFront shop, Task<RunState> running, int green)
    {
        while ((await shop.WeightsAsync()).Green != green)
        {
            if (running.IsCompleted)
            {
                throw new InvalidOperationException($"The run ended before its weight was {green}: {(await running).Message}");
            }

            await Task.Delay(20, Token);
        }
    }
}
