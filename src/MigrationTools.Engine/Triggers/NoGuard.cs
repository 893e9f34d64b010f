using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Triggers;

/// <summary>Watches nothing, for runs that are carried out without measuring.</summary>
public sealed class NoGuard : IRunGuard
{
    public static NoGuard Instance { get; } = new();

    public IActiveGuard? Begin(MigrationSpec spec, PlanStep step, IOperationObserver observer) => null;
}
