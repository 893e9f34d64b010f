using System.Globalization;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Routers;
using ShopService;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>What is shown on HAProxy's own runtime API holds behind nginx, and behind a router that only a program can tell what to do.</summary>
public sealed class OtherRouterTests
{
    // Tells HAProxy over its socket, as a team's own script tells a load balancer that this tool does not know.
    private const string Script = """
        set -e
        ask() { exec 3<>"/dev/tcp/127.0.0.1/${MIGRATIONTOOLS_ROUTER##*:}"; printf '%s\n' "$1" >&3; cat <&3; exec 3>&-; }
        case $1 in
            get) ask 'get weight shop/green' | sed -n 's/^\([0-9]*\) .*/\1/p' ;;
            set) ask "set weight shop/blue $((100 - $2)); set weight shop/green $2" | { ! grep .; } ;;
        esac
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nginx")]
    [InlineData("command")]
    public async Task A_version_that_errs_is_taken_back_by_its_trigger(string router)
    {
        await WithRouterAsync(router, "hold: 60s, gate: { conditions: ['requests > 0'], interval: 1s, count: 2, minSamples: 1, inconclusiveLimit: 100, deadline: 3m }", async (shop, spec, front) =>
        {
            await using var load = new SteadyLoad(front, "/orders/1002", "/healthz");
            var running = shop.Bench.RunAsync(spec);
            await UntilSharedAsync(shop, () => running.IsCompleted);
            await shop.V3.BreakAsync(new ShopFaults { ErrorPercent = 60 });

            var state = await running;

            state.Status.ShouldBe(RunStatus.RolledBack, state.Message);
            var back = state.TrafficReturn.ShouldNotBeNull();
            await load.ShouldBeAnsweredOnlyByAsync("2.0.5");
            var sent = await load.EndAsync();
            TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"reaction behind {router} | errs 60 % | {(back.RaisedAt - back.FirstBadAt).TotalSeconds:0.00} s to the alarm | {back.Reaction!.Value.TotalSeconds:0.00} s to the return | {sent.Count} requests, {load.Lost.Count} failed"));
        });
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("command")]
    public async Task Killed_at_a_share_a_run_goes_back_or_on(string router)
    {
        await WithRouterAsync(router, "gate: { conditions: ['error_rate <= 1%'], interval: 300ms, count: 4, minSamples: 1, inconclusiveLimit: 20, deadline: 60s }", async (shop, _, front) =>
        {
            await using var load = new SteadyLoad(front, "/orders/1002", "/healthz");

            await KillAsync(shop);
            (await shop.Bench.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack);
            await load.ShouldBeAnsweredOnlyByAsync("2.0.5");

            await KillAsync(shop);
            (await shop.Bench.ResumeAsync()).Status.ShouldBe(RunStatus.Completed);
            await load.ShouldBeAnsweredOnlyByAsync("3.0.0");
            await load.EndAsync();
            load.Lost.ShouldBeEmpty(string.Join("; ", load.Lost.Take(3)));
        });
    }

    private static async Task WithRouterAsync(string router, string rollout, Func<ShopFront, MigrationSpec, string, Task> actAsync)
    {
        await using var shop = await ShopFront.StartAsync();
        if (router == "nginx")
        {
            await using var nginx = await NginxInstance.StartAsync(shop.V2.Port, shop.V3.Port, await NginxFront.FirstSplitAsync(shop.Bench, "shop"));
            await actAsync(shop, Write(NginxFront.System(nginx)), nginx.Front);
            return;
        }

        await File.WriteAllTextAsync(shop.Bench.PathOf("router.sh"), Script, Token);
        await actAsync(
            shop,
            Write(string.Create(CultureInfo.InvariantCulture, $$"""
            shop:
                kind: traffic
                router: command
                endpoint: tcp:127.0.0.1:{{shop.Router.ApiPort}}
                source: blue
                target: green
                get: [bash, router.sh, get]
                set: [bash, router.sh, set, '{percent}']
                front: {{shop.Router.Front}}
                {{ShopFront.Identify}}
            """)),
            shop.Router.Front);

        MigrationSpec Write(string system) => shop.Bench.Write($$"""
            id: shop-other-router
            strategy: Canary
            systems:
              {{shop.Api}}
              {{system}}
            {{ShopFront.Metrics}}
            rollout: { weights: [20, 100], {{rollout}} }
            rollback: { mode: automatic, triggers: ['error_rate > 5%'], interval: 300ms, minSamples: 5 }
            """);
    }

    private static async Task KillAsync(ShopFront shop)
    {
        var before = await shop.Bench.Host.Runs.ListAsync(Token);
        using var run = CommandLine.Start(shop.Bench, "run", "migration.yaml");
        while (!run.HasExited && (await shop.Bench.Host.Runs.ListAsync(Token)).Count == before.Count)
        {
            await Task.Delay(20, Token);
        }

        await UntilSharedAsync(shop, () => run.HasExited);
        await run.KillAsync();
        (await shop.Bench.LookAsync()).IsFinal.ShouldBeFalse();
    }

    /// <summary>Until the first share was seen to stand.</summary>
    private static async Task UntilSharedAsync(ShopFront shop, Func<bool> ended)
    {
        while ((await shop.Bench.Host.Runs.ListAsync(Token)).Count == 0
            || (await shop.Bench.LookAsync()).Steps.First(step => step.Step.Action.Verb == "traffic.shift").Status != StepStatus.Committed)
        {
            ended().ShouldBeFalse("the run ended before its first share");
            await Task.Delay(20, Token);
        }
    }
}
