using System.Globalization;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using ShopService;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>What can't be measured never passes; a router that forgets is found; a tool that is killed leaves traffic where a resume or a rollback finds it.</summary>
public sealed class RolloutFaultTests
{
    private const string Quick = "{ conditions: ['error_rate <= 1%'], interval: 150ms, count: 1, minSamples: 1, inconclusiveLimit: 20, deadline: 60s }";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The table of docs/rollouts.md: what the design says of each, on a real router.</summary>
    [Theory]
    [InlineData("no traffic at all", "metrics: { live: { router: front } }", "error_rate <= 1%", false, RunStatus.Held, Verdict.Inconclusive)]
    [InlineData("only errors, and latency asked for", null, "p95 < 10s", true, RunStatus.Held, Verdict.Inconclusive)]
    [InlineData("only errors", null, "error_rate <= 1%", true, RunStatus.RolledBack, Verdict.Passed)]
    [InlineData("Prometheus is down", "metrics: { p: { prometheus: 'http://127.0.0.1:1', query: 'up' } }", "p.value >= 1", false, RunStatus.Held, Verdict.Error)]
    [InlineData("a command that prints NaN", "metrics: { c: { command: [echo, NaN] } }", "c.value < 1", false, RunStatus.Held, null)]
    [InlineData("a command that prints nothing", "metrics: { c: { command: ['true'] } }", "c.value < 1", false, RunStatus.Held, null)]
    public async Task What_can_not_be_measured_never_passes(string what, string? metrics, string condition, bool broken, RunStatus status, Verdict? verdict)
    {
        await using var shop = await ShopFront.StartAsync();
        if (broken)
        {
            await shop.V3.BreakAsync(new ShopFaults { ErrorPercent = 100 });
        }

        var spec = shop.Spec("Canary", $"weights: [50, 100], gate: {{ conditions: ['{condition}'], interval: 200ms, count: 2, minSamples: 2, inconclusiveLimit: 1, consecutiveErrorLimit: 1, deadline: 20s }}", metrics: metrics);

        var state = await shop.Bench.RunAsync(spec);

        state.Status.ShouldBe(status, $"{what}: {state.Message}");
        if (verdict is not null)
        {
            state.Verdict.ShouldBe(verdict.Value, state.Message);
        }

        state.Steps.Count(step => step.Step.Action.Verb == "gate.watch" && step.Status == StepStatus.Committed).ShouldBe(0);
        (await shop.WeightsAsync()).ShouldBe(status == RunStatus.Held ? (50, 50) : (100, 0));
    }

    [Fact]
    public async Task A_gate_that_can_not_be_judged_rolls_back_where_the_spec_says_so()
    {
        await using var shop = await ShopFront.StartAsync();
        var spec = shop.Spec("Canary", "weights: [50, 100], gate: { conditions: ['error_rate <= 1%'], interval: 200ms, count: 1, minSamples: 2, onInconclusive: rollback, deadline: 20s }", metrics: "metrics: { live: { router: front } }");

        (await shop.Bench.RunAsync(spec)).Status.ShouldBe(RunStatus.RolledBack);

        (await shop.WeightsAsync()).ShouldBe((100, 0));
    }

    [Fact]
    public async Task A_router_restarted_in_the_middle_is_found_at_its_old_weights_put_right_and_told_of()
    {
        await using var shop = await ShopFront.StartAsync();
        var spec = shop.Spec("Canary", "weights: [50, 100], gate: { conditions: ['requests > 0'], interval: 500ms, count: 4, minSamples: 1, inconclusiveLimit: 20, deadline: 2m }");

        var running = shop.Bench.RunAsync(spec);
        await UntilWatchedAsync(shop, running);
        await shop.Router.RestartAsync();
        var state = await running;

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        var watch = state.Steps.First(step => step.Step.Action.Verb == "gate.watch");
        watch.Data["drifts"]!.AsArray().Count.ShouldBe(1);
        watch.Checks.Single(check => check.Id.EndsWith("shares", StringComparison.Ordinal)).Message.ShouldContain("put right");
        (await shop.WeightsAsync()).ShouldBe((0, 100));
    }

    [Fact]
    public async Task A_router_that_is_away_for_some_looks_does_not_end_the_watch_and_what_was_measured_meanwhile_does_not_count()
    {
        await using var shop = await ShopFront.StartAsync();
        var spec = shop.Spec("Canary", "weights: [50, 100], gate: { conditions: ['requests > 0'], interval: 300ms, count: 3, minSamples: 1, inconclusiveLimit: 50, consecutiveErrorLimit: 50, deadline: 2m }");

        var running = shop.Bench.RunAsync(spec);
        await UntilWatchedAsync(shop, running);
        await shop.Router.KillAsync();

        // The services answer all the while, so the gate itself is through by now; without the router it proves nothing.
        await Task.Delay(1500, Token);
        running.IsCompleted.ShouldBeFalse();
        await shop.Router.RestartAsync();
        var state = await running;

        state.Status.ShouldBe(RunStatus.Completed, state.Message);
        state.Steps.First(step => step.Step.Action.Verb == "gate.watch").Data["drifts"]!.AsArray().Count.ShouldBe(1);
        (await shop.WeightsAsync()).ShouldBe((0, 100));
    }

