using System.Runtime.CompilerServices;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Tests.Metrics;

namespace MigrationTools.Engine.Tests.Readiness;

public sealed class ReadinessAssessmentTests
{
    [Fact]
    public async Task Without_checks_nothing_ran_and_nothing_is_ready()
    {
        var results = await AssessAsync(Sample.Spec());

        results.ShouldBeEmpty();
        ReadinessAssessment.VerdictOf(results).ShouldBe(Verdict.NotRun);
    }

    [Fact]
    public async Task Answers_come_in_the_order_of_the_checks()
    {
        var results = await AssessAsync(Sample.Spec(), Asking("b", "b:1", "b:2"), Asking("a", "a:1"));

        results.Select(result => result.Id).ShouldBe(["b:1", "b:2", "a:1"]);
        results.ShouldAllBe(result => result.Verdict == Verdict.Passed);
        ReadinessAssessment.VerdictOf(results).ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task A_question_that_breaks_is_an_error_with_its_message_and_the_next_ones_are_asked()
    {
        var check = new AskingCheck("a", ["a:1", "a:2", "a:3"], id => id == "a:2" ? throw new InvalidRequestException("the disk is gone") : Passed);

        var results = await AssessAsync(Sample.Spec(), check, Asking("b", "b:1"));

        results.Select(result => result.Verdict).ShouldBe([Verdict.Passed, Verdict.Error, Verdict.Passed, Verdict.Passed]);
        results[1].Message.ShouldBe("the disk is gone");
        results[1].Remedy.ShouldNotBeNullOrEmpty();
        ReadinessAssessment.VerdictOf(results).ShouldBe(Verdict.Error);
    }

    [Fact]
    public async Task A_check_that_breaks_as_a_whole_is_an_error_of_its_category_and_the_others_go_on()
    {
        var results = await AssessAsync(Sample.Spec(), new BrokenCheck(), Asking("b", "b:1"));

        results.Select(result => (result.Id, result.Verdict)).ShouldBe(
            [("broken:first", Verdict.Passed), ("broken", Verdict.Error), ("b:1", Verdict.Passed)]);
        results[1].Message.ShouldContain("InvalidOperationException: half way");
    }

    [Fact]
    public async Task A_secret_in_an_error_is_not_shown()
    {
        var check = new AskingCheck("a", ["a:1"], _ => throw new InvalidOperationException("postgresql://ops:hidden@db/shop refused"));

        var results = await AssessAsync(Sample.Spec(), check);

        results.ShouldHaveSingleItem().Message.ShouldNotContain("hidden");
    }

    [Theory]
    [InlineData("a:2")]
    [InlineData("*:2")]
    [InlineData("a:?")]
    [InlineData("*")]
    public async Task A_skipped_question_is_not_asked_and_says_why(string pattern)
    {
        var asked = new List<string>();
        var check = new AskingCheck("a", ["a:2"], id =>
        {
            asked.Add(id);
            return Passed;
        });

        var results = await AssessAsync(Skipping(pattern, "done by hand on Monday"), check);

        asked.ShouldBeEmpty();
        results.ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Skipped);
        results[0].Message.ShouldContain("done by hand on Monday");
        ReadinessAssessment.VerdictOf(results).ShouldBe(Verdict.NotRun);
    }

    [Fact]
    public async Task What_no_pattern_matches_is_asked()
    {
        var results = await AssessAsync(Skipping("A:*", "other case"), Asking("a", "a:1"));

        results.ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Passed);
    }

    [Fact]
    public async Task The_answer_of_a_check_that_does_not_know_the_skip_list_reads_as_skipped_all_the_same()
    {
        var results = await AssessAsync(Skipping("broken:first", "known"), new BrokenCheck());

        results[0].Verdict.ShouldBe(Verdict.Skipped);
    }

    [Fact]
    public async Task Cancellation_is_not_an_error()
    {
        using var cancel = new CancellationTokenSource();
        var check = new AskingCheck("a", ["a:1", "a:2"], _ =>
        {
            cancel.Cancel();
            throw new OperationCanceledException(cancel.Token);
        });

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in new ReadinessAssessment([check]).AssessAsync(Sample.Spec(), SilentObserver.Instance, cancel.Token))
            {
            }
        });
    }

    [Fact]
    public async Task A_time_limit_inside_a_question_is_an_error_and_not_a_cancellation()
    {
        var check = new AskingCheck("a", ["a:1"], _ => throw new OperationCanceledException("the server's own limit"));

        var results = await AssessAsync(Sample.Spec(), check);

        results.ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Error);
    }

    [Fact]
    public void What_is_not_required_does_not_decide()
    {
        var failed = new CheckResult { Id = "a", Name = "a", Verdict = Verdict.Failed, Required = false };
        var passed = new CheckResult { Id = "b", Name = "b", Verdict = Verdict.Passed };

        ReadinessAssessment.VerdictOf([failed, passed]).ShouldBe(Verdict.Passed);
        ReadinessAssessment.VerdictOf([failed]).ShouldBe(Verdict.NotRun);
    }

    private static ReadinessAnswer Passed => new(Verdict.Passed, "seen") { Evidence = [new Evidence("look", "seen", DateTimeOffset.UnixEpoch)] };

    private static MigrationSpec Skipping(string pattern, string reason) => Sample.Spec() with
    {
        Readiness = new ReadinessSpec { Skip = new Dictionary<string, string> { [pattern] = reason } },
    };

    private static AskingCheck Asking(string category, params string[] ids) => new(category, ids, _ => Passed);

    private static async Task<List<CheckResult>> AssessAsync(MigrationSpec spec, params IReadinessCheck[] checks)
    {
        var results = new List<CheckResult>();
        await foreach (var result in new ReadinessAssessment(checks).AssessAsync(spec, SilentObserver.Instance, default))
        {
            results.Add(result);
        }

        return results;
    }

    private sealed class AskingCheck(string category, IReadOnlyList<string> ids, Func<string, ReadinessAnswer> answer) : IReadinessCheck
    {
        public string Category => category;

        public async IAsyncEnumerable<CheckResult> RunAsync(
            MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var id in ids)
            {
                yield return await new ReadinessQuestion(id, id, category).AskAsync(
                    spec, TimeProvider.System, _ => Task.FromResult(answer(id)), cancellationToken);
            }
        }
    }

    private sealed class BrokenCheck : IReadinessCheck
    {
        public string Category => "broken";

        public async IAsyncEnumerable<CheckResult> RunAsync(
            MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return new CheckResult { Id = "broken:first", Name = "first", Verdict = Verdict.Passed };
            await Task.Yield();
            throw new InvalidOperationException("half way");
        }
    }
}
