using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Rollouts;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Tests.Runs;

namespace MigrationTools.Engine.Tests.Rollouts;

public sealed class ApprovalTests : IDisposable
{
    private readonly RunBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(true, Verdict.Passed)]
    [InlineData(false, Verdict.Failed)]
    public async Task A_persons_word_decides_and_is_kept_with_its_reason(bool approved, Verdict verdict)
    {
        var (run, step) = await WaitingRunAsync();
        await new RunApprovals(_bench.Store, TimeProvider.System).GiveAsync(run, null, approved, "ada", "the numbers are right", Token);

        var observation = await new ApprovalStep(_bench.Store, TimeProvider.System).ExecuteAsync(Context(run, step, TimeSpan.FromHours(1)), Token);

        var check = observation.Checks.Single();
        check.Verdict.ShouldBe(verdict);
        check.Message.ShouldContain("by ada: the numbers are right");
        check.Evidence.Single().Observed.ShouldNotBeNull();
    }

    [Fact]
    public async Task Nobodys_word_is_inconclusive_when_the_deadline_passes()
    {
        var (run, step) = await WaitingRunAsync();

        var observation = await new ApprovalStep(_bench.Store, TimeProvider.System).ExecuteAsync(Context(run, step, TimeSpan.Zero), Token);

        observation.Checks.Single().Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Theory]
    [InlineData("", "a reason")]
    [InlineData("ada", " ")]
    public async Task A_word_without_a_person_or_a_reason_is_none(string who, string why)
    {
        var (run, _) = await WaitingRunAsync();

        await Should.ThrowAsync<InvalidRequestException>(() => new RunApprovals(_bench.Store, TimeProvider.System).GiveAsync(run, null, true, who, why, Token));
    }

    [Fact]
    public async Task A_word_that_was_given_before_the_step_asked_does_not_count_when_it_begins_anew()
    {
        var (run, step) = await WaitingRunAsync();
        await new RunApprovals(_bench.Store, TimeProvider.System).GiveAsync(run, null, true, "ada", "the numbers are right", Token);
        var action = new ApprovalStep(_bench.Store, TimeProvider.System);
        var prior = await action.CaptureAsync(Context(run, step, TimeSpan.Zero), Token);

        (await action.ExecuteAsync(Context(run, step, TimeSpan.Zero) with { Prior = prior }, Token)).Checks.Single().Verdict.ShouldBe(Verdict.Inconclusive);

        await new RunApprovals(_bench.Store, TimeProvider.System).GiveAsync(run, null, true, "ada", "these numbers too", Token);
        (await action.ExecuteAsync(Context(run, step, TimeSpan.Zero) with { Prior = prior }, Token)).Checks.Single().Message.ShouldContain("these numbers too");
    }

    [Fact]
    public async Task What_does_not_wait_can_not_be_approved()
    {
        var state = await _bench.RunAsync();

        var error = await Should.ThrowAsync<InvalidRequestException>(() => new RunApprovals(_bench.Store, TimeProvider.System).GiveAsync(state.RunId, null, true, "ada", "early", Token));

        error.Message.ShouldContain("does not wait");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<(string Run, PlanStep Step)> WaitingRunAsync()
    {
        var action = new StepAction(RolloutStepNames.Approve, "wait");
        var plan = new MigrationPlan
        {
            SpecId = _bench.Spec.Id,
            SpecHash = _bench.Spec.Hash,
            Strategy = StrategyKind.BlueGreen,
            Steps = PlanChain.Link(_bench.Spec.Hash, [new StepDraft { Phase = "approve", System = "words", Action = action, Irreversible = "a word" }]),
        };
        await using var run = await _bench.Store.CreateAsync(_bench.Spec, plan, Token);
        await run.Journal.AppendAsync(JournalKinds.Intent, plan.Steps[0].Id, new JsonObject { ["prior"] = new JsonObject() }, Token);
        return (run.RunId, plan.Steps[0]);
    }

    private StepContext Context(string run, PlanStep step, TimeSpan deadline)
    {
        var action = new StepAction(RolloutStepNames.Approve, "wait");
        action.Parameters["before"] = "clean up blue";
        action.Parameters["deadline"] = deadline.ToString("c");
        return new StepContext { RunId = run, RunDirectory = "", Spec = _bench.Spec, Step = step, Action = action, Observer = SilentObserver.Instance };
    }
}
