using MigrationTools.Engine.Checks;

namespace MigrationTools.Engine.Metrics;

/// <summary>What a measure gave.</summary>
/// <param name="Value">The value as text (numbers in invariant form); null where there was nothing, which is Inconclusive and never a pass.</param>
/// <param name="Evidence">What was looked at, what was seen, when and where.</param>
public sealed record MeasuredValue(string? Value, Evidence Evidence);
