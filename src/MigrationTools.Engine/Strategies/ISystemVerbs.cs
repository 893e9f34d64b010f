using MigrationTools.Engine.Planning;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies;

/// <summary>An adapter's steps for the verbs on the systems that it serves.</summary>
public interface ISystemVerbs
{
    bool Serves(SystemSpec system);

    /// <summary>The steps that the verb means for this system; null where the adapter does not know the verb, empty where there is nothing to do.</summary>
    Task<IReadOnlyList<StepDraft>?> StepsAsync(VerbCall call, SystemSpec system, StrategyContext context, CancellationToken cancellationToken);
}
