using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Gates;

/// <summary>What a gate decided.</summary>
/// <param name="Gate">The gate's name.</param>
/// <param name="Verdict">Passed and Waived let the run go on.</param>
/// <param name="Message">Checks run of checks required, and what stood in the way.</param>
/// <param name="Score">The integrity score of the required checks.</param>
public sealed record GateResult(string Gate, Verdict Verdict, string Message, IntegrityScore Score);
