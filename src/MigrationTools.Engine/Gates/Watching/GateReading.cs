using MigrationTools.Engine.Gates.Conditions;

namespace MigrationTools.Engine.Gates.Watching;

/// <summary>A condition at a gate's last measurement. An answer, and no verdict: the gate gives that at its end.</summary>
/// <param name="Condition">As the spec has it.</param>
/// <param name="Answer">Whether it held.</param>
/// <param name="Figures">What it looked at, each with its limit where it has one.</param>
public sealed record GateReading(string Condition, ConditionAnswer Answer, IReadOnlyList<GateFigure> Figures);
