namespace MigrationTools.Engine.Specs.Metrics;

/// <summary>Where measurements come from: an entry of the spec's <c>metrics</c>. One a subclass; a new kind is a subclass, a section of the reader and an <c>IMetricSource</c>.</summary>
public abstract record MetricSpec
{
    /// <summary>Its key under <c>metrics:</c>.</summary>
    public required string Name { get; init; }
}
