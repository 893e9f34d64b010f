using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Specs.Metrics;

namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>
/// What must be so of measured figures: <c>p95 &lt; 250ms</c>, <c>error_rate &lt;= 0.5%</c>, <c>canary.p95 &lt;= baseline.p95 * 1.1</c>. Numbers may have
/// a unit (ms, s, %); figures are added, multiplied and compared; comparisons are joined with <c>and</c> and <c>or</c>, of which <c>and</c> binds tighter.
/// canary is the target, baseline the source, and without a side the target is meant. Read once, looked at often; immutable.
/// </summary>
public sealed class Condition
{
    private readonly ConditionNode _root;

    private Condition(string text, ConditionNode root)
    {
        Text = text;
        _root = root;
        Needs = [.. root.Figures.Select(figure => figure.Reference).Distinct()];
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The figures that it looks at, each once, each with its metric.</summary>
    public IReadOnlyList<FigureReference> Needs { get; }

    /// <summary>Reads a condition and finds each of its figures among the metrics.</summary>
    /// <exception cref="ConditionException">It is no condition, or no metric (or more than one) gives a figure.</exception>
    public static Condition Parse(string text, IReadOnlyList<MetricSpec> metrics)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(metrics);
        return new Condition(text, ConditionBinding.Bind(text, ConditionParser.Parse(text), metrics));
    }

    /// <summary>Looks at it over what was measured at one time; at most one window a metric and side.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="minSamples">Requests that a window of a source that counts them needs; a source of single values needs one.</param>
    public ConditionOutcome Evaluate(IReadOnlyCollection<MetricWindow> windows, long minSamples)
    {
        ArgumentNullException.ThrowIfNull(windows);
        var seen = Needs.ToDictionary(figure => figure, figure => FigureLookup.Find(figure, windows, minSamples));
        return new ConditionOutcome(Text, ConditionEvaluation.Answer(_root, seen), [.. Needs.Select(figure => seen[figure])]);
    }

    /// <summary>What it compares figures with, over what was measured at one time; a limit that comes of a figure that was not measured is left out.</summary>
    public IReadOnlyList<ConditionLimit> LimitsOver(IReadOnlyCollection<MetricWindow> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return [.. ConditionLimits.Of(_root, Needs.ToDictionary(figure => figure, figure => FigureLookup.Find(figure, windows, minSamples: 1)))];
    }

    /// <summary>In the one spelling that the parts give, with the metrics named.</summary>
    public override string ToString() => _root.Print(0);
}
