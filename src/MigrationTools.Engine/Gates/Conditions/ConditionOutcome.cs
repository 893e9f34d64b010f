namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>A condition's answer over a set of windows, with every figure that it looked at.</summary>
/// <param name="Condition">The condition as written.</param>
/// <param name="Answer">Whether it holds.</param>
/// <param name="Figures">The figures in the order of the condition, each once.</param>
public sealed record ConditionOutcome(string Condition, ConditionAnswer Answer, IReadOnlyList<FigureSeen> Figures)
{
    /// <summary>One line: the values seen, or why they can't be used.</summary>
    public string Seen => string.Join("; ", Figures);
}
