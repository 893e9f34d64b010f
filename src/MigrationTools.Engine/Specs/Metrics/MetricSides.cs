namespace MigrationTools.Engine.Specs.Metrics;

/// <summary>Lists of sides that metrics serve.</summary>
internal static class MetricSides
{
    public static IReadOnlyList<EndpointSide> Both { get; } = [EndpointSide.Source, EndpointSide.Target];

    public static IReadOnlyList<EndpointSide> Target { get; } = [EndpointSide.Target];

    /// <summary>One side where it is named, else both.</summary>
    public static IReadOnlyList<EndpointSide> Of(EndpointSide? side) => side is { } one ? [one] : Both;
}
