using System.Text.Json.Nodes;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Hosting.Tests;

/// <summary>Does something when a step of a verb is committed, while the run waits: writes between two steps without a clock.</summary>
internal sealed class PausingStore(IRunStore inner, string verb) : IRunStore
{
    /// <summary>What is done; null for nothing.</summary>
    public Func<Task>? Then { get; set; }

    public async Task<RunHandle> CreateAsync(MigrationSpec spec, MigrationPlan plan, CancellationToken cancellationToken) =>
        Wrap(await inner.CreateAsync(spec, plan, cancellationToken));

    public async Task<RunHandle> TakeAsync(string runId, CancellationToken cancellationToken) => Wrap(await inner.TakeAsync(runId, cancellationToken));

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
            var entry = await journal.AppendAsync(kind, step, data, cancellationToken);
            if (kind == JournalKinds.Committed && step is not null && step.Contains($"-{store.Verb}:", StringComparison.Ordinal) && store.Then is { } then)
            {
                await then();
            }

            return entry;
        }

        public ValueTask DisposeAsync() => journal.DisposeAsync();
    }

    private string Verb { get; } = verb;
}
