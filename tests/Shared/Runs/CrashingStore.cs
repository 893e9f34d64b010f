using System.Text.Json.Nodes;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Tests.Runs;

/// <summary>Cuts a run off at its n-th append to the journal, just before or just after the entry is safe.</summary>
internal sealed class CrashingStore(IRunStore inner, int at, bool before) : IRunStore
{
    /// <summary>Appends seen, over all handles.</summary>
    public int Appends { get; private set; }

    public async Task<RunHandle> CreateAsync(MigrationSpec spec, MigrationPlan plan, CancellationToken cancellationToken) =>
        Wrap(await inner.CreateAsync(spec, plan, cancellationToken));

    public async Task<RunHandle> TakeAsync(string runId, Action<RunState> refuse, CancellationToken cancellationToken) => Wrap(await inner.TakeAsync(runId, refuse, cancellationToken));

    public Task<RunState> LookAsync(string runId, CancellationToken cancellationToken) => inner.LookAsync(runId, cancellationToken);

    public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(string runId, CancellationToken cancellationToken) => inner.ReadJournalAsync(runId, cancellationToken);

    public Task<MigrationSpec> ReadSpecAsync(string runId, CancellationToken cancellationToken) => inner.ReadSpecAsync(runId, cancellationToken);

    public Task ApproveAsync(string runId, StepApproval approval, CancellationToken cancellationToken) => inner.ApproveAsync(runId, approval, cancellationToken);

    public Task<IReadOnlyList<StepApproval>> ReadApprovalsAsync(string runId, CancellationToken cancellationToken) => inner.ReadApprovalsAsync(runId, cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    private bool CountsDown(bool isBefore)
    {
        Appends += isBefore ? 1 : 0;
        return Appends == at && before == isBefore;
    }

    private RunHandle Wrap(RunHandle handle) => handle with { Journal = new CrashingJournal(this, handle.Journal) };

    private sealed class CrashingJournal(CrashingStore store, IJournal journal) : IJournal
    {
        public IReadOnlyList<JournalEntry> Entries => journal.Entries;

        public async Task<JournalEntry> AppendAsync(string kind, string? step, JsonObject data, CancellationToken cancellationToken)
        {
            if (store.CountsDown(isBefore: true))
            {
                throw new SimulatedCrash();
            }

            var entry = await journal.AppendAsync(kind, step, data, cancellationToken);
            return store.CountsDown(isBefore: false) ? throw new SimulatedCrash() : entry;
        }

        public ValueTask DisposeAsync() => journal.DisposeAsync();
    }
}
