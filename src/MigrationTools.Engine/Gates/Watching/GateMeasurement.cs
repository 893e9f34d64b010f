using MigrationTools.Engine.Checks;
using MigrationTools.Engine.Gates.Conditions;
using MigrationTools.Engine.Metrics.Windows;

namespace MigrationTools.Engine.Gates.Watching;

/// <summary>One measurement of a gate.</summary>
/// <param name="Number">From 1.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it ended.</param>
/// <param name="Verdict">Passed, Failed, Error (a look broke) or Inconclusive (a figure is missing, or on too few samples).</param>
public sealed record GateMeasurement(int Number, DateTimeOffset From, DateTimeOffset To, Verdict Verdict)
{
    /// <summary>Each condition's answer, with the values seen.</summary>
    public IReadOnlyList<ConditionOutcome> Conditions { get; init; } = [];

    /// <summary>What was seen; without single latencies in a <see cref="GateOutcome"/>.</summary>
    public IReadOnlyList<MetricWindow> Windows { get; init; } = [];

    /// <summary>Looks that broke.</summary>
    public IReadOnlyList<string> Broken { get; init; } = [];
}
