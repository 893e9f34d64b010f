namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>Finds the limits in a condition: for people and dashboards, which show a figure beside what it may be.</summary>
internal static class ConditionLimits
{
    /// <summary>The limits of the figures that stand alone on a side of a comparison; one whose other side is not known now is left out.</summary>
    public static IEnumerable<ConditionLimit> Of(ConditionNode node, IReadOnlyDictionary<FigureReference, FigureSeen> seen) => node switch
    {
        PairNode pair when pair.Operator.IsLogical() => Of(pair.Left, seen).Concat(Of(pair.Right, seen)),
        PairNode { Left: FigureNode figure } pair when pair.Operator.Compares() => Limit(figure, pair.Operator, pair.Right, seen),
        PairNode { Right: FigureNode figure } pair when pair.Operator.Compares() => Limit(figure, Mirrored(pair.Operator), pair.Left, seen),
        _ => [],
    };

    private static IEnumerable<ConditionLimit> Limit(FigureNode figure, ConditionOperator comparison, ConditionNode other, IReadOnlyDictionary<FigureReference, FigureSeen> seen) =>
        ConditionEvaluation.Number(other, seen) is { } value ? [new ConditionLimit(figure.Reference, comparison.Spell(), value)] : [];

    private static ConditionOperator Mirrored(ConditionOperator comparison) => comparison switch
    {
        ConditionOperator.Less => ConditionOperator.Greater,
        ConditionOperator.LessOrEqual => ConditionOperator.GreaterOrEqual,
        ConditionOperator.Greater => ConditionOperator.Less,
        ConditionOperator.GreaterOrEqual => ConditionOperator.LessOrEqual,
        _ => comparison,
    };
}
