using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Gates.Watching;

/// <summary>What a metric saw of one side at a gate's last measurement.</summary>
/// <param name="Metric">Its name in the spec.</param>
/// <param name="Side">Source is the baseline, target the canary.</param>
/// <param name="Samples">Samples behind the figures.</param>
/// <param name="Errors">Of these, those that failed.</param>
/// <param name="Figures">Times in milliseconds, rates as shares of 1.</param>
public sealed record GateSide(string Metric, EndpointSide Side, long Samples, long Errors, IReadOnlyDictionary<string, double> Figures);
