using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Rollouts;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Tests.Runs;
using MigrationTools.Tests.Time;

namespace MigrationTools.Engine.Tests.Clocks;

/// <summary>Waiting for a person while the wall clock is set by hours.</summary>
public sealed class ApprovalClockTests : IDisposable
{
    private readonly RunBench _bench = new();
    private readonly ManualTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public async Task The_deadline_comes_when_so_much_has_passed_and_not_when_the_clock_says_so(int hours)
    {
        var waiting = await WaitAsync(TimeSpan.FromSeconds(5));

        for (var second = 1; second <= 5; second++)
        {
            await UntilItWaitsAsync(waiting);
            waiting.IsCompleted.ShouldBeFalse($"after {second - 1} s");
            _time.Set(TimeSpan.FromHours(hours));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var check = (await waiting).Checks.Single();
        check.Verdict.ShouldBe(Verdict.Inconclusive);
        check.Message.ShouldBe("nobody answered within 00:00:05");
    }

    /// <summary>A deadline is of a wait, not of the journal's times: a run that was away for days, or whose clock was set, is given the whole of it again.</summary>
    [Fact]
    public async Task A_resumed_wait_has_its_whole_deadline_although_the_journal_says_that_it_began_long_ago()
    {
        _time.Advance(TimeSpan.FromDays(400));
        var waiting = await WaitAsync(TimeSpan.FromSeconds(2));

        await UntilItWaitsAsync(waiting);
        _time.Advance(TimeSpan.FromSeconds(1));
        await UntilItWaitsAsync(waiting);

        waiting.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        (await waiting).Checks.Single().Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public void A_mark_comes_after_those_before_it_whatever_the_clock_shows(int hours)
    {
        List<string> marks = [];
        for (var number = 0; number < 3; number++)
        {
            marks.Add(ApprovalMark.Next(_time.GetUtcNow(), marks));
            _time.Set(TimeSpan.FromHours(hours));
        }

        marks.Order(StringComparer.Ordinal).ShouldBe(marks);
    }

    private async Task UntilItWaitsAsync(Task waiting)
    {
        while (_time.Waiting == 0 && !waiting.IsCompleted)
        {
            await Task.Delay(1, Token);
        }
    }

    private async Task<Task<StepObservation>> WaitAsync(TimeSpan deadline)
    {
        var action = new StepAction(RolloutStepNames.Approve, "wait");
        action.Parameters["before"] = "clean up blue";
        action.Parameters["deadline"] = deadline.ToString("c");
        var plan = new MigrationPlan
        {
            SpecId = _bench.Spec.Id,
            SpecHash = _bench.Spec.Hash,
            Strategy = StrategyKind.BlueGreen,
            Steps = PlanChain.Link(_bench.Spec.Hash, [new StepDraft { Phase = "approve", System = "words", Action = action, Irreversible = "a word" }]),
        };
        await using var run = await _bench.Store.CreateAsync(_bench.Spec, plan, Token);
        await run.Journal.AppendAsync(JournalKinds.Intent, plan.Steps[0].Id, new JsonObject { ["prior"] = new JsonObject() }, Token);
        var context = new StepContext { RunId = run.RunId, RunDirectory = "", Spec = _bench.Spec, Step = plan.Steps[0], Action = action, Observer = SilentObserver.Instance };
        return new ApprovalStep(_bench.Store, _time).ExecuteAsync(context, Token);
    }
}
