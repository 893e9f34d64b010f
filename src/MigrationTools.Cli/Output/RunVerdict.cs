using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Runs;

namespace MigrationTools.Cli.Output;

/// <summary>Which verdict answers what was asked for.</summary>
internal static class RunVerdict
{
    /// <summary>
    /// Of a migration. A run that was rolled back because a gate failed has the rollback's verdict, which is Passed where all was seen to be undone;
    /// whoever asked for a migration did not get one.
    /// </summary>
    public static Verdict OfMigration(RunState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Status is RunStatus.RolledBack or RunStatus.RollbackIncomplete ? Verdict.Failed : state.Verdict;
    }

    /// <summary>Of a rollback. Where phases of the run stay, it is told by the steps that were to be undone: the run's own verdict says that it is not complete.</summary>
    public static Verdict OfRollback(RunState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Status == RunStatus.Held && !state.IsRollingBack && !state.RollbackRefused
            ? Verdicts.Combine(state.Steps.Where(step => step.Status == StepStatus.Compensated).Select(step => step.CompensationVerdict ?? Verdict.Inconclusive))
            : state.Verdict;
    }

    /// <summary>Of a run as it stands.</summary>
    public static Verdict OfRun(RunState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Verdict;
    }
}
