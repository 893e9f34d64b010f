using MigrationTools.Engine.Gates.Watching;

namespace MigrationTools.Engine.Runs;

/// <summary>
/// Where a run's owner shows what it measures just now to those who look at the run from other processes. Beside the journal and overwritten each time, so that it costs
/// little, does not grow, and is no evidence of anything: <see cref="RunState.Watching"/> is where it is read.
/// </summary>
public interface IRunBoard
{
    /// <summary>Shows it in the place of what was shown before.</summary>
    /// <exception cref="MigrationToolsException">The store could not take it. The run is none the worse for it.</exception>
    Task ShowAsync(string runId, WatchedGate gate, CancellationToken cancellationToken);
}
