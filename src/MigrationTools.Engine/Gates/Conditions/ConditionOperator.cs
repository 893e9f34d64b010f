namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>What joins two parts of a condition.</summary>
internal enum ConditionOperator
{
    Or = 0,
    And,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
}
