using MigrationTools.Engine.Operations;

namespace MigrationTools.Engine.Runs;

/// <summary>The log of a run, kept beside its journal.</summary>
public interface IRunLog
{
    /// <summary>An observer that writes to the run's log what it is told and passes it on to the given one.</summary>
    IRunLogObserver Attach(string runId, string runDirectory, IOperationObserver observer);
}
