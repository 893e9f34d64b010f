using FsCheck;
using FsCheck.Fluent;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Tests.Checks;

public sealed class VerdictsTests
{
    private static readonly Verdict[] WorstFirst =
        [Verdict.Failed, Verdict.Error, Verdict.Inconclusive, Verdict.NotRun, Verdict.Waived, Verdict.Passed];

    [Fact]
    public void Nothing_to_combine_is_not_run() => Verdicts.Combine(Array.Empty<Verdict>()).ShouldBe(Verdict.NotRun);

    [Fact]
    public void Everything_skipped_is_not_run() => Verdicts.Combine([Verdict.Skipped, Verdict.Skipped]).ShouldBe(Verdict.NotRun);

    [Fact]
    public void A_skipped_check_does_not_take_part() => Verdicts.Combine([Verdict.Skipped, Verdict.Passed]).ShouldBe(Verdict.Passed);

    [Fact]
    public void Of_two_verdicts_the_worse_one_counts_in_either_order()
    {
        for (var worse = 0; worse < WorstFirst.Length; worse++)
        {
            for (var better = worse; better < WorstFirst.Length; better++)
            {
                Verdicts.Combine([WorstFirst[worse], WorstFirst[better]]).ShouldBe(WorstFirst[worse]);
                Verdicts.Combine([WorstFirst[better], WorstFirst[worse]]).ShouldBe(WorstFirst[worse]);
            }
        }
    }

    [Fact]
    public void A_check_that_is_not_required_does_not_decide() => Verdicts.Combine(
    [
        new CheckResult { Id = "a", Name = "a", Verdict = Verdict.Passed },
        new CheckResult { Id = "b", Name = "b", Verdict = Verdict.Failed, Required = false },
    ]).ShouldBe(Verdict.Passed);

    [Fact]
    public void A_verdict_that_nobody_set_claims_nothing()
    {
        default(Verdict).ShouldBe(Verdict.NotRun);
        new CheckResult { Id = "x", Name = "x" }.Verdict.ShouldBe(Verdict.NotRun);
        default(Verdict).LetsPass().ShouldBeFalse();
    }

    [Fact]
    public void Only_passed_and_waived_let_a_run_go_on() =>
        Enum.GetValues<Verdict>().Where(verdict => verdict.LetsPass()).ShouldBe([Verdict.Passed, Verdict.Waived], ignoreOrder: true);

    [Fact]
    public void The_combination_passes_only_where_all_that_was_not_skipped_passed() => Prop.ForAll<Verdict[]>(verdicts =>
    {
        var counted = verdicts.Where(verdict => verdict != Verdict.Skipped).ToList();
        var allPassed = counted.Count > 0 && counted.TrueForAll(verdict => verdict == Verdict.Passed);
        (Verdicts.Combine(verdicts) == Verdict.Passed).ShouldBe(allPassed);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_combination_is_one_of_the_given_or_not_run_and_the_order_does_not_matter() => Prop.ForAll<Verdict[]>(verdicts =>
    {
        var combined = Verdicts.Combine(verdicts);
        (combined == Verdict.NotRun || verdicts.Contains(combined)).ShouldBeTrue();
        Verdicts.Combine(verdicts.Reverse()).ShouldBe(combined);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Combining_in_parts_gives_what_combining_at_once_gives() => Prop.ForAll<NonEmptyArray<Verdict>, NonEmptyArray<Verdict>>((first, second) =>
    {
        // A part in which all was skipped says NotRun of itself, which is worse than leaving it out: parts are not a way to hide it.
        var inParts = Verdicts.Combine([Verdicts.Combine(first.Get), Verdicts.Combine(second.Get)]);
        var atOnce = Verdicts.Combine(first.Get.Concat(second.Get));
        var partSkipped = Array.TrueForAll(first.Get, verdict => verdict == Verdict.Skipped) || Array.TrueForAll(second.Get, verdict => verdict == Verdict.Skipped);
        inParts.ShouldBe(partSkipped ? Verdicts.Combine([atOnce, Verdict.NotRun]) : atOnce);
    }).QuickCheckThrowOnFailure();
}
