using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Runs.Watching;

/// <summary>A store whose runs tell a watcher what is written to their journals.</summary>
public sealed class WatchedRunStore(IRunStore inner, IRunWatcher watcher) : IRunStore
{
    public async Task<RunHandle> CreateAsync(MigrationSpec spec, MigrationPlan plan, CancellationToken cancellationToken) =>
        await WatchAsync(await inner.CreateAsync(spec, plan, cancellationToken).ConfigureAwait(false), spec, cancellationToken).ConfigureAwait(false);

    public async Task<RunHandle> TakeAsync(string runId, Action<RunState> refuse, CancellationToken cancellationToken) =>
        await WatchAsync(await inner.TakeAsync(runId, refuse, cancellationToken).ConfigureAwait(false), null, cancellationToken).ConfigureAwait(false);

    public Task<RunState> LookAsync(string runId, CancellationToken cancellationToken) => inner.LookAsync(runId, cancellationToken);

    public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(string runId, CancellationToken cancellationToken) => inner.ReadJournalAsync(runId, cancellationToken);

    public Task<MigrationSpec> ReadSpecAsync(string runId, CancellationToken cancellationToken) => inner.ReadSpecAsync(runId, cancellationToken);

    public Task ApproveAsync(string runId, StepApproval approval, CancellationToken cancellationToken) => inner.ApproveAsync(runId, approval, cancellationToken);

    public Task<IReadOnlyList<StepApproval>> ReadApprovalsAsync(string runId, CancellationToken cancellationToken) => inner.ReadApprovalsAsync(runId, cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    private async Task<RunHandle> WatchAsync(RunHandle run, MigrationSpec? spec, CancellationToken cancellationToken)
    {
        var watched = run with { Journal = new WatchedJournal(run, watcher) };
        try
        {
            await watcher.TakenAsync(run, spec, cancellationToken).ConfigureAwait(false);
            return watched;
        }
        catch
        {
            // Nobody has the handle yet who could let the run go.
            await watched.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
