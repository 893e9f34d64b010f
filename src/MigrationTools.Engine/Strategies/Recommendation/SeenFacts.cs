using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Strategies.Recommendation;

/// <summary>The facts that were looked for, those that the spec itself holds, and the window.</summary>
internal sealed class SeenFacts(MigrationSpec spec, IReadOnlyList<StrategyFact> facts, TimeSpan? window, TimeProvider time)
{
    public TimeSpan? Window => window;

    public IEnumerable<StrategyFact> Of(FactKind kind) => facts.Where(fact => fact.Kind == kind);

    /// <summary>How long all copies take, one after the other; null where one of them could not be measured.</summary>
    public (TimeSpan? Time, Evidence Fact) CopyTime()
    {
        var copies = Of(FactKind.CopyTime).ToList();
        if (copies.Find(copy => copy.Amount is null) is { } unseen)
        {
            return (null, unseen.Evidence);
        }

        var seconds = copies.Sum(copy => copy.Amount!.Value);
        var first = copies[0].Evidence;
        return (TimeSpan.FromSeconds(seconds), copies.Count == 1 ? first : first with { Source = string.Join("; ", copies.Select(copy => copy.Evidence.Source)), Observed = string.Join("; ", copies.Select(copy => copy.Text)) });
    }

    /// <summary>What the spec itself says, as evidence.</summary>
    public Evidence InSpec(string key, string? seen) => new($"{spec.Path ?? spec.Id}: {key}", seen ?? "not given", time.GetUtcNow());

    /// <summary>What the caller said.</summary>
    public Evidence Given(string what, string? value) => new(what, value, time.GetUtcNow());
}
