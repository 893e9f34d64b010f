using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Reports.Sections;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Engine.Tests.Reports;

public sealed class RunReportBuilderTests
{
    [Fact]
    public async Task A_completed_run_is_told_with_what_was_seen_of_it()
    {
        using var bench = await ShopRuns.CompletedAsync();

        var report = bench.Report();

        report.Status.ShouldBe(RunStatus.Completed);
        report.Verdict.ShouldBe(Verdict.Passed);
        report.SpecName.ShouldBe("Shop 2.0.5 to 3.0.0");
        report.PlanHash.ShouldBe(bench.Plan.Hash);
        report.DurationMs.ShouldBe(12_500);
        report.Checks.ShouldBe(new ReportTally { Run = 30, Required = 30, Passed = 30, Skipped = 1 });
        report.Readiness.Tally.Required.ShouldBe(6);
        report.Validation.Score.ShouldBe(new ReportScore(1, 24, 24, null));
        report.Validation.Groups.Select(group => group.Category).ShouldBe(["counts", "checksums", "referential", "rule", "quality"]);
        report.Gates.Single().Value.ShouldBe(1);
        report.Gates.Single().Limit.ShouldBe(1);
        report.Rollback.ShouldBeNull();
        report.Systems.ShouldBe([new ReportSystem("shop_database", null, ShopPlan.Source, ShopPlan.Target)]);
        report.NextSteps.Single().Command.ShouldBe("migrationtools rollback shop-v2-to-v3-20260314-213000-4f1c");
        var copy = report.Steps[ShopPlan.Copy];
        (copy.Verdict, copy.Status, copy.Attempts, copy.DurationMs, copy.EstimateMs).ShouldBe((Verdict.Passed, StepStatus.Committed, 1, 6_800, 9_000));
        copy.Evidence.Single().Observed.ShouldBe("104370");
        copy.Compensation.ShouldBe("remove the copied rows");
        report.Steps[ShopPlan.CutOver].PointOfNoReturn.ShouldBeTrue();
        report.Steps[ShopPlan.Compare].Irreversible.ShouldBe("it only looks");
    }

    [Fact]
    public async Task A_table_brings_together_what_copying_counting_and_comparing_wrote()
    {
        using var bench = await ShopRuns.FailedAndRolledBackAsync();

        var report = bench.Report();

        report.Tables.Count.ShouldBe(10);
        var orders = report.Tables.Single(table => table.Target == "public.orders");
        (orders.Source, orders.Verdict, orders.CountVerdict, orders.Method).ShouldBe(("order", Verdict.Failed, Verdict.Passed, "Stream"));
        (orders.SourceRows, orders.TargetRows, orders.Missing, orders.Extra, orders.Changed).ShouldBe((20_000, 20_000, 1, 1, 1));
        (orders.RowsCopied, orders.Bytes, orders.CopyMs).ShouldBe((20_000, 2_936_012, 1_320));
        orders.RowsPerSecond!.Value.ShouldBe(15_151.5, tolerance: 0.1);
        orders.Differences.Count.ShouldBe(3);
        orders.DifferencesNotListed.ShouldBe(0);
        orders.Differences[0].Columns[1].ShouldBe(new ReportColumnDifference("shipped_at", null, ""));
        report.Rejected.Single().ShouldBe(new ReportRejects("shop_database", "public.reviews", 2, "runs/x/rejected/shop_database/public.reviews.jsonl"));
        report.Quality.Count.ShouldBe(3);
        report.Quality[2].Measures.ShouldContain(new ReportMeasure("distinct", "19873", "19872"));
        report.Findings.Single(finding => finding.Verdict == Verdict.Failed).Subject.ShouldBe("reviews · reviews_product_id_fkey");
    }

