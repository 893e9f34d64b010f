using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Runs.Journals;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Runs;

/// <summary>Where runs are kept.</summary>
public interface IRunStore
{
    /// <summary>Begins a run: keeps spec and plan, takes the lease, opens the journal.</summary>
    /// <exception cref="RunOwnedException">A run of the same spec is not finished.</exception>
    Task<RunHandle> CreateAsync(MigrationSpec spec, MigrationPlan plan, CancellationToken cancellationToken);

    /// <summary>Takes a run over to go on with it.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="refuse">Asked with the run as it stands once nobody else can change it, before anything is written; throws to leave it as it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RunOwnedException">Another process has it.</exception>
    /// <exception cref="RunNotFoundException">No such run.</exception>
    /// <exception cref="JournalException">Its journal can't be trusted.</exception>
    /// <exception cref="PlanException">Its plan's hash has changed.</exception>
    Task<RunHandle> TakeAsync(string runId, Action<RunState> refuse, CancellationToken cancellationToken);

    /// <summary>Looks at a run without taking it.</summary>
    Task<RunState> LookAsync(string runId, CancellationToken cancellationToken);

    /// <summary>The entries of a run's journal.</summary>
    Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(string runId, CancellationToken cancellationToken);

    /// <summary>The spec that the run began with, as it was then.</summary>
    Task<MigrationSpec> ReadSpecAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Keeps a person's word on a step; any process that reaches the store may, for nothing is written to the journal by it.</summary>
    Task ApproveAsync(string runId, StepApproval approval, CancellationToken cancellationToken);

    /// <summary>What people said of a run's steps, in the order in which it was kept.</summary>
    Task<IReadOnlyList<StepApproval>> ReadApprovalsAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Ids of all runs, newest first.</summary>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);
}
