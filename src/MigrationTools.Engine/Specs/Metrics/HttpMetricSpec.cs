using MigrationTools.Engine.Metrics.Windows;

namespace MigrationTools.Engine.Specs.Metrics;

/// <summary>Requests that the tool itself sends to an http system's sides.</summary>
/// <param name="System">Name of an http system.</param>
/// <param name="Path">The request's path.</param>
public sealed record HttpMetricSpec(string System, string Path) : MetricSpec
{
    /// <summary>The only side that is asked; null for both.</summary>
    public EndpointSide? Side { get; init; }

    /// <summary>Requests a second to each side, sent on time whether answers come or not.</summary>
    public double RatePerSecond { get; init; } = 20;

    /// <summary>For one request, from the moment it was due to the end of its answer. A request that takes longer failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Statuses of a request that succeeded: 200, 2xx.</summary>
    public IReadOnlyList<string> ExpectStatus { get; init; } = ["2xx"];

    /// <summary>What the body must say for a request to have succeeded; null where it may say anything.</summary>
    public Expectation? Body { get; init; }

    public override IReadOnlyList<string> Figures => RequestFigures.Timed;

    public override IReadOnlyList<EndpointSide> Sides => MetricSides.Of(Side);

    public override bool HasLatencies => true;
}
