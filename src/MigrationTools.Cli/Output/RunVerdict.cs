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

    /// <summary>Of a run as it stands, or of its rollback.</summary>
    public static Verdict OfRun(RunState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Verdict;
    }
}
