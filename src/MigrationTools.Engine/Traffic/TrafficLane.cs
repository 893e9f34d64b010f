namespace MigrationTools.Engine.Traffic;

/// <summary>One decision of a router: which of two sides gets a request. A traffic system without routes is one lane; with routes it has one a route.</summary>
/// <param name="Name">The route's name; the system's where it has no routes.</param>
/// <param name="Source">The router's name of the old side.</param>
/// <param name="Target">The router's name of the new side.</param>
public sealed record TrafficLane(string Name, string Source, string Target)
{
    /// <summary>The router's name of the group that both sides are in (HAProxy's backend); null where the router has no such thing.</summary>
    public string? Group { get; init; }

    /// <summary>The path prefix that the lane is about; null for everything.</summary>
    public string? Path { get; init; }
}
