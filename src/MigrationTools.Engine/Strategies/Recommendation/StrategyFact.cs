using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Strategies.Recommendation;

/// <summary>Something that was looked at, and what was seen.</summary>
/// <param name="Kind">What was asked.</param>
/// <param name="System">The system of the spec.</param>
/// <param name="Holds">The answer to what is a yes or no, and true for an amount that was measured; null where it could not be seen.</param>
/// <param name="Text">What was seen, or why it could not be.</param>
/// <param name="Evidence">The look.</param>
public sealed record StrategyFact(FactKind Kind, string System, bool? Holds, string Text, Evidence Evidence)
{
    /// <summary>In the unit of the kind; null for a yes or no.</summary>
    public double? Amount { get; init; }
}
