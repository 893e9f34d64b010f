using MigrationTools.Cli.Terminal;
using MigrationTools.Engine.Specs;
using MigrationTools.Engine.Strategies.Recommendation;

namespace MigrationTools.Cli.Output;

/// <summary>A recommendation as people read it.</summary>
internal static class StrategyText
{
    /// <param name="console">Where to.</param>
    /// <param name="spec">What it is for.</param>
    /// <param name="strategies">The best first.</param>
    /// <param name="withFacts">Whether each reason is followed by what was seen.</param>
    public static void Write(CliConsole console, MigrationSpec spec, IReadOnlyList<StrategyAdvice> strategies, bool withFacts)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(spec);
        var table = new TextTable().Name("Strategy").Name("Advice").Column("Why");
        foreach (var advice in strategies)
        {
            table.Row(advice.Strategy, advice.Rank, string.Join('\n', Shown(advice, withFacts).Select(reason => Describe(reason, withFacts))));
        }

        table.Write(console);
        console.Out.WriteLine();
        console.Out.WriteLine(strategies[0].Rank == AdviceRank.Recommended
            ? $"{console.OutPaint.Strong(strategies[0].Strategy.ToString())} is recommended for {Printable.Line(spec.Name)}."
            : $"None is recommended for {Printable.Line(spec.Name)}: what the best of them rests on was not seen, or speaks against it.");
    }

    private static IEnumerable<StrategyReason> Shown(StrategyAdvice advice, bool all) =>
        advice.Reasons.Where(reason => all || advice.Rank != AdviceRank.Rejected || reason.Kind == ReasonKind.Excludes);

    private static string Describe(StrategyReason reason, bool withFact)
    {
        var mark = reason.Kind switch
        {
            ReasonKind.For => "+",
            ReasonKind.Against => "-",
            ReasonKind.NotSeen => "?",
            _ => "x",
        };
        return $"{mark} {reason.Text}{(withFact ? $" [{reason.Fact.Source}: {reason.Fact.Observed ?? "not seen"}]" : "")}";
    }
}
