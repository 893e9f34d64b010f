using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Notifications;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Rollouts;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Runs.Watching;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Notifications;
using MigrationTools.Engine.Tests.Runs;

namespace MigrationTools.Engine.Tests.Notifications;

public sealed class RunNotifierTests : IDisposable
{
    private readonly RunBench _bench = new();
    private readonly KeptLog _log = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task People_hear_what_a_run_does_in_its_order()
    {
        await using var receiver = new HttpReceiver();

        await TellAsync([Hook(receiver)], StartAsync, WaitAsync, GateAsync(Verdict.Failed), FailAsync, AlarmAsync, RollBackAsync, EndAsync(RunStatus.RolledBack));

        receiver.Bodies.Select(body => (string?)body["event"]).ShouldBe(["Start", "Hold", "Failure", "Failure", "Failure", "Rollback", "End"]);
        ((string)receiver.Bodies[1]["message"]!).ShouldContain("(clean up blue)");
        ((string)receiver.Bodies[1]["message"]!).ShouldContain($"migrationtools approve {(string?)receiver.Bodies[0]["runId"]} --step {(string?)receiver.Bodies[1]["step"]} --why");
        ((string)receiver.Bodies[1]["message"]!).ShouldContain("Approve-MigrationGate");
        ((string?)receiver.Bodies[6]["status"]).ShouldBe("RolledBack");
        _log.Lines.ShouldContain("Information: Notifications: all 7 were sent");
    }

    [Fact]
    public async Task Who_listens_to_some_events_hears_those_alone()
    {
        await using var gates = new HttpReceiver();
        await using var failures = new HttpReceiver();
        await using var ends = new HttpReceiver();

        await TellAsync(
            [Hook(gates, NotificationEvent.Gate), Hook(failures, NotificationEvent.Failure), Hook(ends, NotificationEvent.End)],
            StartAsync, GateAsync(Verdict.Passed), GateAsync(Verdict.Failed), EndAsync(RunStatus.Held));

        gates.Bodies.Select(body => $"{body["event"]} {body["verdict"]}").ShouldBe(["Gate Passed", "Gate Failed"]);
        failures.Bodies.Select(body => $"{body["event"]} {body["verdict"]}").ShouldBe(["Failure Failed"]);
        ends.Bodies.Select(body => $"{body["event"]} {body["status"]}").ShouldBe(["End Held"]);
    }

    [Fact]
    public async Task A_run_that_is_held_is_told_as_a_hold()
    {
        await using var receiver = new HttpReceiver();

        await TellAsync([Hook(receiver)], EndAsync(RunStatus.Held));

        ((string?)receiver.Bodies.Single()["event"]).ShouldBe("Hold");
    }

    [Fact]
    public async Task A_run_that_is_taken_over_goes_on_or_is_rolled_back()
    {
        await using var receiver = new HttpReceiver();
        var run = await TellAsync([Hook(receiver)], StartAsync, EndAsync(RunStatus.Interrupted));

        await TakeOverAsync(receiver, run, GateAsync(Verdict.Passed), EndAsync(RunStatus.Completed));
        await TakeOverAsync(receiver, run, RollBackAsync, EndAsync(RunStatus.RolledBack));

        receiver.Bodies.Select(body => (string?)body["event"]).ShouldBe(["Start", "End", "Gate", "End", "Rollback", "End"]);
    }

