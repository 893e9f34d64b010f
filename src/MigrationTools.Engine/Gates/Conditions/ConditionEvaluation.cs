namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>Works a condition out in three values: what is not known stays unknown unless the rest decides without it (Kleene's logic).</summary>
internal static class ConditionEvaluation
{
    public static ConditionAnswer Answer(ConditionNode node, IReadOnlyDictionary<FigureReference, FigureSeen> seen)
    {
        var pair = (PairNode)node;
        if (pair.Operator.IsLogical())
        {
            var (left, right) = (Answer(pair.Left, seen), Answer(pair.Right, seen));
            var decisive = pair.Operator == ConditionOperator.And ? ConditionAnswer.Fails : ConditionAnswer.Holds;
            return left == decisive || right == decisive ? decisive : left == ConditionAnswer.Unknown ? left : right;
        }

        return Number(pair.Left, seen) is { } one && Number(pair.Right, seen) is { } other
            ? Holds(pair.Operator, one, other) ? ConditionAnswer.Holds : ConditionAnswer.Fails
            : ConditionAnswer.Unknown;
    }

    /// <summary>The value; null where a figure in it is missing, or it comes to nothing finite (a division by zero).</summary>
    public static double? Number(ConditionNode node, IReadOnlyDictionary<FigureReference, FigureSeen> seen) => node switch
    {
        NumberNode number => number.Value,
        FigureNode figure => seen[figure.Reference].Value,
        SignNode sign => -Number(sign.Of, seen),
        PairNode pair when Number(pair.Left, seen) is { } left && Number(pair.Right, seen) is { } right => Finite(pair.Operator switch
        {
            ConditionOperator.Add => left + right,
            ConditionOperator.Subtract => left - right,
            ConditionOperator.Multiply => left * right,
            _ => left / right,
        }),
        _ => null,
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static bool Holds(ConditionOperator @operator, double left, double right) => @operator switch
    {
        ConditionOperator.Less => left < right,
        ConditionOperator.LessOrEqual => left <= right,
        ConditionOperator.Greater => left > right,
        ConditionOperator.GreaterOrEqual => left >= right,
        ConditionOperator.Equal => left.Equals(right),
        _ => !left.Equals(right),
    };
}
