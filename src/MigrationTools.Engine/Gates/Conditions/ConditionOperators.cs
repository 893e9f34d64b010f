namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>How operators are spelt and how tightly they bind.</summary>
internal static class ConditionOperators
{
    /// <summary>Binds tighter than every operator of two parts.</summary>
    public const int Sign = 6;

    public static string Spell(this ConditionOperator @operator) => @operator switch
    {
        ConditionOperator.Or => "or",
        ConditionOperator.And => "and",
        ConditionOperator.Less => "<",
        ConditionOperator.LessOrEqual => "<=",
        ConditionOperator.Greater => ">",
        ConditionOperator.GreaterOrEqual => ">=",
        ConditionOperator.Equal => "=",
        ConditionOperator.NotEqual => "!=",
        ConditionOperator.Add => "+",
        ConditionOperator.Subtract => "-",
        ConditionOperator.Multiply => "*",
        _ => "/",
    };

    public static int Binding(this ConditionOperator @operator) => @operator switch
    {
        ConditionOperator.Or => 1,
        ConditionOperator.And => 2,
        <= ConditionOperator.NotEqual => 3,
        ConditionOperator.Add or ConditionOperator.Subtract => 4,
        _ => 5,
    };

    public static bool IsLogical(this ConditionOperator @operator) => @operator is ConditionOperator.Or or ConditionOperator.And;

    public static bool Compares(this ConditionOperator @operator) => @operator is >= ConditionOperator.Less and <= ConditionOperator.NotEqual;
}
