using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Tests.Runs;

namespace MigrationTools.Engine.Tests.Reports;

/// <summary>Reports of runs that the real runner carried out over the real store.</summary>
public sealed class ReportOfTheRunnerTests : IDisposable
{
    private readonly RunBench _bench = new(rollback: "automatic");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_run_that_went_well()
    {
        var report = await ReportAsync(await _bench.RunAsync());

        report.Status.ShouldBe(RunStatus.Completed);
        report.Verdict.ShouldBe(Verdict.Passed);
        report.Steps.ShouldAllBe(step => step.Verdict == Verdict.Passed && step.Status == StepStatus.Committed && step.DurationMs != null);
        report.Gates.ShouldAllBe(gate => gate.Verdict == Verdict.Passed && gate.Value == 1);
        report.Journal.User.ShouldBe(new RunOptions().User);
        report.Journal.Owners.Single().Process.ShouldBe($"{Environment.ProcessId}");
        report.Systems.Single().Target.ShouldBe("sqlite:b.db");
        HtmlText.Read(await Written.AsAsync("html", report)).Text.ShouldContain("Completed");
    }

    [Fact]
    public async Task A_gate_that_fails_and_the_rollback_that_follows()
    {
        _bench.World.Answers["copy"] = Verdict.Failed;

        var report = await ReportAsync(await _bench.RunAsync());

        report.Status.ShouldBe(RunStatus.RolledBack);
        report.MigrationVerdict.ShouldBe(Verdict.Failed);
        report.Steps.Select(step => step.Verdict).ShouldBe([Verdict.Passed, Verdict.Failed, Verdict.NotRun]);
        report.Rollback!.Verdict.ShouldBe(Verdict.Passed);
        report.Rollback.Compensations.Select(compensation => compensation.Seen).ShouldBe(["removed copy; looked for copy", "removed fence; looked for fence"]);
    }

    [Fact]
    public async Task A_waiver_is_found_again_on_its_check()
    {
        _bench.World.Answers["copy"] = Verdict.Failed;

        var report = await ReportAsync(await _bench.RunAsync(options: new RunOptions { User = "mira", Waivers = new Dictionary<string, string> { ["word:copy"] = "known" } }));

        report.Verdict.ShouldBe(Verdict.Waived);
        report.Waivers.Single().ShouldSatisfyAllConditions(
            waiver => waiver.Check.ShouldBe("word:copy"),
            waiver => waiver.Who.ShouldBe("mira"),
            waiver => waiver.Where.ShouldBe(report.Steps[1].Id));
        report.Validation.Groups.SelectMany(group => group.Checks).Single(check => check.Id == "word:copy").Verdict.ShouldBe(Verdict.Waived);
    }

    [Fact]
    public async Task A_waiver_for_readiness_is_told_as_one()
    {
        _bench.Ready = Verdict.Failed;

        var report = await ReportAsync(await _bench.RunAsync(options: new RunOptions { User = "mira", Waivers = new Dictionary<string, string> { ["test:*"] = "known" } }));

        report.Readiness.Verdict.ShouldBe(Verdict.Waived);
        report.Waivers.Single().Where.ShouldBe("readiness");
    }

    [Fact]
    public async Task An_error_that_held_it_and_the_resumption_after()
    {
        _bench.World.Breaks["copy"] = new InvalidRequestException("broken on purpose");
        var held = await ReportAsync(await _bench.RunAsync());
        var done = await ReportAsync(await _bench.ResumeAsync());

        (held.Status, held.Steps[1].Verdict, held.Steps[1].Error).ShouldBe((RunStatus.Held, Verdict.Error, "broken on purpose"));
        (done.Status, done.Steps[1].Verdict, done.Steps[1].Error, done.Steps[1].Attempts).ShouldBe((RunStatus.Completed, Verdict.Passed, null, 2));
        done.Journal.Owners.Count.ShouldBe(2);
    }

    private async Task<RunReport> ReportAsync(RunState state)
    {
        var journal = await _bench.Store.ReadJournalAsync(state.RunId, TestContext.Current.CancellationToken);
        var looked = await _bench.Store.LookAsync(state.RunId, TestContext.Current.CancellationToken);
        return RunReportBuilder.Build(looked, journal, DateTimeOffset.UtcNow, _bench.Spec);
    }
}
