using System.Text.Json.Nodes;
using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Reports;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Tests.Runs;

namespace MigrationTools.Engine.Tests.Reports;

/// <summary>A real journal file, written in the words of the runner by a clock that the test moves, and the report that is told from it.</summary>
internal sealed class JournalBench(MigrationPlan plan, string specName = "Shop 2.0.5 to 3.0.0", string specFile = "samples/shop/migration.yaml") : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private FileJournal? _journal;

    public JournalBench()
        : this(ShopPlan.Make())
    {
    }

    public MigrationPlan Plan => plan;

    public SteppedTime Time { get; } = new();

    private string File => _directory.File("journal.jsonl");

    private StepJournal Words => new(_journal!);

    /// <summary>Begins the run.</summary>
    public async Task BeginAsync(string user = "mira")
    {
        PrivateFiles.CreateDirectory(_directory.Path);
        (_journal, _) = FileJournal.Open(File, RunLease.Take(_directory.Path), Time);
        await AppendAsync(JournalKinds.RunStarted, new JsonObject
        {
            ["specId"] = plan.SpecId,
            ["specName"] = specName,
            ["specFile"] = specFile,
            ["planHash"] = plan.Hash,
            ["toolVersion"] = "0.1.0",
            ["user"] = user,
        });
        await OwnAsync(0);
    }

    public async Task ReadyAsync(params CheckResult[] checks)
    {
        foreach (var waived in checks.Where(check => check.Verdict == Verdict.Waived))
        {
            await Words.WaivedAsync(waived, CancellationToken.None);
        }

        Time.Pass(0.4);
        await AppendAsync(JournalKinds.Readiness, new JsonObject
        {
            ["checks"] = System.Text.Json.JsonSerializer.SerializeToNode(checks, MigrationJson.Line),
            ["verdict"] = Verdicts.Combine(checks).ToString(),
        });
    }

    public Task IntendAsync(int step) => Words.IntentAsync(plan.Steps[step], new JsonObject { ["rows"] = 0 }, CancellationToken.None);

    public Task ObserveAsync(int step, StepObservation observation, double seconds) =>
        Words.ObservedAsync(plan.Steps[step], Effect.Applied, observation, TimeSpan.FromSeconds(seconds));

    public Task LookAsync(int step, Effect effect, string message) => Words.LookedAsync(plan.Steps[step], new EffectReport(effect, message));

    /// <summary>Judges a step by its gate with waivers (check → why), as the runner does.</summary>
    public async Task<GateResult> JudgeAsync(int step, IReadOnlyList<CheckResult> checks, Dictionary<string, string>? waivers = null)
    {
        var judged = Waiving.Apply(checks, new RunOptions { User = "mira", Waivers = waivers ?? [] }, Time.Now);
        foreach (var waived in judged.Where(check => check.Verdict == Verdict.Waived))
        {
            await Words.WaivedAsync(waived, CancellationToken.None);
        }

        var result = plan.Steps[step].GateAfter!.Judge(judged);
        await Words.GateAsync(plan.Steps[step], result);
        return result;
    }

    public Task CommitAsync(int step) => Words.CommittedAsync(plan.Steps[step]);

    /// <summary>A step from its intent to its commit, its gate included where it has one.</summary>
    public async Task DoAsync(int step, double seconds, StepObservation observation, Dictionary<string, string>? waivers = null)
    {
        await IntendAsync(step);
        Time.Pass(seconds);
        await ObserveAsync(step, observation, seconds);
        if (plan.Steps[step].GateAfter is not null && !(await JudgeAsync(step, observation.Checks, waivers)).Verdict.LetsPass())
        {
            return;
        }

        await CommitAsync(step);
    }

    public async Task FailAsync(int step, double seconds, string errorId, string message, Verdict verdict = Verdict.Error)
    {
        await IntendAsync(step);
        Time.Pass(seconds);
        await Words.FailedAsync(JournalKinds.StepFailed, plan.Steps[step], errorId, message, verdict);
    }

    public Task RollBackAsync(string reason, string by = "mira") => Words.RollbackStartedAsync(reason, by, null, plan.Steps);

    public async Task UndoAsync(int step, double seconds, string seen, Verdict verdict = Verdict.Passed, params CheckResult[] checks)
    {
        await Words.CompensationIntentAsync(plan.Steps[step], CancellationToken.None);
        Time.Pass(seconds);
        if (plan.Steps[step].Compensation is not null)
        {
            await Words.CompensationObservedAsync(plan.Steps[step], new StepObservation(seen) { Checks = checks }, TimeSpan.FromSeconds(seconds));
        }

        if (verdict.LetsPass())
        {
            await Words.CompensatedAsync(plan.Steps[step], verdict, seen);
        }
        else
        {
            await Words.FailedAsync(JournalKinds.CompensationFailed, plan.Steps[step], ErrorIds.RollbackFailed, seen, verdict);
        }
    }

    public Task EndAsync(RunStatus status, Verdict verdict, string message) => Words.RunEndedAsync(status, verdict, message);

    /// <summary>The process dies where it stands; half a line may stay behind.</summary>
    public async Task DieAsync(string half = "")
    {
        await _journal!.DisposeAsync();
        _journal = null;
        await System.IO.File.AppendAllTextAsync(File, half);
    }

    /// <summary>The process ends in order, and another takes the run.</summary>
    public async Task TakeAfterEndAsync()
    {
        await DieAsync();
        await TakeAsync();
    }

    /// <summary>Another process takes the run.</summary>
    public async Task TakeAsync()
    {
        long torn;
        (_journal, torn) = FileJournal.Open(File, RunLease.Take(_directory.Path), Time);
        await OwnAsync(torn);
    }

    public RunReport Report(MigrationSpec? spec = null)
    {
        var entries = System.IO.File.Exists(File) ? JournalFile.Read(File).Entries : [];
        var owned = _journal is not null && (entries.Count == 0 || entries[^1].Kind != JournalKinds.RunEnded);
        var state = RunState.Fold("shop-v2-to-v3-20260314-213000-4f1c", _directory.Path, plan, entries, owned);
        return RunReportBuilder.Build(state, entries, Time.Now + TimeSpan.FromSeconds(2), spec);
    }

    public void Dispose()
    {
        _journal?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _directory.Dispose();
    }

    private Task OwnAsync(long torn) => AppendAsync(JournalKinds.Owned, new JsonObject { ["process"] = 4711, ["host"] = "ops-1", ["tornBytes"] = torn });

    private Task AppendAsync(string kind, JsonObject data) => _journal!.AppendAsync(kind, null, data, CancellationToken.None);
}
