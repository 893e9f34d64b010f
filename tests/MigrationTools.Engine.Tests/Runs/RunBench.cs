using System.Runtime.CompilerServices;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Readiness;
using MigrationTools.Engine.Rollback;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Specs.Reading;
using MigrationTools.Engine.Strategies;
using MigrationTools.Engine.Triggers;

namespace MigrationTools.Engine.Tests.Runs;

/// <summary>The real runner, store and journal over a world of words: three steps, the second and third behind a gate.</summary>
internal sealed class RunBench : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public RunBench(string rollback = "manual", string more = "")
    {
        var file = _directory.File("migration.yaml");
        File.WriteAllText(file, $$"""
            id: words
            name: Words
            strategy: BigBang
            systems:
              words: { kind: database, source: 'sqlite:a.db', target: 'sqlite:b.db' }
            rollback: { mode: {{rollback}}{{more}} }
            """);
        Spec = new SpecReader().Read(file);
    }

    public World World { get; } = new();

    public MigrationSpec Spec { get; }

    public Verdict Ready { get; set; } = Verdict.Passed;

    public IRunGuard Guard { get; set; } = NoGuard.Instance;

    /// <summary>By which a rollback's length is measured.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public string RunsDirectory => _directory.File("runs");

    public FileRunStore Store => new(RunsDirectory, TimeProvider.System);

    public Task<RunState> RunAsync(IRunStore? store = null, RunOptions? options = null, CancellationToken cancellationToken = default) =>
        Runner(store ?? Store).RunAsync(Spec, options ?? new RunOptions(), SilentObserver.Instance, cancellationToken);

    /// <summary>The newest run's id.</summary>
    public async Task<string> RunIdAsync() => (await Store.ListAsync(CancellationToken.None))[0];

    public async Task<RunState> ResumeAsync(RunOptions? options = null, IRunStore? store = null) =>
        await Runner(store ?? Store).ResumeAsync(await RunIdAsync(), options ?? new RunOptions(), SilentObserver.Instance, CancellationToken.None);

    public async Task<RunState> RollbackAsync(IRunStore? store = null) =>
        await Rollback(store ?? Store).RollbackAsync(await RunIdAsync(), "the test wants it", new RunOptions(), SilentObserver.Instance, CancellationToken.None);

    public async Task<RunState> LookAsync() => await Store.LookAsync(await RunIdAsync(), CancellationToken.None);

    public void Dispose() => _directory.Dispose();

    private MigrationRunner Runner(IRunStore store) => new(
        store,
        new Planner(new StrategyCatalog([new BigBangStrategy()]), [new WordVerbs()]),
        new ReadinessAssessment([new ReadyCheck(this)]),
        new StepActionCatalog([new AddWord(World), new RemoveWord(World)]),
        Rollback(store),
        Guard,
        new NoLog(),
        TimeProvider.System);

    private RollbackRunner Rollback(IRunStore store) =>
        new(store, new StepActionCatalog([new AddWord(World), new RemoveWord(World)]), new NoLog(), Clock);

    private sealed class WordVerbs : ISystemVerbs
    {
        public bool Serves(SystemSpec system) => true;

        public Task<IReadOnlyList<StepDraft>?> StepsAsync(VerbCall call, SystemSpec system, StrategyContext context, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<StepDraft>?>(call.Verb switch
            {
                Verb.Fence => [Step("fence", gate: false)],
                Verb.Copy => [Step("copy", gate: true)],
                Verb.CutOver => [Step("cut-over", gate: true)],
                _ => [],
            });

        private static StepDraft Step(string word, bool gate)
        {
            var action = new StepAction("test.add", $"add {word}");
            action.Parameters["word"] = word;
            var undo = new StepAction("test.remove", $"remove {word}");
            undo.Parameters["word"] = word;
            return new StepDraft { Phase = word, System = "words", Action = action, Compensation = undo, GateAfter = gate ? new Gate($"{word} gate") : null };
        }
    }

    private sealed class ReadyCheck(RunBench bench) : IReadinessCheck
    {
        public string Category => "test";

        public async IAsyncEnumerable<CheckResult> RunAsync(MigrationSpec spec, IOperationObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            yield return new CheckResult { Id = "test:ready", Name = "ready", Verdict = bench.Ready, Message = "as the test says" };
        }
    }

    private sealed class NoLog : IRunLog
    {
        public IRunLogObserver Attach(string runId, string runDirectory, IOperationObserver observer) => new Observer();

        private sealed class Observer : IRunLogObserver
        {
            public Microsoft.Extensions.Logging.ILogger Logger => SilentObserver.Instance.Logger;

            public void Report(Progress progress)
            {
            }

            public ValueTask<bool> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) => ValueTask.FromResult(false);

            public void Dispose()
            {
            }
        }
    }
}
