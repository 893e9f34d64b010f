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
    private static readonly string[] Systems = ["a", "b", "c"];

    private readonly IStrategy _whole;
    private readonly TemporaryDirectory _directory = new();

    /// <param name="rollback">Its mode.</param>
    /// <param name="more">Further keys of it.</param>
    /// <param name="second">Where given, the run has three phases, and these are further keys of the second.</param>
    /// <param name="contracts">Whether the old side is removed in the end, by a step that nothing undoes.</param>
    public RunBench(string rollback = "manual", string more = "", string? second = null, bool contracts = false)
    {
        _whole = contracts ? new ContractingStrategy() : new BigBangStrategy();
        var file = _directory.File("migration.yaml");
        File.WriteAllText(file, $$"""
            id: words
            name: Words
            strategy: {{(second is null ? "BigBang" : "Phased")}}
            systems:
            {{string.Join('\n', (second is null ? ["words"] : Systems).Select(system => $"  {system}: {{ kind: database, source: 'sqlite:a.db', target: 'sqlite:b.db' }}"))}}
            {{(second is null ? "" : $"phases: [{{ name: first, systems: [a], strategy: BigBang }}, {{ name: second, systems: [b], strategy: BigBang{second} }}, {{ name: third, systems: [c], strategy: BigBang }}]")}}
            rollback: { mode: {{rollback}}{{more}} }
            """);
        Spec = new SpecReader().Read(file);
    }

    public World World { get; } = new();

    public MigrationSpec Spec { get; }

    public Verdict Ready { get; set; } = Verdict.Passed;

    public IRunGuard Guard { get; set; } = NoGuard.Instance;

    /// <summary>By which a run's and a rollback's length is measured.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public string RunsDirectory => _directory.File("runs");

    public FileRunStore Store => new(RunsDirectory, TimeProvider.System);

    public Task<RunState> RunAsync(IRunStore? store = null, RunOptions? options = null, CancellationToken cancellationToken = default) =>
        Runner(store ?? Store).RunAsync(Spec, options ?? new RunOptions(), SilentObserver.Instance, cancellationToken);

    /// <summary>The newest run's id.</summary>
    public async Task<string> RunIdAsync() => (await Store.ListAsync(CancellationToken.None))[0];

    public async Task<RunState> ResumeAsync(RunOptions? options = null, IRunStore? store = null) =>
        await Runner(store ?? Store).ResumeAsync(await RunIdAsync(), options ?? new RunOptions(), SilentObserver.Instance, CancellationToken.None);

    public async Task<RunState> RollbackAsync(IRunStore? store = null, string? phase = null, bool acceptDataLoss = false, RunOptions? options = null) =>
        await Rollback(store ?? Store).RollbackAsync(await RunIdAsync(), "the test wants it", options ?? new RunOptions { Phase = phase, AcceptDataLoss = acceptDataLoss }, SilentObserver.Instance, CancellationToken.None);

    public async Task<RunState> LookAsync() => await Store.LookAsync(await RunIdAsync(), CancellationToken.None);

    public void Dispose() => _directory.Dispose();

    private MigrationRunner Runner(IRunStore store) => new(
        store,
        new Planner(new StrategyCatalog([_whole, new PhasedStrategy([_whole])]), [new WordVerbs()]),
        new ReadinessAssessment([new ReadyCheck(this)]),
        new StepActionCatalog([new AddWord(World), new RemoveWord(World)]),
        Rollback(store),
        Guard,
        new NoLog(),
        Clock);

    private RollbackRunner Rollback(IRunStore store) =>
        new(store, new StepActionCatalog([new AddWord(World), new RemoveWord(World)]), new NoLog(), Clock);

    private sealed class WordVerbs : ISystemVerbs
    {
        public bool Serves(SystemSpec system) => true;

        public Task<IReadOnlyList<StepDraft>?> StepsAsync(VerbCall call, SystemSpec system, StrategyContext context, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<StepDraft>?>(call.Verb switch
            {
                Verb.Fence => [Step(system, "fence", gate: false)],
                Verb.Copy => [Step(system, "copy", gate: true)],
                Verb.CutOver => [Step(system, "cut-over", gate: true)],
                Verb.Contract when system.Name is "words" or "c" => [Step(system, "contract", gate: true) with { Compensation = null, Irreversible = "the old words are gone", PointOfNoReturn = true }],
                _ => [],
            });

        private static StepDraft Step(SystemSpec system, string verb, bool gate)
        {
            var word = system.Name == "words" ? verb : $"{system.Name}.{verb}";
            var action = new StepAction("test.add", $"add {word}");
            action.Parameters["word"] = word;
            var undo = new StepAction("test.remove", $"remove {word}");
            undo.Parameters["word"] = word;
            return new StepDraft { Phase = verb, System = system.Name, Action = action, Compensation = undo, GateAfter = gate ? new Gate($"{word} gate") : null };
        }
    }

    /// <summary>Everything at once, and then the old side removed.</summary>
    private sealed class ContractingStrategy : IStrategy
    {
        public StrategyKind Kind => StrategyKind.BigBang;

        public async IAsyncEnumerable<StepDraft> PlanAsync(StrategyContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var verb in new[] { Verb.Fence, Verb.Copy, Verb.CutOver, Verb.Contract })
            {
                await foreach (var step in context.ForEachSystemAsync(verb, cancellationToken))
                {
                    yield return step;
                }
            }
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