    [Fact]
    public async Task One_who_can_not_be_told_is_a_warning_and_keeps_nobody_else_from_hearing()
    {
        await using var broken = new HttpReceiver { Answer = "500 Oops" };
        await using var receiver = new HttpReceiver();

        await TellAsync([Hook(broken), Hook(receiver)], StartAsync, EndAsync(RunStatus.Completed));

        receiver.Posts.Count.ShouldBe(2);
        _log.Lines.Count(line => line.StartsWith("Warning: ", StringComparison.Ordinal) && line.Contains("answered 500", StringComparison.Ordinal)).ShouldBe(2);
        _log.Lines.ShouldContain("Warning: Notifications: 2 of 4 were sent, 2 were not (0 of them because the run's end did not wait longer)");
        _log.Lines.ShouldAllBe(line => !line.Contains("T0PSECRET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_who_does_not_answer_holds_a_run_up_only_at_its_end_and_is_counted()
    {
        await using var silent = new HttpReceiver { Gate = new TaskCompletionSource().Task };
        await using var receiver = new HttpReceiver();

        await TellAsync([Hook(silent), Hook(receiver)], TimeSpan.FromMilliseconds(500), StartAsync, GateAsync(Verdict.Passed), EndAsync(RunStatus.Completed));

        _log.Lines[^1].ShouldContain("3 were not (3 of them because the run's end did not wait longer)");
    }

    [Fact]
    public async Task A_queue_that_is_full_loses_what_comes_and_says_so()
    {
        await using var silent = new HttpReceiver { Gate = new TaskCompletionSource().Task };
        var many = Enumerable.Repeat<Func<RunHandle, Task>>(GateAsync(Verdict.Passed), 110).Append(EndAsync(RunStatus.Completed)).ToArray();

        await TellAsync([Hook(silent)], TimeSpan.FromMilliseconds(100), many);

        _log.Lines.ShouldContain(line => line.Contains("100 others wait to be sent to it", StringComparison.Ordinal));
        _log.Lines[^1].ShouldStartWith("Warning: Notifications: 0 of 111 were sent, 111 were not");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static WebhookNotificationSpec Hook(HttpReceiver receiver, params NotificationEvent[] on) => new() { Name = $"hook-{receiver.Port}", Url = receiver.Address, On = on };

    private static Task StartAsync(RunHandle run) => run.Journal.AppendAsync(JournalKinds.RunStarted, null, new JsonObject { ["specName"] = "Words" }, Token);

    private static Task WaitAsync(RunHandle run) => run.Journal.AppendAsync(
        JournalKinds.Intent, run.Plan.Steps[0].Id, new JsonObject { ["action"] = JsonNode.Parse("""{ "verb": "gate.approve", "parameters": { "before": "clean up blue" } }""") }, Token);

    private static Func<RunHandle, Task> GateAsync(Verdict verdict) => run => run.Journal.AppendAsync(
        JournalKinds.Gate, run.Plan.Steps[0].Id,
        new JsonObject { ["result"] = System.Text.Json.JsonSerializer.SerializeToNode(new GateResult("canary", verdict, "p95 300 ms", new IntegrityScore(1, 1, 1)), MigrationJson.Line) }, Token);

    private static Task FailAsync(RunHandle run) =>
        run.Journal.AppendAsync(JournalKinds.StepFailed, run.Plan.Steps[0].Id, new JsonObject { ["errorId"] = "X", ["message"] = "broke", ["verdict"] = "Error" }, Token);

    private static Task AlarmAsync(RunHandle run) =>
        run.Journal.AppendAsync(JournalKinds.Alarm, null, new JsonObject { ["condition"] = "error_rate > 5%", ["message"] = "8 %", ["verdict"] = "Failed", ["firstBadAt"] = DateTimeOffset.UtcNow, ["raisedAt"] = DateTimeOffset.UtcNow }, Token);

    private static Task RollBackAsync(RunHandle run) =>
        run.Journal.AppendAsync(JournalKinds.RollbackStarted, null, new JsonObject { ["reason"] = "slow", ["by"] = "ada" }, Token);

    private static Func<RunHandle, Task> EndAsync(RunStatus status) => run =>
        run.Journal.AppendAsync(JournalKinds.RunEnded, null, new JsonObject { ["status"] = status.ToString(), ["verdict"] = "Passed", ["message"] = "as the test says" }, Token);

    private Task<string> TellAsync(IReadOnlyList<NotificationSpec> notify, params Func<RunHandle, Task>[] what) => TellAsync(notify, TimeSpan.FromSeconds(60), what);

    private async Task<string> TellAsync(IReadOnlyList<NotificationSpec> notify, TimeSpan farewell, params Func<RunHandle, Task>[] what)
    {
        var action = new StepAction(RolloutStepNames.Approve, "wait");
        var plan = new MigrationPlan
        {
            SpecId = _bench.Spec.Id,
            SpecHash = _bench.Spec.Hash,
            Strategy = StrategyKind.BlueGreen,
            Steps = PlanChain.Link(_bench.Spec.Hash, [new StepDraft { Phase = "approve", System = "words", Action = action, Irreversible = "a word" }]),
        };
        var notifier = new RunNotifier(Telling.Sender(), _bench.Store, _log, farewell, TimeProvider.System);
        await using var run = await new WatchedRunStore(_bench.Store, notifier).CreateAsync(_bench.Spec with { Notify = notify }, plan, Token);
        using var attached = notifier.Attach(run.RunId, run.Directory, SilentObserver.Instance);
        foreach (var one in what)
        {
            await one(run);
        }

        return run.RunId;
    }

    private async Task TakeOverAsync(HttpReceiver receiver, string runId, params Func<RunHandle, Task>[] what)
    {
        var notifier = new RunNotifier(Telling.Sender(), new NotifyingSpecs(_bench.Store, Hook(receiver)), _log, TimeSpan.FromSeconds(60), TimeProvider.System);
        await using var run = await new WatchedRunStore(_bench.Store, notifier).TakeAsync(runId, Token);
        using var attached = notifier.Attach(run.RunId, run.Directory, SilentObserver.Instance);
        foreach (var one in what)
        {
            await one(run);
        }
    }

    /// <summary>A store whose specs name somebody to be told.</summary>
    private sealed class NotifyingSpecs(IRunStore inner, NotificationSpec who) : IRunStore
    {
        public Task<RunHandle> CreateAsync(MigrationSpec spec, MigrationPlan plan, CancellationToken cancellationToken) => inner.CreateAsync(spec, plan, cancellationToken);

        public Task<RunHandle> TakeAsync(string runId, Action<RunState> refuse, CancellationToken cancellationToken) => inner.TakeAsync(runId, refuse, cancellationToken);

        public Task<RunState> LookAsync(string runId, CancellationToken cancellationToken) => inner.LookAsync(runId, cancellationToken);

        public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(string runId, CancellationToken cancellationToken) => inner.ReadJournalAsync(runId, cancellationToken);

        public async Task<MigrationSpec> ReadSpecAsync(string runId, CancellationToken cancellationToken) => await inner.ReadSpecAsync(runId, cancellationToken) with { Notify = [who] };

        public Task ApproveAsync(string runId, StepApproval approval, CancellationToken cancellationToken) => inner.ApproveAsync(runId, approval, cancellationToken);

        public Task<IReadOnlyList<StepApproval>> ReadApprovalsAsync(string runId, CancellationToken cancellationToken) => inner.ReadApprovalsAsync(runId, cancellationToken);

        public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);
    }

    /// <summary>Keeps what is logged.</summary>
    private sealed class KeptLog : IRunLog, IRunLogObserver, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> Lines => [.. _lines];

        public ILogger Logger => this;

        public IRunLogObserver Attach(string runId, string runDirectory, IOperationObserver observer) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Enqueue($"{logLevel}: {formatter(state, exception)}{exception}");

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Report(Progress progress)
        {
        }

        public ValueTask<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) => ValueTask.FromResult(false);

        public void Dispose()
        {
        }
    }
}
