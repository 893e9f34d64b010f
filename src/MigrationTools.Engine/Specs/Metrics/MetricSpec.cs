namespace MigrationTools.Engine.Specs.Metrics;

/// <summary>Where measurements come from: an entry of the spec's <c>metrics</c>. One a subclass; a new kind is a subclass, a section of the reader and an <c>IMetricSource</c>.</summary>
public abstract record MetricSpec
{
    /// <summary>Its key under <c>metrics:</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The figures that it can give: names that conditions may use of it.</summary>
    public abstract IReadOnlyList<string> Figures { get; }

    /// <summary>The sides that it can tell apart; a source without sides serves only the target.</summary>
    public abstract IReadOnlyList<EndpointSide> Sides { get; }

    /// <summary>Whether it times single requests, which the judge needs.</summary>
    public virtual bool HasLatencies => false;
}
