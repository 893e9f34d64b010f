using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies;

/// <summary>The strategies that are wired in.</summary>
public sealed class StrategyCatalog(IReadOnlyList<IStrategy> strategies)
{
    public IReadOnlyList<StrategyKind> Kinds => [.. strategies.Select(strategy => strategy.Kind)];

    /// <exception cref="PlanException">The strategy is not there yet.</exception>
    public IStrategy Find(StrategyKind kind) =>
        strategies.FirstOrDefault(strategy => strategy.Kind == kind)
        ?? throw new PlanException(
            ErrorIds.PlanImpossible,
            $"The strategy {kind} can't be planned by this version. It plans: {string.Join(", ", Kinds)}.");
}
