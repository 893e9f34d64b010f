namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>The unit of a number in a condition.</summary>
internal enum ConditionUnit
{
    None = 0,
    Milliseconds,
    Seconds,
    Percent,
}
