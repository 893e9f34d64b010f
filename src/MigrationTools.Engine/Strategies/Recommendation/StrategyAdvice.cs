using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies.Recommendation;

/// <summary>What is thought of one strategy for a spec, and why.</summary>
/// <param name="Strategy">Which.</param>
/// <param name="Rank">Recommended, possible or rejected.</param>
/// <param name="Place">1 is the best of the seven.</param>
/// <param name="Reasons">What weighs most comes first. Never empty.</param>
public sealed record StrategyAdvice(StrategyKind Strategy, AdviceRank Rank, int Place, IReadOnlyList<StrategyReason> Reasons)
{
    /// <summary>The reasons on one line: of a rejected one what excludes it, of others all.</summary>
    public string Summary => string.Join("; ", Reasons.Where(reason => Rank != AdviceRank.Rejected || reason.Kind == ReasonKind.Excludes).Select(reason => reason.Text));
}
