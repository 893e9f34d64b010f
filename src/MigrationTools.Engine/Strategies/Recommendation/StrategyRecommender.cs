using MigrationTools.Engine.Operations;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies.Recommendation;

/// <summary>
/// Ranks the seven strategies for a spec by what is seen of its systems. Every reason names the fact that it rests on; a fact that could not be seen is
/// said and never taken for granted, and no strategy that rests on one is recommended.
/// </summary>
public sealed class StrategyRecommender(IReadOnlyList<IStrategyFacts> sources, TimeProvider time)
{
    /// <summary>Looks at every system, and ranks. Changes nothing.</summary>
    /// <param name="spec">The spec; which strategy it asks for does not matter.</param>
    /// <param name="window">How long writers may be kept out; null where nobody said.</param>
    /// <param name="observer">Hears of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>All seven, the best first.</returns>
    public async Task<IReadOnlyList<StrategyAdvice>> RecommendAsync(MigrationSpec spec, TimeSpan? window, IOperationObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(observer);
        var facts = new List<StrategyFact>();
        for (var index = 0; index < spec.Systems.Count; index++)
        {
            observer.Report(new Progress("look at the systems", index, spec.Systems.Count, "systems"));
            foreach (var source in sources.Where(source => source.Serves(spec.Systems[index])))
            {
                facts.AddRange(await source.LookAsync(spec, spec.Systems[index], cancellationToken).ConfigureAwait(false));
            }
        }

        observer.Report(new Progress("look at the systems", spec.Systems.Count, spec.Systems.Count, "systems") { Completed = true });
        return Rank(spec, new SeenFacts(spec, facts, window, time));
    }

    private static List<StrategyAdvice> Rank(MigrationSpec spec, SeenFacts facts)
    {
        var judged = Enum.GetValues<StrategyKind>()
            .Select(kind => (Kind: kind, Reasons: StrategyReasons.Of(kind, spec, facts).ToList()))
            .Select(item => (item.Kind, item.Reasons, Excluded: item.Reasons.Exists(reason => reason.Kind == ReasonKind.Excludes), Score: item.Reasons.Sum(Score)))
            .OrderBy(item => item.Excluded)
            .ThenByDescending(item => item.Score)
            .ThenBy(item => item.Kind)
            .ToList();
        var best = judged[0];
        var recommends = !best.Excluded && best.Score > 0 && !best.Reasons.Exists(reason => reason.Kind == ReasonKind.NotSeen);
        return
        [
            .. judged.Select((item, index) => new StrategyAdvice(
                item.Kind,
                item.Excluded ? AdviceRank.Rejected : index == 0 && recommends ? AdviceRank.Recommended : AdviceRank.Possible,
                index + 1,
                [.. item.Reasons.OrderByDescending(reason => reason.Kind == ReasonKind.Excludes).ThenByDescending(reason => reason.Weight)])),
        ];
    }

    private static int Score(StrategyReason reason) => reason.Kind switch
    {
        ReasonKind.For => reason.Weight,
        ReasonKind.Against or ReasonKind.NotSeen => -reason.Weight,
        _ => 0,
    };
}
