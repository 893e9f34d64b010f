using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using ShopService;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>New versions that turn bad while traffic is shifted: each is taken back by the right trigger, at once.</summary>
public sealed class TriggerTests
{
    private const string Triggers = "mode: automatic, triggers: ['error_rate > 5%', 'response_time > 1s', 'availability < 60%'], interval: 300ms, minSamples: 5";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("slow at 25 %", "response_time > 1s")]
    [InlineData("errs 8 %", "error_rate > 5%")]
    [InlineData("dies", "error_rate > 5%")]
    public async Task A_version_that_turns_bad_is_taken_back_by_the_right_trigger(string fault, string trigger)
    {
        await using var shop = await ShopFront.StartAsync();
        await using var load = new SteadyLoad(shop.Router.Front, "/orders/1002");
        var spec = shop.Spec("Canary", "weights: [25, 100], hold: 60s, gate: { conditions: ['error_rate <= 100%'], interval: 1s, count: 2, minSamples: 1, inconclusiveLimit: 100, deadline: 3m }", Triggers);

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
