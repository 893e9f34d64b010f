using System.Globalization;
using MigrationTools.Engine.Metrics.Windows;

namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>Catches comparisons that can be written but can't be meant: a share with a time, a share with 5 where 5% was meant.</summary>
internal static class ConditionUnits
{
    private static readonly string[] Times = [MetricFigures.P50, MetricFigures.P95, MetricFigures.P99, MetricFigures.Mean, MetricFigures.ResponseTime];
    private static readonly string[] Shares = [MetricFigures.ErrorRate, MetricFigures.Availability];

    /// <summary>Whether the figure is of the requests that succeeded.</summary>
    public static bool IsTime(string figure) => Times.Contains(figure, StringComparer.Ordinal);

    /// <exception cref="ConditionException">The comparison says nothing.</exception>
    public static void Check(string text, ConditionToken sign, ConditionNode left, ConditionNode right)
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
    }

    private static void Check(string text, string figure, NumberNode number)
    {
        var isTime = number.Unit is ConditionUnit.Milliseconds or ConditionUnit.Seconds;
        if (IsTime(figure) && number.Unit == ConditionUnit.Percent)
        {
            throw new ConditionException(text, number.Position, $"{figure} is a time; compare it with one, such as 250ms.");
        }

        if (Shares.Contains(figure, StringComparer.Ordinal) && (isTime || number.Value > 1))
        {
            var advice = number.Unit == ConditionUnit.None && number.Number <= 100
                ? string.Create(CultureInfo.InvariantCulture, $"did you mean {number.Number}%?")
                : "use a share such as 0.5% or 0.005.";
            throw new ConditionException(text, number.Position, $"{figure} is a share from 0 to 1; {advice}");
        }
    }
}
