using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Strategies.Recommendation;

/// <summary>A reason for or against a strategy.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Text">As people read it.</param>
/// <param name="Fact">The fact that it rests on: what was looked at and what was seen; nothing observed where it could not be seen.</param>
public sealed record StrategyReason(ReasonKind Kind, string Text, Evidence Fact)
{
    /// <summary>How much it counts against other reasons, 1 to 3; what excludes needs no weight.</summary>
    public int Weight { get; init; } = 1;
}
