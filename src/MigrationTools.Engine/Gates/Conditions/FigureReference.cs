using MigrationTools.Engine.Specs;

namespace MigrationTools.Engine.Gates.Conditions;

/// <summary>A figure that a condition speaks of: <c>p95</c>, <c>api.p95</c>, <c>baseline.p95</c>, <c>canary.api.p95</c>.</summary>
/// <param name="Side">canary is the target, baseline the source; without a side the target is meant.</param>
/// <param name="Metric">The metric's name in the spec; null where the condition leaves it out and was not bound to a spec's metrics yet.</param>
/// <param name="Figure">The figure's name.</param>
public sealed record FigureReference(EndpointSide Side, string? Metric, string Figure)
{
    /// <summary>The word for the new side.</summary>
    public const string Canary = "canary";

    /// <summary>The word for the old side.</summary>
    public const string Baseline = "baseline";

    /// <summary>As a condition spells it.</summary>
    public override string ToString() => $"{(Side == EndpointSide.Source ? Baseline + "." : "")}{(Metric is null ? "" : Metric + ".")}{Figure}";
}
