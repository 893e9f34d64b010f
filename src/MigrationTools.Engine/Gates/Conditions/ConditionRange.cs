namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>
/// Between which values a part of a condition lies, whatever is measured: shares from 0 to 1, times and counts from 0 on; of other figures nothing is known. Wider
/// than it is where a figure stands twice in it, never narrower, so what is always so by it is always so.
/// </summary>
/// <param name="Low">The least value; −∞ where there is none.</param>
/// <param name="High">The greatest; ∞ where there is none.</param>
internal readonly record struct ConditionRange(double Low, double High)
{
    private static readonly ConditionRange Anything = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The range of a number or a figure, or of what is made of them.</summary>
    public static ConditionRange Of(ConditionNode node) => node switch
    {
        NumberNode number => new(number.Value, number.Value),
        FigureNode { Reference.Figure: var figure } when ConditionUnits.IsShare(figure) => new(0, 1),
        FigureNode { Reference.Figure: var figure } when ConditionUnits.IsTime(figure) || ConditionUnits.IsCount(figure) => new(0, double.PositiveInfinity),
        SignNode sign => Of(sign.Of).Negative(),
        PairNode pair => Of(pair.Operator, Of(pair.Left), Of(pair.Right)),
        _ => Anything,
    };

    /// <summary>What a comparison answers whatever is measured; null where that decides.</summary>
    public static bool? AlwaysAnswers(ConditionOperator comparison, ConditionRange left, ConditionRange right) => comparison switch
    {
        ConditionOperator.Less => left.High < right.Low ? true : left.Low >= right.High ? false : null,
        ConditionOperator.LessOrEqual => left.High <= right.Low ? true : left.Low > right.High ? false : null,
        ConditionOperator.Greater => AlwaysAnswers(ConditionOperator.Less, right, left),
        ConditionOperator.GreaterOrEqual => AlwaysAnswers(ConditionOperator.LessOrEqual, right, left),
        _ => left.High < right.Low || right.High < left.Low ? comparison == ConditionOperator.NotEqual : null,
    };

    private static ConditionRange Of(ConditionOperator @operator, ConditionRange left, ConditionRange right) => @operator switch
    {
        ConditionOperator.Add => new(left.Low + right.Low, left.High + right.High),
        ConditionOperator.Subtract => Of(ConditionOperator.Add, left, right.Negative()),
        ConditionOperator.Multiply => Product(left, right),
        ConditionOperator.Divide when right.Low > 0 || right.High < 0 => Product(left, new(1 / right.High, 1 / right.Low)),
        _ => Anything,
    };

    private static ConditionRange Product(ConditionRange left, ConditionRange right)
    {
        double[] corners = [Corner(left.Low, right.Low), Corner(left.Low, right.High), Corner(left.High, right.Low), Corner(left.High, right.High)];
        return new(corners.Min(), corners.Max());
    }

    /// <summary>No figure is infinite itself, so what is multiplied by 0 is 0.</summary>
    private static double Corner(double one, double other) => one == 0 || other == 0 ? 0 : one * other;

    private ConditionRange Negative() => new(-High, -Low);
}
