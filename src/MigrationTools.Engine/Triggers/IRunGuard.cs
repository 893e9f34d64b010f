using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Triggers;

/// <summary>Watches over a run while its steps are carried out, and stops it.</summary>
public interface IRunGuard
{
    /// <summary>Begins to watch; null where the spec asks for nothing, or the step does not need it.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="step">The step that is about to begin.</param>
    /// <param name="observer">Hears of it.</param>
    IActiveGuard? Begin(MigrationSpec spec, PlanStep step, IOperationObserver observer);
}
