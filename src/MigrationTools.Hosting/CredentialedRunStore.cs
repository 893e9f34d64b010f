using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Hosting;

/// <summary>A store of runs whose kept specs come back with this call's credentials in them.</summary>
internal sealed class CredentialedRunStore(IRunStore inner, Credentials credentials) : IRunStore
{
    public Task<RunHandle> CreateAsync(MigrationSpec spec, MigrationPlan plan, CancellationToken cancellationToken) => inner.CreateAsync(spec, plan, cancellationToken);

    public Task<RunHandle> TakeAsync(string runId, Action<RunState> refuse, CancellationToken cancellationToken) => inner.TakeAsync(runId, refuse, cancellationToken);

    public Task<RunState> LookAsync(string runId, CancellationToken cancellationToken) => inner.LookAsync(runId, cancellationToken);

    public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(string runId, CancellationToken cancellationToken) => inner.ReadJournalAsync(runId, cancellationToken);

    public async Task<MigrationSpec> ReadSpecAsync(string runId, CancellationToken cancellationToken) =>
        credentials.Apply(await inner.ReadSpecAsync(runId, cancellationToken).ConfigureAwait(false));

    public Task ApproveAsync(string runId, StepApproval approval, CancellationToken cancellationToken) => inner.ApproveAsync(runId, approval, cancellationToken);

    public Task<IReadOnlyList<StepApproval>> ReadApprovalsAsync(string runId, CancellationToken cancellationToken) => inner.ReadApprovalsAsync(runId, cancellationToken);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);
}
