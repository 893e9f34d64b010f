using System.Text.Json.Nodes;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Hosting.Tests;

/// <summary>Does something when a step of a verb is committed (or its entry of another kind is safe), while the run waits: writes between two steps without a clock.</summary>
internal sealed class PausingStore(IRunStore inner, string verb, string kind = JournalKinds.Committed) : IRunStore
{
    /// <summary>Before the entry is safe, in place of after it.</summary>
    public bool Before { get; init; }

    /// <summary>What is done; null for nothing.</summary>
    public Func<Task>? Then { get; set; }

    public async Task<RunHandle> CreateAsync(MigrationSpec spec, MigrationPlan plan, CancellationToken cancellationToken) =>
        Wrap(await inner.CreateAsync(spec, plan, cancellationToken));

    public async Task<RunHandle> TakeAsync(string runId, Action<RunState> refuse, CancellationToken cancellationToken) => Wrap(await inner.TakeAsync(runId, refuse, cancellationToken));

    public Task<RunState> LookAsync(string runId, CancellationToken cancellationToken) => inner.LookAsync(runId, cancellationToken);

    public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(string runId, CancellationToken cancellationToken) => inner.ReadJournalAsync(runId, cancellationToken);

    public Task<MigrationSpec> ReadSpecAsync(string runId, CancellationToken cancellationToken) => inner.ReadSpecAsync(runId, cancellationToken);

    public Task ApproveAsync(string runId, StepApproval approval, CancellationToken cancellationToken) => inner.ApproveAsync(runId, approval, cancellationToken);

    public Task<IReadOnlyList<StepApproval>> ReadApprovalsAsync(string runId, CancellationToken cancellationToken) => inner.ReadApprovalsAsync(runId, cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    private RunHandle Wrap(RunHandle handle) => handle with { Journal = new PausingJournal(this, handle.Journal) };

    private sealed class PausingJournal(PausingStore store, IJournal journal) : IJournal
    {
        public IReadOnlyList<JournalEntry> Entries => journal.Entries;

        public async Task<JournalEntry> AppendAsync(string kind, string? step, JsonObject data, CancellationToken cancellationToken)
        {
            var then = kind == store.Kind && step is not null && step.Contains($"-{store.Verb}:", StringComparison.Ordinal) ? store.Then : null;
            if (store.Before && then is not null)
            {
                await then();
            }

            var entry = await journal.AppendAsync(kind, step, data, cancellationToken);
            if (!store.Before && then is not null)
            {
                await then();
            }

            return entry;
        }

        public ValueTask DisposeAsync() => journal.DisposeAsync();
    }

    private string Verb { get; } = verb;

    private string Kind { get; } = kind;
}
