using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Runs;
using MigrationTools.Hosting.Following;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>While a process holds a canary at a weight, others see what its gate measures: this one looks at a run that the command line carries out.</summary>
public sealed class LiveGateTests
{
    private const string Gate = "{ conditions: ['p95 < 10s', 'error_rate <= 1%', 'canary.p95 <= baseline.p95 * 1000'], interval: 600ms, count: 6, minSamples: 3, inconclusiveLimit: 20, deadline: 60s }";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("sqlite:runs.db")]
    public async Task Another_process_sees_phase_weight_and_figures_against_their_limits_while_a_canary_holds(string? runs)
    {
        await using var shop = await ShopFront.StartAsync(bench: new Workbench(runs: runs));
        shop.Spec("Canary", $"weights: [50, 100], gate: {Gate}");
        using var run = CommandLine.Start(shop.Bench, "run", "migration.yaml", "--metrics-file", "run.prom");

        var seen = await WatchedAsync(shop, run);

        seen.Status.ShouldBe(RunStatus.Running);
        seen.Phase.ShouldBe("watch");
        seen.Shares.Single().TargetPercent.ShouldBe(50);
        seen.WaitingFor.ShouldBeEmpty();
        var gate = seen.Watching!;
        gate.Stage.ShouldBe("canary at 50 %");
        gate.Shares.Values.ShouldBe([50m]);
        (gate.Count, gate.Failed, gate.ErrorsInARow, gate.ConsecutiveErrorLimit, gate.MinSamples).ShouldBe((6, 0, 0, 4, 3));
        gate.Deadline.ShouldBe(gate.Since.AddSeconds(60));
        gate.WaitsFor.ShouldContain($"{6 - gate.Held} of 6 measurements of 0.6 s, each with 3 samples of a side");
        gate.Conditions.Select(condition => condition.Condition).ShouldBe(["p95 < 10s", "error_rate <= 1%", "canary.p95 <= baseline.p95 * 1000"]);
        gate.Conditions.ShouldAllBe(condition => condition.Answer == ConditionAnswer.Holds);
        var p95 = gate.Conditions[0].Figures.Single();
        (p95.Figure, p95.May, p95.Needed).ShouldBe(("api.p95", "< 10000 ms", 3));
        p95.Value!.Value.ShouldBeInRange(0.001, 10_000);
        p95.Samples.ShouldBeGreaterThanOrEqualTo(3);
        gate.Conditions[2].Figures[0].Limit!.Value.ShouldBe(gate.Conditions[2].Figures[1].Value!.Value * 1000, 0.001);

        // Dashboards have it at the same time, from the same measurement or a later one.
        var metrics = await File.ReadAllTextAsync(shop.Bench.PathOf("run.prom"), Token);
        metrics.ShouldContain("migrationtools_gate_limit{");
        metrics.Split('\n').Single(line => line.StartsWith("migrationtools_gate_measurements{", StringComparison.Ordinal) && line.Contains("canary at 50 %", StringComparison.Ordinal)).ShouldContain("verdict=\"Passed\"");

        // No word of it is in the journal: it is no evidence, and costs no entries.
        (await shop.Bench.Host.Runs.ReadJournalAsync(seen.RunId, Token)).ShouldAllBe(entry => !entry.Data.ToJsonString(null).Contains("waitsFor", StringComparison.Ordinal));

        var end = await run.EndAsync();
        end.ExitCode.ShouldBe(0, end.Error);
        var state = await shop.Bench.LookAsync();
        (state.Status, state.Watching).ShouldBe((RunStatus.Completed, null));
    }

    [Fact]
    public async Task Who_follows_a_run_is_told_each_figure_while_it_is_measured()
    {
        await using var shop = await ShopFront.StartAsync();
        shop.Spec("Canary", $"weights: [100], gate: {Gate}");
        using var run = CommandLine.Start(shop.Bench, "run", "migration.yaml");
        var runId = (await WatchedAsync(shop, run)).RunId;

        var told = new List<RunProgress>();
        await foreach (var progress in shop.Bench.Host.FollowAsync(runId, Token))
        {
            told.Add(progress);
        }

        var live = told.Where(progress => progress.Watching?.MeasuredAt is not null).ToList();
        live.Select(progress => progress.Watching!.Taken).Distinct().Count().ShouldBeGreaterThan(1);
        live.ShouldAllBe(progress => progress.Summary.Contains("canary at 100 %: ", StringComparison.Ordinal) && progress.Summary.Contains("api.p95", StringComparison.Ordinal));
        live.ShouldAllBe(progress => progress.Gate == null || progress.Gate.Gate != "canary at 100 %");
        told[^1].ShouldSatisfyAllConditions(last => last.Status.ShouldBe(RunStatus.Completed), last => last.Watching.ShouldBeNull());
    }

    /// <summary>The run once its gate has measured something.</summary>
    private static async Task<RunState> WatchedAsync(ShopFront shop, CommandLine run)
    {
        while (true)
        {
            if (run.HasExited)
            {
                var end = await run.EndAsync();
                Assert.Fail($"it ended with {end.ExitCode} before its gate was seen: {end.Error}");
            }

            if ((await shop.Bench.Host.Runs.ListAsync(Token)).Count > 0 && await shop.Bench.LookAsync() is { Watching: { Held: > 0 } } state)
            {
                return state;
            }

            await Task.Delay(50, Token);
        }
    }
}
