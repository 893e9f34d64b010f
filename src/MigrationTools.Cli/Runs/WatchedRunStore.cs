using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Cli.Runs;

/// <summary>A store whose runs tell a watcher what is written to their journals.</summary>
internal sealed class WatchedRunStore(IRunStore inner, IRunWatcher watcher) : IRunStore
{
    public async Task<RunHandle> CreateAsync(MigrationSpec spec, MigrationPlan plan, CancellationToken cancellationToken) =>
        Watch(await inner.CreateAsync(spec, plan, cancellationToken), isNew: true);

    public async Task<RunHandle> TakeAsync(string runId, CancellationToken cancellationToken) =>
        Watch(await inner.TakeAsync(runId, cancellationToken), isNew: false);

    public Task<RunState> LookAsync(string runId, CancellationToken cancellationToken) => inner.LookAsync(runId, cancellationToken);

    public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(string runId, CancellationToken cancellationToken) => inner.ReadJournalAsync(runId, cancellationToken);

    public Task<MigrationSpec> ReadSpecAsync(string runId, CancellationToken cancellationToken) => inner.ReadSpecAsync(runId, cancellationToken);

    public Task ApproveAsync(string runId, StepApproval approval, CancellationToken cancellationToken) => inner.ApproveAsync(runId, approval, cancellationToken);

    public Task<IReadOnlyList<StepApproval>> ReadApprovalsAsync(string runId, CancellationToken cancellationToken) => inner.ReadApprovalsAsync(runId, cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    private RunHandle Watch(RunHandle run, bool isNew)
    {
        watcher.Taken(run, isNew);
        return run with { Journal = new WatchedJournal(run, watcher) };
    }
}
