using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies;

/// <summary>A generator of plans over the shared verbs. A strategy is one class and one registration.</summary>
public interface IStrategy
{
    StrategyKind Kind { get; }

    /// <summary>The steps in order.</summary>
    IAsyncEnumerable<StepDraft> PlanAsync(StrategyContext context, CancellationToken cancellationToken);
}
