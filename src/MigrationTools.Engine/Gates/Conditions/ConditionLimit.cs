namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>What a condition compares a figure with.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Comparison">As conditions spell it, the figure on its left: <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>, <c>=</c>, <c>!=</c>.</param>
/// <param name="Value">In the figure's unit.</param>
public sealed record ConditionLimit(FigureReference Figure, string Comparison, double Value);
