using FsCheck;
using FsCheck.Fluent;
using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Tests.Checks;

public sealed class IntegrityScoreTests
{
    [Fact]
    public void Without_checks_there_is_no_score() => IntegrityScore.Of([]).ShouldBe(new IntegrityScore(null, 0, 0));

    [Theory]
    [InlineData(Verdict.NotRun)]
    [InlineData(Verdict.Error)]
    [InlineData(Verdict.Waived)]
    public void Where_nothing_ran_to_an_answer_there_is_no_score(Verdict verdict) =>
        IntegrityScore.Of([Check(verdict), Check(verdict)]).ShouldBe(new IntegrityScore(null, 0, 2));

    [Fact]
    public void What_did_not_run_counts_as_zero() =>
        IntegrityScore.Of([Check(Verdict.Passed), Check(Verdict.NotRun)]).ShouldBe(new IntegrityScore(0.5, 1, 2));

    [Fact]
    public void An_error_counts_as_zero() =>
        IntegrityScore.Of([Check(Verdict.Passed), Check(Verdict.Error)]).ShouldBe(new IntegrityScore(0.5, 1, 2));

    [Fact]
    public void What_the_spec_skips_is_not_required() =>
        IntegrityScore.Of([Check(Verdict.Passed), Check(Verdict.Skipped)]).ShouldBe(new IntegrityScore(1, 1, 1));

    [Fact]
    public void What_is_not_required_has_no_share() =>
        IntegrityScore.Of([Check(Verdict.Passed), Check(Verdict.Failed) with { Required = false }]).ShouldBe(new IntegrityScore(1, 1, 1));

    [Fact]
    public void Weights_are_shares() =>
        IntegrityScore.Of([Check(Verdict.Passed) with { Weight = 3 }, Check(Verdict.Failed)]).ShouldBe(new IntegrityScore(0.75, 2, 2));

    [Fact]
    public void Where_nothing_weighs_there_is_no_score() =>
        IntegrityScore.Of([Check(Verdict.Passed) with { Weight = 0 }]).Score.ShouldBeNull();

    [Fact]
    public void The_score_is_one_only_where_all_that_weighs_passed() => Prop.ForAll<Verdict[]>(verdicts =>
    {
        var score = IntegrityScore.Of(verdicts.Select(Check));
        var required = verdicts.Where(verdict => verdict != Verdict.Skipped).ToList();
        (score.Score == 1).ShouldBe(required.Count > 0 && required.TrueForAll(verdict => verdict == Verdict.Passed));
        score.Required.ShouldBe(required.Count);
        score.Run.ShouldBeLessThanOrEqualTo(score.Required);
        (score.Score is null).ShouldBe(score.Run == 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_check_more_that_did_not_pass_never_raises_the_score() => Prop.ForAll<NonEmptyArray<Verdict>, Verdict>((verdicts, more) =>
    {
        var before = IntegrityScore.Of(verdicts.Get.Select(Check));
        var after = IntegrityScore.Of(verdicts.Get.Append(more == Verdict.Passed ? Verdict.NotRun : more).Select(Check));
        (after.Score ?? 0).ShouldBeLessThanOrEqualTo(before.Score ?? 0);
    }).QuickCheckThrowOnFailure();

    private static CheckResult Check(Verdict verdict) => new() { Id = "check", Name = "a check", Verdict = verdict };
}
