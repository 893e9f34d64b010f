using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies.Recommendation;

/// <summary>Looks at systems of one kind for what a recommendation rests on. Changes nothing.</summary>
public interface IStrategyFacts
{
    bool Serves(SystemSpec system);

    /// <summary>
    /// The facts; one that could not be seen has no answer and says why. Throws only where it is cancelled: what can't be reached is a fact not seen.
    /// </summary>
    Task<IReadOnlyList<StrategyFact>> LookAsync(MigrationSpec spec, SystemSpec system, CancellationToken cancellationToken);
}
