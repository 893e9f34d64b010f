using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Tests.Runs;

namespace MigrationTools.Hosting.Tests;

/// <summary>A phase of real databases that fails, is undone and begins anew; cut off at the boundaries of all of it.</summary>
public sealed class PhasedCutOffTests
{
    [Fact]
    public async Task A_database_s_phase_that_failed_begins_anew_with_what_the_source_holds_then()
    {
        using var bench = new Workbench();
        var held = await bench.RunAsync(Spec(bench));

        (held.Status, held.Verdict).ShouldBe((RunStatus.Held, Verdict.Failed), held.Message);
        File.Exists(bench.PathOf("second-new.db")).ShouldBeFalse();
        bench.Scalar("first-new.db", "select count(*) from item").ShouldBe(3L);

        Mend(bench);
        bench.Sql("second.db", "insert into item values (4, 40)");
        var state = await bench.ResumeAsync();

        (state.Status, state.Verdict).ShouldBe((RunStatus.Completed, Verdict.Passed), state.Message);
        bench.Scalar("second-new.db", "select sum(amount) from item").ShouldBe(100L);
        bench.Scalar("first-new.db", "select count(*) from item").ShouldBe(3L);
        (await bench.RollbackAsync(phase: "second")).Status.ShouldBe(RunStatus.Held);
        File.Exists(bench.PathOf("second-new.db")).ShouldBeFalse();
        (await bench.RollbackAsync()).Status.ShouldBe(RunStatus.RolledBack);
        File.Exists(bench.PathOf("first-new.db")).ShouldBeFalse();
    }

    /// <summary>Every third boundary, before and after in turn: all of them are cut in the engine's own tests, over steps that cost nothing.</summary>
    [Fact]
    public async Task Cut_off_while_a_phase_runs_fails_and_is_undone_what_the_run_says_leads_on_and_back()
    {
        var reached = 0;
        for (var at = 2; ; at += 3)
        {
            var bench = new Workbench(store => new CrashingStore(store, at, before: at % 2 == 0));
            try
            {
                await bench.RunAsync(Spec(bench));
                bench.Dispose();
                reached.ShouldBeGreaterThan(20);
                return;
            }
            catch (SimulatedCrash)
            {
                reached++;
            }

            using var survivor = bench.Reopened();
            var where = $"boundary {at}";
            var state = await survivor.LookAsync();
            if (state.Status == RunStatus.RollbackIncomplete)
            {
                state.RollingBackTo.ShouldBe("second", where);
                state = await survivor.RollbackAsync(phase: state.RollingBackTo);
            }
            else if (state.Status == RunStatus.Interrupted)
            {
                state = await survivor.ResumeAsync();
            }

            // However it was cut, it comes to where it would have come; mended before the phase is undone, the source would not hold what the phase found.
            state.Status.ShouldBe(RunStatus.Held, $"{where}: {state.Message}");
            File.Exists(survivor.PathOf("second-new.db")).ShouldBeFalse(where);
            Mend(survivor);
            state = await survivor.ResumeAsync();
            (state.Status, state.Verdict).ShouldBe((RunStatus.Completed, Verdict.Passed), $"{where}: {state.Message}");
            survivor.Scalar("second-new.db", "select sum(amount) from item").ShouldBe(60L, where);
            state = await survivor.RollbackAsync();
            (state.Status, state.Verdict).ShouldBe((RunStatus.RolledBack, Verdict.Passed), $"{where}: {state.Message}");
            File.Exists(survivor.PathOf("first-new.db")).ShouldBeFalse(where);
            File.Exists(survivor.PathOf("second-new.db")).ShouldBeFalse(where);
        }
    }

    private static void Mend(Workbench bench) => bench.Sql("second.db", "update item set amount = 30 where amount < 0");

    private static MigrationSpec Spec(Workbench bench)
    {
        bench.Sql("first.db", "create table item (id integer primary key, amount integer); insert into item values (1, 10), (2, 20), (3, 30)");
        bench.Sql("second.db", "create table item (id integer primary key, amount integer); insert into item values (1, 10), (2, 20), (3, -30)");
        return bench.Write("""
            id: two
            strategy: Phased
            systems:
              first: { kind: database, source: 'sqlite:first.db', target: 'sqlite:first-new.db' }
              second: { kind: database, source: 'sqlite:second.db', target: 'sqlite:second-new.db' }
            phases:
              - { name: first, systems: [first], strategy: BigBang }
              - { name: second, systems: [second], strategy: BigBang }
            validation:
              rules:
                - { name: no amount is negative, on: second, sql: 'select count(*) from item where amount < 0', expect: 0 }
            rollback: { mode: automatic }
            """);
    }
}
