using System.Globalization;
using MigrationTools.Engine.Metrics.Windows;
using MigrationTools.Engine.Specs.Reading;

namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>
/// Catches comparisons that can be written but can't be meant: a share with a time, a share with 5 where 5% was meant, and one that no value can make false, or
/// none true. A gate of such a condition would pass whatever is seen, a trigger of it never fire.
/// </summary>
internal static class ConditionUnits
{
    private static readonly string[] Times = [MetricFigures.P50, MetricFigures.P95, MetricFigures.P99, MetricFigures.Mean, MetricFigures.ResponseTime];
    private static readonly string[] Shares = [MetricFigures.ErrorRate, MetricFigures.Availability];
    private static readonly string[] Counts = [MetricFigures.Requests, MetricFigures.Rate];

    /// <summary>Whether the figure is of the requests that succeeded.</summary>
    public static bool IsTime(string figure) => Times.Contains(figure, StringComparer.Ordinal);

    /// <summary>Whether the figure is a part of the requests, 0 to 1.</summary>
    public static bool IsShare(string figure) => Shares.Contains(figure, StringComparer.Ordinal);

    /// <summary>Whether the figure is a number of requests, or of requests a second.</summary>
    public static bool IsCount(string figure) => Counts.Contains(figure, StringComparer.Ordinal);

    /// <exception cref="ConditionException">The comparison says nothing.</exception>
    public static void Check(string text, ConditionToken sign, ConditionOperator comparison, ConditionNode left, ConditionNode right)
    {
        if (!left.Figures.Concat(right.Figures).Any())
        {
            throw new ConditionException(text, left.Position, "this comparison looks at no figure, so it says nothing.");
        }

        if (left == right)
        {
            throw new ConditionException(text, sign.Position, "both sides of this comparison are the same, so it says nothing.");
        }

        if ((left, right) is (FigureNode figure, NumberNode number))
        {
            Check(text, figure.Reference.Figure, number);
        }
        else if ((left, right) is (NumberNode limit, FigureNode limited))
        {
            Check(text, limited.Reference.Figure, limit);
        }

        if (BareWhole(left, right) is { } bare)
        {
            throw new ConditionException(text, bare.Position, $"it stands beside a share, which is 0 to 1; {Advice(bare)}");
        }

        if (ConditionRange.AlwaysAnswers(comparison, ConditionRange.Of(left), ConditionRange.Of(right)) is { } always)
        {
            throw new ConditionException(text, sign.Position, $"{Ranges(left, right)}, so this comparison is always {(always ? "true" : "false")} and says nothing; give a limit that can be crossed, such as error_rate <= 1%.");
        }
    }

    private static void Check(string text, string figure, NumberNode number)
    {
        var isTime = number.Unit is ConditionUnit.Milliseconds or ConditionUnit.Seconds;
        if (IsTime(figure) && number.Unit == ConditionUnit.Percent)
        {
            throw new ConditionException(text, number.Position, $"{figure} is a time; compare it with one, such as 250ms.");
        }

        if (IsCount(figure) && number.Unit != ConditionUnit.None)
        {
            throw new ConditionException(text, number.Position, $"{figure} is a count; write it without a unit.");
        }

        if (IsShare(figure) && (isTime || number.Value > 1))
        {
            throw new ConditionException(text, number.Position, $"{figure} is a share from 0 to 1; {Advice(number)}");
        }
    }

    /// <summary>A whole number from 1 on, without a unit, that is added to a share or compared with one: who writes 1 there means 1 % as often as all of it.</summary>
    private static NumberNode? BareWhole(ConditionNode left, ConditionNode right)
    {
        var terms = Terms(left).Concat(Terms(right)).ToList();
        return terms.Exists(IsShare) ? terms.OfType<NumberNode>().FirstOrDefault(IsBareWhole) : null;
    }

    private static bool IsBareWhole(NumberNode number) => number.Unit == ConditionUnit.None && number.Number >= 1 && decimal.Truncate(number.Number) == number.Number;

    private static bool IsShare(ConditionNode term) => term is FigureNode { Reference.Figure: var figure } ? IsShare(figure) : IsRest(term);

    /// <summary>What is left of all: <c>1 - availability</c> is the share of those that failed.</summary>
    private static bool IsRest(ConditionNode term) =>
        term is PairNode { Operator: ConditionOperator.Subtract, Left: NumberNode { Number: 1, Unit: ConditionUnit.None }, Right: FigureNode { Reference.Figure: var figure } } && IsShare(figure);

    /// <summary>What is added up and taken off in a part.</summary>
    private static IEnumerable<ConditionNode> Terms(ConditionNode node) => node switch
    {
        SignNode sign => Terms(sign.Of),
        PairNode { Operator: ConditionOperator.Add or ConditionOperator.Subtract } sum when !IsRest(sum) => Terms(sum.Left).Concat(Terms(sum.Right)),
        _ => [node],
    };

    private static string Advice(NumberNode number) => (number.Unit, number.Number) switch
    {
        (ConditionUnit.None, 1) => "write 1% or 0.01 (100% where all of them are meant).",
        (ConditionUnit.None, 100) => "write 100%.",
        (ConditionUnit.None, < 100) => string.Create(CultureInfo.InvariantCulture, $"write {number.Number:0.#########}% or {number.Number / 100:0.###########}."),
        _ => "use a share such as 0.5% or 0.005.",
    };

    /// <summary>What is known of any value of the figures, each once.</summary>
    private static string Ranges(ConditionNode left, ConditionNode right)
    {
        var names = left.Figures.Concat(right.Figures).Select(figure => figure.Reference.Figure).Distinct(StringComparer.Ordinal).ToList();
        var ranges = new[] { Range(names.Where(IsShare), "0 to 1 (100%)"), Range(names.Where(name => IsTime(name) || IsCount(name)), "0 or more") }.Where(range => range.Length > 0).ToList();
        return ranges.Count == 0 ? "no value changes its outcome" : string.Join(" and ", ranges);
    }

    private static string Range(IEnumerable<string> figures, string range)
    {
        var names = figures.ToList();
        return names.Count == 0 ? "" : $"{Words.List(names, "and")} {(names.Count == 1 ? "is" : "are")} {range}";
    }
}