    [Fact]
    public async Task A_run_that_failed_and_was_rolled_back_failed_though_its_rollback_passed()
    {
        using var bench = await ShopRuns.FailedAndRolledBackAsync();

        var report = bench.Report();

        report.Status.ShouldBe(RunStatus.RolledBack);
        report.MigrationVerdict.ShouldBe(Verdict.Failed);
        report.Rollback!.Verdict.ShouldBe(Verdict.Passed);
        report.Rollback.Compensations.Select(compensation => compensation.StepId).ShouldBe(bench.Plan.Steps.Take(5).Reverse().Select(step => step.Id));
        report.Rollback.Compensations[^1].Checks.Single().Id.ShouldBe("rollback:target");
        report.Rollback.By.ShouldBe("mira");
        var compare = report.Steps[ShopPlan.Compare];
        (compare.Verdict, compare.Status).ShouldBe((Verdict.Failed, StepStatus.Compensated));
        report.Steps[ShopPlan.Copy].Verdict.ShouldBe(Verdict.Passed, "that it was undone takes nothing from what it came to");
        (report.Steps[ShopPlan.CutOver].Verdict, report.Steps[ShopPlan.CutOver].Attempts).ShouldBe((Verdict.NotRun, 0));
        report.Validation.Verdict.ShouldBe(Verdict.Failed);
        report.Validation.Score.Value!.Value.ShouldBe(0.88, tolerance: 0.001);
        report.NextSteps.Select(step => step.Text).ShouldContain(text => text.Contains("Look at the differences"));
        report.NextSteps[^1].Command.ShouldBe("migrationtools run samples/shop/migration.yaml");
    }

    [Fact]
    public async Task The_error_that_held_a_run_stays_in_its_report_after_it_was_rolled_back()
    {
        using var bench = await ShopRuns.HeldAsync();
        await bench.TakeAfterEndAsync();
        await bench.RollBackAsync("the server will not come back today");
        await bench.UndoAsync(ShopPlan.Copy, 1, "58,000 rows removed");
        await bench.EndAsync(RunStatus.RollbackIncomplete, Verdict.Error, "undoing step 03 stopped");

        var report = bench.Report();

        var copy = report.Steps[ShopPlan.Copy];
        (copy.Verdict, copy.ErrorId, copy.Status).ShouldBe((Verdict.Error, ErrorIds.EndpointUnavailable, StepStatus.Compensated));
        report.MigrationVerdict.ShouldBe(Verdict.Error);
        report.Rollback!.Verdict.ShouldBe(Verdict.NotRun, "three steps wait to be undone");
        report.Rollback.Compensations.Select(compensation => compensation.Verdict).ShouldBe([Verdict.Passed, Verdict.NotRun, Verdict.NotRun, Verdict.NotRun]);
        report.NextSteps.Single().Command.ShouldBe("migrationtools rollback shop-v2-to-v3-20260314-213000-4f1c");
    }

