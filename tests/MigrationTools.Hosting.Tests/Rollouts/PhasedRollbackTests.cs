using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using ShopService;

namespace MigrationTools.Hosting.Tests.Rollouts;

/// <summary>Data, then traffic, each a phase: on real databases, services and a real router, what goes back and what stays.</summary>
public sealed class PhasedRollbackTests
{
    private const string Flags = "flags: { kind: database, source: 'sqlite:flags.db', target: 'sqlite:flags-v3.db' }";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_second_phase_fails_the_first_stays_a_resume_completes_then_the_last_phase_alone_goes_back_and_then_everything()
    {
        await using var shop = await ShopFront.StartAsync();
        shop.Bench.Sql("flags.db", "create table flag (id integer primary key, name text); insert into flag values (1, 'new checkout'), (2, 'dark mode')");
        var spec = Spec(shop, "");
        await shop.V3.BreakAsync(new ShopFaults { ErrorPercent = 100 });

        var failed = await shop.Bench.RunAsync(spec);

        (failed.Status, failed.Verdict).ShouldBe((RunStatus.Held, Verdict.Failed), failed.Message);
        Phases(failed).ShouldBe("data Committed, traffic Undone");
        failed.Message.ShouldContain("phase 'data' stays in place");
        (await shop.WeightsAsync()).ShouldBe((100, 0));
        shop.Bench.Scalar("flags-v3.db", "select count(*) from flag").ShouldBe(2L);
        failed.Shares.Single().TargetPercent.ShouldBe(0);
        var report = await File.ReadAllTextAsync(Path.Combine(failed.Directory, "report.md"), Token);
        report.ShouldContain($"resume {failed.RunId}");

        await shop.V3.BreakAsync(new ShopFaults());
        var completed = await shop.Bench.ResumeAsync();

        (completed.Status, completed.Verdict).ShouldBe((RunStatus.Completed, Verdict.Passed), completed.Message);
        Phases(completed).ShouldBe("data Committed, traffic Committed");
        (await shop.WeightsAsync()).ShouldBe((0, 100));
        var journal = await shop.Bench.Host.Runs.ReadJournalAsync(completed.RunId, Token);
        journal.Count(entry => entry.Kind == JournalKinds.Intent && entry.Step!.Contains("database.copy", StringComparison.Ordinal)).ShouldBe(1);

        var back = await shop.Bench.RollbackAsync(phase: "traffic");

        back.Status.ShouldBe(RunStatus.Held, back.Message);
        Phases(back).ShouldBe("data Committed, traffic Undone");
        (await shop.WeightsAsync()).ShouldBe((100, 0));
        shop.Bench.Scalar("flags-v3.db", "select count(*) from flag").ShouldBe(2L);

        var all = await shop.Bench.RollbackAsync();

        (all.Status, all.Verdict).ShouldBe((RunStatus.RolledBack, Verdict.Passed), all.Message);
        File.Exists(shop.Bench.PathOf("flags-v3.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_phase_s_own_trigger_takes_its_traffic_back_and_the_way_back_is_measured()
    {
        await using var shop = await ShopFront.StartAsync();
        shop.Bench.Sql("flags.db", "create table flag (id integer primary key, name text); insert into flag values (1, 'new checkout')");
        var spec = Spec(shop, ", rollback: { triggers: ['error_rate > 5%'], interval: 300ms, minSamples: 3 }", "{ conditions: ['requests > 0'], interval: 500ms, count: 60, minSamples: 1, inconclusiveLimit: 60, deadline: 2m }");
        await shop.V3.BreakAsync(new ShopFaults { ErrorPercent = 100 });

        var state = await shop.Bench.RunAsync(spec);

        (state.Status, state.Verdict).ShouldBe((RunStatus.Held, Verdict.Failed), state.Message);
        state.Message.ShouldContain("trigger 'error_rate > 5%'");
        state.TrafficReturn.ShouldNotBeNull().Reaction.ShouldNotBeNull();
        Phases(state).ShouldBe("data Committed, traffic Undone");
        (await shop.WeightsAsync()).ShouldBe((100, 0));
    }

    private static string Phases(RunState state) => string.Join(", ", state.Phases.Select(phase => $"{phase.Name} {phase.Status}"));

    private static Engine.Specs.MigrationSpec Spec(ShopFront shop, string own, string gate = ShopFront.Gate) => shop.Spec(
        "Phased",
        $"weights: [50, 100], gate: {gate} }}\nphases:\n  - {{ name: data, systems: [flags], strategy: BigBang }}\n  - {{ name: traffic, systems: [shop_api, front], strategy: Canary{own} }}\nvalidation: {{ counts: all",
        systems: Flags);
}