    [Fact]
    public async Task A_router_that_stays_away_holds_the_run_whatever_the_gate_measured()
    {
        await using var shop = await ShopFront.StartAsync();
        var spec = shop.Spec("Canary", "weights: [50, 100], gate: { conditions: ['requests > 0'], interval: 300ms, count: 2, minSamples: 1, inconclusiveLimit: 50, consecutiveErrorLimit: 1, deadline: 2m }");

        var running = shop.Bench.RunAsync(spec);
        await UntilWatchedAsync(shop, running);
        await shop.Router.KillAsync();
        var state = await running;

        (state.Status, state.Verdict).ShouldBe((RunStatus.Held, Verdict.Error), state.Message);

        // By the first look of the watch, or by one of those after it.
        var watch = state.Steps.First(step => step.Step.Action.Verb == "gate.watch");
        watch.Status.ShouldNotBe(StepStatus.Committed);
        string.Join(' ', watch.Checks.Select(check => check.Message).Append(state.Message)).ShouldContain("can't be asked");
    }

    /// <summary>
    /// A short form of scripts/prove-rollout-kills.sh, which does it 100 times (MIGRATIONTOOLS_KILLS): at each weight and at random moments, resumed or rolled back in turn.
    /// </summary>
    [Fact]
    public async Task Killed_at_any_weight_a_run_ends_completed_or_fully_rolled_back()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("MIGRATIONTOOLS_KILLS") ?? "6", CultureInfo.InvariantCulture);
        int[] weights = [10, 50, 100];
        var random = new Random(20261122);
        var ends = new Dictionary<string, int>(StringComparer.Ordinal);
        await using var shop = await ShopFront.StartAsync();
        shop.Spec("Canary", $"weights: [10, 50, 100], gate: {Quick}");
        for (var round = 0; round < rounds; round++)
        {
            var known = await shop.Bench.Host.Runs.ListAsync(Token);
            using (var run = CommandLine.Start(shop.Bench, "run", "migration.yaml"))
            {
                var length = random.Next(1, 40);
                while (!run.HasExited && (round % 2 == 0 ? (await shop.WeightsAsync()).Green < weights[round / 2 % 3] : await LengthAsync(shop, known) < length))
                {
                    await Task.Delay(10, Token);
                }

                var ended = run.HasExited;
                await run.KillAsync();
                if (ended && await run.EndAsync() is { ExitCode: not 0 } end)
                {
                    Assert.Fail($"round {round}: it ended by itself with {end.ExitCode}: {end.Error}");
                }
            }

            if ((await shop.Bench.Host.Runs.ListAsync(Token)).Count == known.Count)
            {
                Count("killed before it began");
                continue;
            }

            var killed = await shop.Bench.LookAsync();
            var state = killed.IsFinal ? killed : round / 2 % 2 == 0 ? await shop.Bench.ResumeAsync() : await shop.Bench.RollbackAsync();
            state.Status.ShouldBeOneOf([RunStatus.Completed, RunStatus.RolledBack], $"round {round}: {state.Message}");
            (await shop.WeightsAsync()).ShouldBe(state.Status == RunStatus.Completed ? (0, 100) : (100, 0), $"round {round}");
            Count($"{(killed.IsFinal ? "had ended" : state.Status == RunStatus.Completed ? "resumed" : "rolled back")}: {state.Status}");
            if (state.Status == RunStatus.Completed)
            {
                (await shop.Bench.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack);
            }
        }

        TestContext.Current.SendDiagnosticMessage($"kills | {string.Join(" | ", ends.Select(end => $"{end.Key}: {end.Value}"))}");

        void Count(string end) => ends[end] = ends.GetValueOrDefault(end) + 1;
    }

    /// <summary>Until the gate at 50 % is watched.</summary>
    private static async Task UntilWatchedAsync(ShopFront shop, Task<RunState> running)
    {
        while ((await shop.WeightsAsync()).Green != 50 || (await shop.Bench.LookAsync()).Steps[2].Status != StepStatus.Intended)
        {
            running.IsCompleted.ShouldBeFalse();
            await Task.Delay(20, Token);
        }
    }

    private static async Task<int> LengthAsync(ShopFront shop, IReadOnlyList<string> known)
    {
        var run = (await shop.Bench.Host.Runs.ListAsync(Token)).Except(known).FirstOrDefault();
        var journal = run is null ? null : Path.Combine(shop.Bench.RunsDirectory, run, "journal.jsonl");
        return journal is null || !File.Exists(journal) ? 0 : File.ReadLines(journal).Count();
    }
}