    [Fact]
    public async Task A_held_run_names_the_error_and_both_ways_on()
    {
        using var bench = await ShopRuns.HeldAsync();

        var report = bench.Report();

        report.Status.ShouldBe(RunStatus.Held);
        report.Verdict.ShouldBe(Verdict.Error);
        var copy = report.Steps[ShopPlan.Copy];
        (copy.Verdict, copy.ErrorId, copy.DurationMs).ShouldBe((Verdict.Error, ErrorIds.EndpointUnavailable, 4_200));
        copy.Spans.Single().Outcome.ShouldBe(ReportSpanOutcome.Stopped);
        report.NextSteps.Select(step => step.Command).ShouldBe([null, "migrationtools resume shop-v2-to-v3-20260314-213000-4f1c", "migrationtools rollback shop-v2-to-v3-20260314-213000-4f1c"]);
        report.Tables.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_step_that_failed_by_its_own_verdict_is_failed_and_not_an_error()
    {
        using var bench = new JournalBench();
        await ShopRuns.UpToCopyAsync(bench);
        await bench.FailAsync(ShopPlan.Copy, 1, ErrorIds.TooManyRejected, "3 rows rejected, 2 accepted", Verdict.Failed);
        await bench.EndAsync(RunStatus.Failed, Verdict.Failed, "too many rejected");

        bench.Report().Steps[ShopPlan.Copy].Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public async Task A_run_cut_off_in_the_middle_of_copying_claims_nothing_of_the_copy()
    {
        using var bench = await ShopRuns.InterruptedAsync();

        var report = bench.Report();

        report.Status.ShouldBe(RunStatus.Interrupted);
        report.Verdict.ShouldBe(Verdict.Inconclusive);
        report.EndedAt.ShouldBeNull();
        report.DurationMs.ShouldBeNull();
        var copy = report.Steps[ShopPlan.Copy];
        (copy.Verdict, copy.Status, copy.DurationMs, copy.Summary).ShouldBe((Verdict.Inconclusive, StepStatus.Intended, null, null));
        copy.Spans.Single().ShouldSatisfyAllConditions(span => span.Outcome.ShouldBe(ReportSpanOutcome.CutOff), span => span.EndedAt.ShouldBeNull());
        report.Steps[ShopPlan.Compare].Verdict.ShouldBe(Verdict.NotRun);
        report.Validation.Verdict.ShouldBe(Verdict.NotRun);
        report.Validation.Score.Value.ShouldBeNull();
        report.Validation.StepsNotChecked.ShouldBe([bench.Plan.Steps[ShopPlan.Compare].Id]);
        report.Gates.Single().Verdict.ShouldBe(Verdict.NotRun);
        report.Tables.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_resumed_run_shows_both_attempts_both_owners_and_the_torn_bytes()
    {
        using var bench = await ShopRuns.ResumedAndWaivedAsync();

        var report = bench.Report();

        var copy = report.Steps[ShopPlan.Copy];
        (copy.Attempts, copy.Verdict, copy.DurationMs).ShouldBe((2, Verdict.Passed, 3_300));
        copy.Spans.Select(span => span.Outcome).ShouldBe([ReportSpanOutcome.CutOff, ReportSpanOutcome.Observed]);
        report.Journal.Owners.Select(owner => (owner.Epoch, owner.TornBytes)).ShouldBe([(1, 0), (2, 18)]);
        report.Journal.TornBytes.ShouldBe(18);
        report.Journal.Entries.ShouldBe(report.Journal.Owners.Sum(owner => owner.Entries));
        report.Journal.LastHash!.Length.ShouldBe(64);
        var lines = report.Tables.Single(table => table.Target == "public.order_lines");
        lines.ResumedRows.ShouldBe(12_000);
        lines.RowsPerSecond!.Value.ShouldBe((41_873 - 12_000) / 2.35, tolerance: 0.1);
    }

    [Fact]
    public async Task Waived_checks_say_who_and_why_and_count_as_run_where_they_ran()
    {
        using var bench = await ShopRuns.ResumedAndWaivedAsync();

        var report = bench.Report();

        report.Verdict.ShouldBe(Verdict.Waived);
        report.Steps[ShopPlan.Compare].Verdict.ShouldBe(Verdict.Waived);
        var orders = report.Validation.Groups.SelectMany(group => group.Checks).Single(check => check.Id == "checksum:shop_database/public.orders");
        (orders.Verdict, orders.Waiver!.Who, orders.Waiver.Why).ShouldBe((Verdict.Waived, "mira", "three orders were mended by hand, ticket 4711"));
        orders.Message.ShouldStartWith("Failed: ");
        report.Validation.Tally.ShouldBe(new ReportTally { Run = 24, Required = 24, Passed = 21, Waived = 3 });
        report.Waivers.Count.ShouldBe(3);
        report.Waivers.ShouldAllBe(waiver => waiver.Where == bench.Plan.Steps[ShopPlan.Compare].Id);
        report.Validation.Score.Value!.Value.ShouldBeLessThan(1);
    }

    [Fact]
    public async Task A_waiver_of_an_earlier_attempt_is_not_put_on_the_checks_of_a_later_one()
    {
        using var bench = new JournalBench();
        await ShopRuns.UpToCopyAsync(bench);
        await bench.DoAsync(ShopPlan.Copy, 1, ShopData.Copied());
        await bench.IntendAsync(ShopPlan.Compare);
        await bench.ObserveAsync(ShopPlan.Compare, ShopData.Compared(differing: true), 1);
        await bench.JudgeAsync(ShopPlan.Compare, ShopData.Compared(differing: true).Checks, new() { ["checksum:*"] = "once" });
        await bench.IntendAsync(ShopPlan.Compare);
        await bench.ObserveAsync(ShopPlan.Compare, ShopData.Compared(differing: true), 1);

        var report = bench.Report();

        report.Validation.Groups.SelectMany(group => group.Checks).ShouldAllBe(check => check.Waiver == null);
        report.Validation.Verdict.ShouldBe(Verdict.Failed);
        report.Waivers.Count.ShouldBe(1, "that somebody waived it once is still told");
        report.Gates.Single().Verdict.ShouldBe(Verdict.NotRun, "the gate has not judged the last attempt");
    }

    [Fact]
    public async Task What_an_attempt_saw_is_not_claimed_of_the_next_one_that_was_cut_off()
    {
        using var bench = new JournalBench();
        await ShopRuns.UpToCopyAsync(bench);
        await bench.DoAsync(ShopPlan.Copy, 1, ShopData.Copied());
        await bench.IntendAsync(ShopPlan.Compare);
        await bench.ObserveAsync(ShopPlan.Compare, ShopData.Compared(), 1);
        await bench.IntendAsync(ShopPlan.Compare);
        await bench.DieAsync();

        var report = bench.Report();

        report.Validation.Groups.ShouldBeEmpty();
        report.Validation.Score.Value.ShouldBeNull();
        report.Tables.ShouldAllBe(table => table.Verdict == Verdict.NotRun && table.Missing == null);
        report.Steps[ShopPlan.Compare].Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public async Task An_effect_that_was_found_by_looking_has_no_duration_of_its_own()
    {
        using var bench = new JournalBench();
        await bench.BeginAsync();
        await bench.ReadyAsync(ShopData.Readiness());
        await bench.IntendAsync(ShopPlan.Capture);
        await bench.DieAsync();
        await bench.TakeAsync();
        await bench.LookAsync(ShopPlan.Capture, Effect.Applied, "the file is there");
        await bench.ObserveAsync(ShopPlan.Capture, new StepObservation("taken down"), 0);
        await bench.CommitAsync(ShopPlan.Capture);

        var step = bench.Report().Steps[ShopPlan.Capture];

        (step.Verdict, step.DurationMs, step.Looked).ShouldBe((Verdict.Passed, null, "Applied: the file is there"));
        step.Spans.Single().Outcome.ShouldBe(ReportSpanOutcome.CutOff);
    }

    [Fact]
    public async Task A_run_that_was_not_ready_says_what_would_make_it_ready()
    {
        using var bench = await ShopRuns.NotReadyAsync();

        var report = bench.Report();

        report.Status.ShouldBe(RunStatus.NotReady);
        report.Readiness.Verdict.ShouldBe(Verdict.Failed);
        report.Readiness.Tally.ShouldBe(new ReportTally { Run = 6, Required = 6, Passed = 5, Failed = 1, Skipped = 1 });
        report.NextSteps[0].Text.ShouldContain("Free 16.9 GiB on the target's disk");
        report.NextSteps[^1].Command.ShouldBe("migrationtools run samples/shop/migration.yaml");
        report.Steps.ShouldAllBe(step => step.Verdict == Verdict.NotRun && step.Attempts == 0 && step.Spans.Count == 0);
    }

    [Fact]
    public void A_run_in_which_nothing_ran_claims_nothing()
    {
        using var bench = new JournalBench();

        var report = bench.Report();

        report.Verdict.ShouldNotBe(Verdict.Passed);
        report.StartedAt.ShouldBeNull();
        report.Checks.ShouldBe(new ReportTally());
        report.Readiness.Verdict.ShouldBe(Verdict.NotRun);
        report.Validation.Verdict.ShouldBe(Verdict.NotRun);
        report.Validation.Score.Value.ShouldBeNull();
        report.Journal.LastHash.ShouldBeNull();
        report.Journal.Owners.ShouldBeEmpty();
        report.Steps.ShouldAllBe(step => step.Verdict == Verdict.NotRun);
    }

    [Fact]
    public async Task A_run_at_work_shows_its_step_under_way_and_the_time_so_far()
    {
        using var bench = new JournalBench();
        await ShopRuns.UpToCopyAsync(bench);
        await bench.IntendAsync(ShopPlan.Copy);
        bench.Time.Pass(3);

        var report = bench.Report();

        report.Status.ShouldBe(RunStatus.Running);
        report.Verdict.ShouldBe(Verdict.NotRun);
        report.Steps[ShopPlan.Copy].Spans.Single().Outcome.ShouldBe(ReportSpanOutcome.UnderWay);
        report.DurationMs.ShouldBe(7_300);
        report.NextSteps.Single().Command.ShouldBe("migrationtools status shop-v2-to-v3-20260314-213000-4f1c");
    }
}
